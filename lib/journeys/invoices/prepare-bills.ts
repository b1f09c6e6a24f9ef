import { DocumentError } from '../../errors.ts';
import { numberClaims } from '../../ledger/aliases.ts';
import { type InvoiceFacts, invoiceId, invoiceRecords } from '../../ledger/invoices.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import type { NewVendorCredit } from '../../rules/bill-documents.ts';
import { codingCodes } from '../../rules/invoices/bill-coding.ts';
import {
  billsFromInvoice,
  type PlannedBill,
  type InvoiceFacts as RuleFacts,
  vendorCurrencyProblem,
} from '../../rules/invoices/bill-from-invoice.ts';
import { creditFromMemo } from '../../rules/invoices/credit-from-memo.ts';
import { blockedParty, payeeNumber } from '../../rules/invoices/payee.ts';
import type { Coding } from '../../rules/reference-data.ts';
import type { SupplierInvoice } from '../../rules/sap-invoices.ts';
import type { OneTimeSupplier, Supplier } from '../../rules/sap-suppliers.ts';
import type { Connector } from '../doors.ts';
import { ensureVendor } from '../vendors/ensure-vendor.ts';
import { codingNow, freshCoding } from './coding.ts';

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
