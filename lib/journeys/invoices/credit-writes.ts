import type { BillCalls } from '../../bill/bill.ts';
import { isoTime } from '../../clock.ts';
import { aliases, aliasId } from '../../ledger/aliases.ts';
import type { Intent } from '../../ledger/intent.ts';
import { type InvoiceRecord, invoiceRecords } from '../../ledger/invoices.ts';
import { updateRecord } from '../../ledger/record.ts';
import type { NewVendorCredit, VendorCredit } from '../../rules/bill-documents.ts';
import { creditDifferences } from '../../rules/invoices/credit-checks.ts';
import { fingerprint } from '../../rules/reference-code.ts';
import type { Connector } from '../doors.ts';
import { earliestOf, type Write } from '../once.ts';

/** What a credit memo's open intent was about. */
export function openCreditWrite(
  connector: Connector,
  id: string,
  { action, sent }: Intent,
  calls: BillCalls,
): Write<InvoiceRecord, VendorCredit> | undefined {
  if (action === 'create-credit') return creditCreation(connector, id, sent as NewVendorCredit, calls);
  if (action === 'archive-credit') return creditArchiving(id, (sent as SentArchiving).creditId, calls);
  return undefined;
}

export function creditCreation(
  connector: Connector,
  id: string,
  wanted: NewVendorCredit,
  calls: BillCalls,
): Write<InvoiceRecord, VendorCredit> {
  return {
    type: invoiceRecords,
    id,
    action: 'create-credit',
    sent: wanted,
    lagMs: connector.config.bill.visibilityLagSeconds * 1000,
    find: async (intent) => {
      const since = isoTime(earliestOf(intent));
      const credits = await calls.vendorCreditsOfVendor(wanted.vendorId, since);
      return credits.filter((credit) => !credit.archived && isOurs(wanted, credit));
    },
    act: () => calls.createVendorCredit(wanted),
    remember: async (credit) => {
      const alias = { number: credit.id, document: { kind: 'invoice', id } } as const;
      await updateRecord(connector, aliases, aliasId(alias), (current) =>
        current === undefined ? alias : undefined,
      );
    },
    record: (current, credit) => ({
      ...current,
      credit: {
        creditId: credit.id,
        vendorId: wanted.vendorId,
        sent: wanted,
        fingerprint: fingerprint(wanted),
        differs: creditDifferences(wanted, credit).length > 0,
        archived: false,
        at: isoTime(connector.clock.now()),
      },
    }),
  };
}

/** Number, date and SAP document in the description: no credit of somebody else has all three. */
function isOurs(wanted: NewVendorCredit, credit: VendorCredit): boolean {
  return (
    credit.referenceNumber === wanted.referenceNumber &&
    credit.creditDate === wanted.creditDate &&
    credit.description === wanted.description
  );
}

interface SentArchiving {
  readonly creditId: string;
}

/** Repeatable, so nothing waits for BILL's lag. */
export function creditArchiving(
  id: string,
  creditId: string,
  calls: BillCalls,
): Write<InvoiceRecord, VendorCredit> {
  return {
    type: invoiceRecords,
    id,
    action: 'archive-credit',
    sent: { creditId } satisfies SentArchiving,
    lagMs: 0,
    find: async () => {
      const current = await calls.vendorCredit(creditId);
      return current?.archived === true ? [current] : [];
    },
    act: () => calls.archiveVendorCredit(creditId),
    record: (current) =>
      current.credit === undefined ? current : { ...current, credit: { ...current.credit, archived: true } },
  };
}
