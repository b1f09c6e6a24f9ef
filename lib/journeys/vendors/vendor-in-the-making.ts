import { WorldError } from '../../errors.ts';
import { bodyOf } from '../../ledger/record.ts';
import type { KnownVendor, VendorLink } from '../../ledger/vendors.ts';
import type { NewVendor, Vendor } from '../../rules/bill-documents.ts';
import type { Connector } from '../doors.ts';

/** The write that makes a vendor of a supplier: its intent stands on the supplier's link. */
export const creating = 'create-vendor';

/** BILL's event of our own creation may be here before its answer is kept; after so long it is not that. */
const creationTakesMs = 60_000;

/**
 * Throws WorldError while the hand-over of an invoice is creating this vendor, or may be: one that nobody has looked
 * at yet, and that has the short name that is being sent, or none that we know of.
 */
export async function waitForCreation(
  { table, clock }: Connector,
  known: KnownVendor | undefined,
  link: VendorLink | undefined,
): Promise<void> {
  if (link?.intent?.action === creating) throw inTheMaking(link.supplier);
  if (known?.supplier !== undefined || known?.doneUpdatedTime !== undefined) return;
  const { items } = await table.queryIndex('worklist', 'open-intent');
  const since = clock.now() - creationTakesMs;
  for (const item of items.filter(({ kind }) => kind === 'link')) {
    const open = bodyOf<VendorLink>(item);
    if (open?.intent?.action !== creating || Date.parse(open.intent.attemptedAt) < since) continue;
    const { shortName } = open.intent.sent as NewVendor;
    if (known === undefined || known.vendor.shortName === shortName) throw inTheMaking(open.supplier);
  }
}

/** The hand-over of an invoice is creating a vendor at this moment: this may be it. */
export function inTheMaking(supplier: string): WorldError {
  return new WorldError({
    code: 'ANOTHER_WORKER',
    message: `Supplier ${supplier} is getting its vendor in BILL at this moment.`,
    nextStep: 'Nothing: it is looked at again by itself.',
    retryAfterMs: 2_000,
  });
}

/** A supplier is being looked for or created in SAP for this vendor: the outcome decides whom it stands for. */
export function beingIntroduced({ id }: Vendor): WorldError {
  return new WorldError({
    code: 'ANOTHER_WORKER',
    message: `BILL vendor ${id} is getting its supplier in SAP at this moment.`,
    nextStep: 'Nothing: it is looked at again by itself.',
    retryAfterMs: 2_000,
  });
}
