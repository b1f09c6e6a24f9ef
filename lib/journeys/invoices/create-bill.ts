import type { BillCalls } from '../../bill/bill.ts';
import { isoTime } from '../../clock.ts';
import { DocumentError } from '../../errors.ts';
import { aliases, aliasId, numberClaims } from '../../ledger/aliases.ts';
import {
  type InvoiceFacts,
  type InvoiceRecord,
  invoiceId,
  invoiceKeyOf,
  invoiceRecords,
  withBill,
} from '../../ledger/invoices.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import type { Bill, NewBill, NewVendorCredit } from '../../rules/bill-documents.ts';
import { codingCodes } from '../../rules/invoices/bill-coding.ts';
import { differences } from '../../rules/invoices/bill-differences.ts';
import {
  billsFromInvoice,
  type PlannedBill,
  type InvoiceFacts as RuleFacts,
  vendorCurrencyProblem,
} from '../../rules/invoices/bill-from-invoice.ts';
import { creditFromMemo } from '../../rules/invoices/credit-from-memo.ts';
import { blockedParty, payeeNumber } from '../../rules/invoices/payee.ts';
import { fingerprint } from '../../rules/reference-code.ts';
import type { Coding } from '../../rules/reference-data.ts';
import type { SupplierInvoice } from '../../rules/sap-invoices.ts';
import type { OneTimeSupplier, Supplier } from '../../rules/sap-suppliers.ts';
import { wantAttachments } from '../attachments/want-attachments.ts';
import type { Connector } from '../doors.ts';
import { type Write, writeOnce } from '../once.ts';
import { ensureVendor } from '../vendors/ensure-vendor.ts';
import { codingNow, freshCoding } from './coding.ts';
import { wantBlock } from './hand-over-block.ts';
import { billsWithNumber, isSameNumber } from './numbers-in-bill.ts';

/** BILL's clock may be a little behind ours. */
const clockSkewMs = 5 * 60_000;

/** Everything is checked before the first write: the bills as they should be, and their vendor. */
export async function prepareBills(connector: Connector, facts: InvoiceFacts): Promise<PlannedBill[]> {
  const drafts = await draft(connector, facts, billsFromInvoice);
  const vendorId = await vendorOf(connector, facts);
  const wanted = drafts.map((each) => ({ ...each, bill: { ...each.bill, vendorId } }));
  for (const { bill } of wanted) await claimNumber(connector, facts, vendorId, bill.invoiceNumber);
  return wanted;
}

/** The same for a credit memo. */
export async function prepareCredit(connector: Connector, facts: InvoiceFacts): Promise<NewVendorCredit> {
  const credit = await draft(connector, facts, creditFromMemo);
  const vendorId = await vendorOf(connector, facts);
  await claimNumber(connector, facts, `${vendorId}#credit`, credit.referenceNumber);
  return { ...credit, vendorId };
}

/** The vendor of the payee, who must be paid in the invoice's currency. */
async function vendorOf(connector: Connector, facts: InvoiceFacts): Promise<string> {
  const payee = payeeOf(facts, connector.config.handOverBlock);
  const link = await ensureVendor(connector, payee, facts.invoice.currency);
  const problem = vendorCurrencyProblem(facts.invoice, link);
  if (problem !== undefined) throw problem;
  return link.vendorId;
}

/** Creates the bill, once (I1). An answer that differs from what was sent is an exception on the bill that now exists. */
export async function createBillOf(connector: Connector, id: string, wanted: PlannedBill): Promise<void> {
  const bill = await connector.bill.withLease('hand-over-invoice', (calls) =>
    createOrAdopt(connector, id, wanted, calls),
  );
  connector.observe.count('BillsCreated');
  connector.observe.log('info', 'invoice-handed-over', { document: id, bill: bill.id });
  await tell(
    connector,
    { kind: 'invoice', id },
    `Bill ${bill.id} (number ${wanted.bill.invoiceNumber}) is in BILL, due ${wanted.bill.dueDate}.`,
  );
  refuseDifferences(id, wanted.bill, bill);
}

/** Creates the bill once; where BILL has the number already, adopts the bill if it is ours. */
export async function createOrAdopt(
  connector: Connector,
  id: string,
  wanted: PlannedBill,
  calls: BillCalls,
): Promise<Bill> {
  const write = billCreation(connector, id, wanted, calls);
  const known = await billsWithNumber(connector, wanted.bill, calls);
  if (known.length > 0) {
    const bill = ours(wanted.bill, known);
    return writeOnce(connector, { ...write, act: async () => bill });
  }
  try {
    return await writeOnce(connector, write);
  } catch (error) {
    if (!(error instanceof DocumentError) || error.code !== 'BDC_1171') throw error;
    const bill = ours(wanted.bill, await sameNumber(wanted.bill, calls), error);
    return writeOnce(connector, { ...write, act: async () => bill });
  }
}

/** Live bills of this vendor and number, by whomever, that are not older than the invoice. */
async function sameNumber(wanted: NewBill, calls: BillCalls): Promise<Bill[]> {
  const all = await calls.billsOfVendor(wanted.vendorId, `${wanted.invoiceDate}T00:00:00.000Z`);
  return all.filter((bill) => isSameNumber(wanted, bill));
}

/** Ours from an earlier life of the ledger is adopted; anybody else's needs a person. */
function ours(wanted: NewBill, found: readonly Bill[], cause?: DocumentError): Bill {
  const [bill] = found;
  if (bill === undefined || found.length > 1 || !isOurs(wanted, bill)) throw duplicate(wanted, found, cause);
  return bill;
}

/** The creation of a bill as a write that happens once; also built from an open intent to settle it. */
export function billCreation(
  connector: Connector,
  id: string,
  planned: PlannedBill,
  calls: BillCalls,
): Write<InvoiceRecord, Bill> {
  const { bill: wanted, instalment, withheld } = planned;
  return {
    type: invoiceRecords,
    id,
    action: 'create-bill',
    sent: planned,
    lagMs: connector.config.bill.visibilityLagSeconds * 1000,
    find: async (intent) => {
      const since = isoTime(Date.parse(intent.startedAt) - clockSkewMs);
      const bills = await calls.billsOfVendor(wanted.vendorId, since);
      const found = bills.filter((bill) => isOurs(wanted, bill));
      const live = found.filter((bill) => !bill.archived);
      // BILL deletes nothing: of several, those that a person has archived are out of the question.
      return live.length > 0 ? live : found.slice(0, 1);
    },
    act: () => calls.createBill(wanted),
    remember: async (bill) => {
      await wantBlock(connector, id);
      await wantAttachments(connector, invoiceKeyOf(id));
      const alias = { number: bill.id, document: { kind: 'invoice', id } } as const;
      await updateRecord(connector, aliases, aliasId(alias), (current) =>
        current === undefined ? alias : undefined,
      );
    },
    record: (current, bill) =>
      withBill(current, {
        billId: bill.id,
        vendorId: wanted.vendorId,
        sent: wanted,
        fingerprint: fingerprint(wanted),
        differs: differences(wanted, bill).length > 0,
        archived: false,
        at: isoTime(connector.clock.now()),
        ...(instalment === undefined ? {} : { instalment }),
        ...(withheld === undefined ? {} : { withheld }),
      }),
  };
}

/** Number, date and SAP document in the description: no bill of somebody else has all three. */
function isOurs(wanted: NewBill, bill: Bill): boolean {
  return (
    bill.invoiceNumber === wanted.invoiceNumber &&
    bill.invoiceDate === wanted.invoiceDate &&
    bill.description === wanted.description
  );
}

/** What cannot be coded may have been mended a moment ago: the lists are read once more before a person is asked. */
async function draft<T>(
  connector: Connector,
  { invoice, payable, itemTexts }: InvoiceFacts,
  rule: (facts: RuleFacts) => T,
): Promise<T> {
  const make = ({ chart, reference }: Coding) =>
    rule({ invoice, payable, itemTexts, vendorId: '', config: connector.config, chart, reference });
  try {
    return make(await codingNow(connector));
  } catch (error) {
    if (!(error instanceof DocumentError) || !codingCodes.some((code) => code === error.code)) throw error;
    const fresh = await freshCoding(connector);
    if (fresh === undefined) throw error;
    return make(fresh);
  }
}

/** Who is to be paid: see `payeeNumber`. */
function payeeOf({ invoice, suppliers, oneTimeSupplier }: InvoiceFacts, handOverBlock: string): Supplier {
  if (oneTimeSupplier !== undefined) throw isOneTime(invoice, oneTimeSupplier);
  const number = payeeNumber(invoice, suppliers);
  const supplier = suppliers.find((each) => each.supplier === number);
  if (supplier === undefined) throw supplierMissing(number);
  const blocked = blockedParty(invoice, suppliers, handOverBlock);
  if (blocked !== undefined) throw supplierBlocked(blocked.supplier, blocked.block);
  return supplier;
}

/** Two invoices of one payee with the same number are one invoice entered twice until a person says otherwise. */
async function claimNumber(
  connector: Connector,
  { invoice }: InvoiceFacts,
  owner: string,
  number: string,
): Promise<void> {
  const id = invoiceId(invoice.key);
  const claim = `${owner}#${number.toUpperCase()}`;
  const held = await readRecord(connector.table, numberClaims, claim);
  const other = held === undefined || held.invoiceId === id ? undefined : held.invoiceId;
  if (other !== undefined && (await isLive(connector, other))) throw enteredTwice(id, other, number);
  await updateRecord(connector, numberClaims, claim, (current) => {
    if (current === undefined || current.invoiceId === other) return { invoiceId: id };
    if (current.invoiceId === id) return undefined;
    throw enteredTwice(id, current.invoiceId, number);
  });
}

async function isLive({ table }: Connector, id: string): Promise<boolean> {
  const record = await readRecord(table, invoiceRecords, id);
  if (record === undefined) return false;
  return record.state !== 'withdrawn' && record.state !== 'not-ours';
}

/** BILL drops unknown fields in silence (BILL dossier §3.4): what came back is compared with what was sent. */
export function refuseDifferences(id: string, sent: NewBill, got: Bill): void {
  const found = differences(sent, got);
  if (found.length === 0) return;
  throw new DocumentError({
    code: 'BILL_DIFFERS_FROM_WHAT_WAS_SENT',
    message: `Bill ${got.id} for invoice ${id} is in BILL, but not as it was sent: ${found.map((each) => each.field).join(', ')}.`,
    nextStep: 'Correct the bill in BILL, or archive it and retry.',
    sapValues: Object.fromEntries(found.map((each) => [each.field, each.sent])),
    billValues: Object.fromEntries(found.map((each) => [each.field, each.got])),
  });
}

function supplierMissing(number: string): DocumentError {
  return new DocumentError({
    code: 'SUPPLIER_NOT_FOUND',
    message: `SAP supplier ${number}, who is to be paid, cannot be read.`,
    nextStep:
      'Check the supplier in SAP and that the communication arrangement SAP_COM_0008 may read it; then retry.',
    sapValues: { supplier: number },
  });
}

function isOneTime(invoice: SupplierInvoice, { name, city, country }: OneTimeSupplier): DocumentError {
  return new DocumentError({
    code: 'ONE_TIME_SUPPLIER',
    message: `Invoice ${invoiceId(invoice.key)} is from "${name}", a one-time supplier: SAP has no master record that a BILL vendor could stand for.`,
    nextStep:
      'Create a supplier of its own in SAP and enter the invoice there, or pay it outside BILL; then skip this.',
    sapValues: { supplier: invoice.supplier, name, city: city ?? '', country: country ?? '' },
  });
}

function supplierBlocked({ supplier, name }: Supplier, block: string): DocumentError {
  return new DocumentError({
    code: 'SUPPLIER_BLOCKED',
    message: `SAP supplier ${supplier} "${name}" must not be paid: ${block}.`,
    nextStep: 'Lift the block in SAP if the supplier may be paid, then retry; otherwise skip.',
    sapValues: { supplier, name, block },
  });
}

function enteredTwice(id: string, other: string, number: string): DocumentError {
  return new DocumentError({
    code: 'SAME_REFERENCE_TWICE',
    message: `Invoices ${id} and ${other} have the same payee and the same number "${number}".`,
    nextStep:
      'Compare both in SAP. Reverse the one that was entered twice, or correct its reference; then retry.',
    sapValues: { invoice: id, sameNumberAs: other, reference: number },
  });
}

function duplicate(wanted: NewBill, bills: readonly Bill[], cause?: DocumentError): DocumentError {
  return new DocumentError({
    code: 'NUMBER_TAKEN_IN_BILL',
    message: `BILL already has number "${wanted.invoiceNumber}" for vendor ${wanted.vendorId}, on a bill that is not from SAP.`,
    nextStep:
      'If it is the same invoice, archive that bill in BILL and retry; if it was paid already, skip this one.',
    sapValues: { reference: wanted.invoiceNumber, invoiceDate: wanted.invoiceDate },
    billValues: Object.fromEntries(
      bills.map((bill) => [bill.id, `${bill.invoiceDate}, ${bill.amount ?? 'amount unknown'}`]),
    ),
    ...(cause === undefined ? {} : { cause }),
  });
}
