import { DocumentError, WorldError } from '../../errors.ts';
import { aliasPartition, numberClaims } from '../../ledger/aliases.ts';
import { type ForeignBill, foreignBills } from '../../ledger/foreign-bills.ts';
import { invoiceRecords } from '../../ledger/invoices.ts';
import { readRecord, updateRecord, without } from '../../ledger/record.ts';
import { type KnownVendor, knownVendors } from '../../ledger/vendors.ts';
import type { Bill } from '../../rules/bill-documents.ts';
import type { ForeignBillWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import { clearOn, raiseOn } from '../exceptions/raise.ts';

/**
 * A bill that the poll did not know as ours (BILL dossier §13, traps 7 and 34): raised at once, because its payment
 * has no invoice in SAP to go to, and because it may be one of our invoices a second time. Drafts are no bills.
 * Returns when the message is done; throws WorldError while it may still turn out to be ours.
 */
export async function checkForeignBill(connector: Connector, work: ForeignBillWork): Promise<void> {
  const { billId, retry } = work;
  const before = await readRecord(connector.table, foreignBills, billId);
  if (before?.skipped !== undefined && retry !== true) return;
  const bill = await connector.bill.withLease('poll', (calls) => calls.bill(billId));
  if (bill === undefined) throw notThere(billId);
  const sameNumber = await ownerOfNumber(connector, bill);
  const document = { kind: 'foreign-bill', id: billId } as const;
  if (await isOurs(connector, bill, sameNumber)) return clearOn(connector, foreignBills, document);
  const known = await readRecord(connector.table, knownVendors, bill.vendorId);
  await updateRecord(connector, foreignBills, billId, (current) => recordOf(bill, known, current, retry));
  if (bill.archived) await clearOn(connector, foreignBills, document);
  else await raiseOn(connector, foreignBills, document, problemOf(bill, known, sameNumber));
}

/** The connector failed on the bill several times: a person is told on its record, with the little that is known of it. */
export async function raiseFailedCheck(
  connector: Connector,
  { billId, vendorId, updatedTime = '' }: ForeignBillWork,
  failure: DocumentError,
): Promise<void> {
  const known = await readRecord(connector.table, knownVendors, vendorId);
  await updateRecord(connector, foreignBills, billId, (current) => ({
    vendorId,
    vendorName: known?.vendor.name ?? vendorId,
    invoiceNumber: '',
    amount: '',
    currency: known?.vendor.billCurrency ?? '',
    archived: false,
    ...current,
    billId,
    doneUpdatedTime: updatedTime || (current?.doneUpdatedTime ?? ''),
  }));
  await raiseOn(connector, foreignBills, { kind: 'foreign-bill', id: billId }, failure);
}

/** The invoice of ours that has this vendor and number. */
async function ownerOfNumber({ table }: Connector, bill: Bill): Promise<string | undefined> {
  const claim = await readRecord(table, numberClaims, `${bill.vendorId}#${bill.invoiceNumber.toUpperCase()}`);
  return claim?.invoiceId;
}

/** Known by its number, or just being created: then its intent is still open. */
async function isOurs(connector: Connector, bill: Bill, owner: string | undefined): Promise<boolean> {
  const invoice = owner === undefined ? undefined : await readRecord(connector.table, invoiceRecords, owner);
  if ((await connector.table.query(aliasPartition(bill.id))).items.length > 0) return true;
  if (invoice?.intent !== undefined) throw mayBeOurs(bill.id);
  return false;
}

function recordOf(
  bill: Bill,
  known: KnownVendor | undefined,
  current: ForeignBill | undefined,
  retry: boolean | undefined,
): ForeignBill {
  const kept = current === undefined || retry !== true ? current : without(current, 'skipped');
  return {
    ...kept,
    billId: bill.id,
    vendorId: bill.vendorId,
    vendorName: known?.vendor.name ?? bill.vendorId,
    invoiceNumber: bill.invoiceNumber,
    amount: bill.amount ?? '',
    currency: known?.vendor.billCurrency ?? '',
    archived: bill.archived,
    doneUpdatedTime: bill.updatedTime,
  };
}

function problemOf(
  bill: Bill,
  known: KnownVendor | undefined,
  sameNumber: string | undefined,
): DocumentError {
  const name = known?.vendor.name ?? bill.vendorId;
  const what = `Bill ${bill.invoiceNumber} (${bill.id}) of vendor ${bill.vendorId} "${name}" over ${bill.amount ?? 'an amount that is not told'}`;
  const billValues = {
    bill: bill.id,
    vendor: bill.vendorId,
    number: bill.invoiceNumber,
    amount: bill.amount ?? '',
    paymentStatus: bill.paymentStatus ?? '',
  };
  if (sameNumber !== undefined) return sameNumberInBill(what, sameNumber, billValues);
  return known?.supplier === undefined
    ? ofUnknownVendor(what, billValues)
    : ofSupplier(what, known.supplier, billValues);
}

function sameNumberInBill(what: string, invoice: string, billValues: Record<string, string>): DocumentError {
  return new DocumentError({
    code: 'SAME_NUMBER_IN_BILL',
    message: `${what} was entered in BILL by hand or by mail, and has the vendor and number of SAP invoice ${invoice}: it would be paid twice.`,
    nextStep:
      'Archive the bill in BILL if it is the same invoice; this clears by itself then. If it is another one, skip this.',
    sapValues: { invoice },
    billValues,
  });
}

function ofUnknownVendor(what: string, billValues: Record<string, string>): DocumentError {
  return new DocumentError({
    code: 'BILL_OF_VENDOR_NOT_IN_SAP',
    message: `${what} was entered in BILL, and SAP knows no supplier for this vendor: its payment could not be posted.`,
    nextStep:
      'Create supplier and invoice in SAP and archive this bill, so that the invoice becomes the bill; or book the payment in SAP by hand and skip this.',
    billValues,
  });
}

function ofSupplier(what: string, supplier: string, billValues: Record<string, string>): DocumentError {
  return new DocumentError({
    code: 'BILL_NOT_FROM_SAP',
    message: `${what} was entered in BILL; no invoice of SAP supplier ${supplier} stands behind it: its payment could not be posted.`,
    nextStep:
      'Enter the invoice in SAP and archive this bill, so that the invoice becomes the bill; or book the payment in SAP by hand and skip this.',
    sapValues: { supplier },
    billValues,
  });
}

function notThere(billId: string): WorldError {
  return new WorldError({
    code: 'NOT_VISIBLE_YET',
    message: `BILL does not show bill ${billId} yet.`,
    nextStep: 'Nothing: it is read again by itself.',
    retryAfterMs: 30_000,
  });
}

function mayBeOurs(billId: string): WorldError {
  return new WorldError({
    code: 'ANOTHER_WORKER',
    message: `Bill ${billId} may be one that is being created at this moment.`,
    nextStep: 'Nothing: it is looked at again by itself.',
    retryAfterMs: 5_000,
  });
}
