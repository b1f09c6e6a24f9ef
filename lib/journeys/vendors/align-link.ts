import { DocumentError } from '../../errors.ts';
import { readRecord, updateRecord, without } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import { knownVendors, type VendorLink, vendorLinks } from '../../ledger/vendors.ts';
import type { Vendor, VendorChange } from '../../rules/bill-documents.ts';
import { fingerprint } from '../../rules/reference-code.ts';
import type { Supplier } from '../../rules/sap-suppliers.ts';
import { supplierBlock } from '../../rules/vendors/supplier-blocks.ts';
import { type Alignment, alignFields, takeOver } from '../../rules/vendors/vendor-alignment.ts';
import type { FieldPair, VendorFieldName } from '../../rules/vendors/vendor-fields.ts';
import { vendorFromSupplier } from '../../rules/vendors/vendor-from-supplier.ts';
import type { Connector } from '../doors.ts';
import { writeOnce } from '../once.ts';
import { contactChange, isOnlyOurs, notTaken, type ToBill, vendorChange } from './change-vendor.ts';
import { clearLink, raiseOnLink } from './link-exception.ts';
import {
  archivedInBill,
  fieldConflict,
  openBillsOfBlocked,
  overridden,
  refusedChange,
  supplierGone,
} from './link-problems.ts';
import { completeLink, fieldPair } from './link-supplier.ts';
import { wasGone } from './supplier-news.ts';
import { creating, inTheMaking } from './vendor-in-the-making.ts';

/**
 * A linked vendor and its supplier, compared field by field with what they last agreed on: the owner's changes
 * travel, everything else that differs becomes one exception on the link (I9). Gives back the newest state of the
 * vendor that was dealt with.
 */
export async function alignLink(
  connector: Connector,
  number: string,
  vendor: Vendor,
  retry: boolean,
): Promise<Vendor> {
  const before = await readRecord(connector.table, vendorLinks, number);
  if (before?.intent?.action === creating) throw inTheMaking(number);
  const [supplier] = await connector.sap.suppliers([number]);
  if (supplier === undefined) {
    await raiseOnLink(connector, number, [supplierGone(number, vendor)], retry);
    return vendor;
  }
  if (before?.vendorId !== vendor.id) await finishLink(connector, supplier, vendor);
  return compare(connector, supplier, vendor, retry);
}

async function compare(
  connector: Connector,
  supplier: Supplier,
  vendor: Vendor,
  retry: boolean,
): Promise<Vendor> {
  const number = supplier.supplier;
  const link = await readRecord(connector.table, vendorLinks, number);
  if (link === undefined) return vendor;
  const now = fieldPair(connector, supplier, vendor);
  const block = blockOf(connector, supplier);
  if (!retry && block === undefined && isUnchanged(link, now, vendor)) return vendor;
  const { problems, travelled, changed = vendor } = await changesOf(connector, link, supplier, vendor, now);
  const all = [...(await stateProblems(connector, supplier, vendor, block)), ...problems];
  await remember(connector, number, now, travelled, block);
  if (all.length === 0) await clearLink(connector, number);
  else await raiseOnLink(connector, number, all, retry);
  return changed;
}

/**
 * A claim without a link is completed. Throws DocumentError where another vendor stands for the supplier; the claim is
 * given up then.
 */
async function finishLink(connector: Connector, supplier: Supplier, vendor: Vendor): Promise<void> {
  try {
    await completeLink(connector, supplier, vendor, ['claimed']);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    await updateRecord(connector, knownVendors, vendor.id, (current) =>
      current?.supplier === supplier.supplier ? without(current, 'supplier') : undefined,
    );
    throw error;
  }
}

function blockOf({ config }: Connector, supplier: Supplier): string | undefined {
  const codes = config.companyCodes.map((each) => each.companyCode);
  return supplierBlock(supplier, codes, config.handOverBlock);
}

/** Nothing has moved since the last comparison, whose outcome stands on the link. */
function isUnchanged(link: VendorLink, now: FieldPair, { archived }: Vendor): boolean {
  if (link.seen === undefined || link.block !== undefined || wasGone(link)) return false;
  const wasArchived = link.exception?.code === 'VENDOR_ARCHIVED_IN_BILL';
  return wasArchived === archived && fingerprint(link.seen) === fingerprint(now);
}

interface Outcome {
  readonly problems: readonly DocumentError[];
  /** Fields that the other side has taken over. */
  readonly travelled: readonly VendorFieldName[];
  /** The vendor as our own change has left it, where nobody else has changed it meanwhile. */
  readonly changed?: Vendor;
}

async function changesOf(
  connector: Connector,
  link: VendorLink,
  supplier: Supplier,
  vendor: Vendor,
  now: FieldPair,
): Promise<Outcome> {
  const alignment = alignFields(link.agreed, now, connector.config.vendors.conflicts);
  await agree(connector, supplier.supplier, alignment);
  const toBill = await takeToBill(connector, supplier, vendor, now, alignment.toBill);
  const toSap = await takeToSap(connector, supplier, now, alignment.toSap);
  const conflicts = alignment.conflicts.length === 0 ? [] : [fieldConflict(supplier, vendor, now, alignment)];
  return {
    problems: [...toBill.problems, ...toSap.problems, ...conflicts],
    travelled: [...toBill.travelled, ...toSap.travelled],
    ...(toBill.changed === undefined ? {} : { changed: toBill.changed }),
  };
}

/** Both sides say the same, or said so from the beginning. */
async function agree(connector: Connector, number: string, { agreed }: Alignment): Promise<void> {
  await updateRecord(connector, vendorLinks, number, (current) =>
    current === undefined || fingerprint(current.agreed) === fingerprint(agreed)
      ? undefined
      : { ...current, agreed },
  );
}

async function takeToBill(
  connector: Connector,
  supplier: Supplier,
  vendor: Vendor,
  { sap, bill }: FieldPair,
  fields: readonly VendorFieldName[],
): Promise<Outcome> {
  if (fields.length === 0 || vendor.archived) return nothing;
  try {
    const change = changeOf(supplier, vendor, fields);
    const wanted: ToBill = { vendorId: vendor.id, change, fields, sap, bill };
    const changed = await connector.bill.withLease('align-vendor', (calls) =>
      writeOnce(connector, vendorChange(connector, supplier.supplier, wanted, calls)),
    );
    const missed = notTaken(changed, wanted);
    const travelled = fields.filter((field) => !missed.includes(field));
    await told(connector, supplier, `BILL vendor ${vendor.id} got SAP's`, travelled);
    return {
      travelled,
      problems: missed.length === 0 ? [] : [overridden(supplier, changed, missed)],
      ...(isOnlyOurs(changed, wanted) ? { changed } : {}),
    };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { travelled: [], problems: [refusedChange(supplier, vendor, fields, error)] };
  }
}

/** Throws DocumentError where SAP's data are no complete vendor. */
function changeOf(supplier: Supplier, vendor: Vendor, fields: readonly VendorFieldName[]): VendorChange {
  const { name, address, email, phone, taxId } = vendorFromSupplier(supplier, vendor.billCurrency ?? '');
  const has = (field: VendorFieldName) => fields.includes(field);
  return {
    ...(has('name') ? { name } : {}),
    // BILL merges addresses: a second line or a state that is left out would stay.
    ...(has('address') ? { address: { stateOrProvince: '', ...address, line2: '' } } : {}),
    ...(has('email') && email !== undefined ? { email } : {}),
    ...(has('phone') && phone !== undefined ? { phone } : {}),
    ...(has('taxId') && taxId !== undefined ? { taxId } : {}),
  };
}

async function takeToSap(
  connector: Connector,
  supplier: Supplier,
  { bill }: FieldPair,
  fields: readonly VendorFieldName[],
): Promise<Outcome> {
  if (fields.length === 0) return nothing;
  const contact = Object.fromEntries(fields.map((field) => [field, bill[field] ?? '']));
  try {
    await writeOnce(connector, contactChange(connector, supplier.supplier, { contact, fields, bill }));
    await told(connector, supplier, "SAP got BILL's", fields);
    return { travelled: fields, problems: [] };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { travelled: [], problems: [error] };
  }
}

const nothing: Outcome = { problems: [], travelled: [] };

async function stateProblems(
  connector: Connector,
  supplier: Supplier,
  vendor: Vendor,
  block: string | undefined,
): Promise<DocumentError[]> {
  if (block === undefined) return vendor.archived ? [archivedInBill(supplier, vendor)] : [];
  const since = `${connector.config.goLiveDate}T00:00:00.000Z`;
  const bills = await connector.bill.withLease('align-vendor', (calls) =>
    calls.billsOfVendor(vendor.id, since),
  );
  const open = bills.filter((bill) => !bill.archived && bill.paymentStatus !== 'PAID');
  return open.length === 0 ? [] : [openBillsOfBlocked(supplier, vendor, block, open)];
}

/** What was compared, as it is after our own changes: the next comparison starts from here. */
async function remember(
  connector: Connector,
  number: string,
  now: FieldPair,
  travelled: readonly VendorFieldName[],
  block: string | undefined,
): Promise<void> {
  await updateRecord(connector, vendorLinks, number, (current) => {
    if (current === undefined) return undefined;
    const seen = takeOver(now, current.agreed ?? now, travelled);
    return { ...without(current, 'block'), seen, ...(block === undefined ? {} : { block }) };
  });
}

async function told(
  connector: Connector,
  { supplier }: Supplier,
  what: string,
  fields: readonly VendorFieldName[],
): Promise<void> {
  if (fields.length === 0) return;
  connector.observe.log('info', 'vendor-aligned', { document: `supplier ${supplier}`, fields });
  await tell(connector, { kind: 'supplier', id: supplier }, `${what} ${fields.join(', ')}.`);
}
