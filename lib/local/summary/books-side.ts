import { type HandedOver, type InvoiceRecord, invoiceId, liveBills } from '../../ledger/invoices.ts';
import type { PaymentRecord } from '../../ledger/payments.ts';
import { negate, sameAmount, subtract, sum } from '../../money.ts';
import { billAmount } from '../bill-simulator/bill-state.ts';
import type { BillBooks, StoredBill, StoredPayment, StoredVendorCredit } from '../bill-simulator/books.ts';
import { decimalText } from '../bill-simulator/values.ts';
import { creditAmount } from '../bill-simulator/vendor-credit-use.ts';
import type { SapBooks } from '../sap-simulator/books.ts';
import { type Row, textOf } from '../sap-simulator/odata/entity-type.ts';
import { type LineInBooks, supplierLinesOf } from './clearings-side.ts';
import { type LedgerSide, liveCredit, livePostings } from './ledger-side.ts';

/** What both simulators have in their books, read without the connector's help. */
export interface BooksSide {
  readonly sapInvoices: readonly SapInvoice[];
  /** Journal entries that were not posted by people: they name a BILL payment. */
  readonly entries: readonly Entry[];
  readonly bills: readonly BillInBill[];
  readonly credits: readonly BillInBill[];
  readonly clearedPayments: readonly ClearedPayment[];
  readonly supplierLines: readonly LineInBooks[];
}

interface SapInvoice {
  readonly id: string;
  readonly currency: string;
  readonly gross: string;
  /** What its FI supplier lines leave to pay after withholding, by `fiLineName`. */
  readonly payable: Readonly<Record<string, string>>;
}

interface Entry {
  /** `1710/1500000042/2026`. */
  readonly id: string;
  readonly currency: string;
  readonly debits: string;
  readonly isLive: boolean;
}

interface BillInBill {
  readonly id: string;
  readonly amount: string;
  /** Made by the connector, not by a person in BILL. */
  readonly isOurs: boolean;
}

interface ClearedPayment {
  readonly id: string;
  /** Recorded in BILL, made elsewhere: it may be left alone. */
  readonly isOutside: boolean;
  readonly currency: string;
  readonly amount: string;
}

export function readBooksSide(sap: SapBooks, bill: BillBooks): BooksSide {
  return {
    sapInvoices: sapInvoicesOf(sap),
    entries: entriesOf(sap),
    supplierLines: supplierLinesOf(sap),
    bills: Object.values(bill.bills)
      .filter(({ archived }) => !archived)
      .map((each) => billInBill(bill, each)),
    credits: Object.values(bill.vendorCredits)
      .filter(({ archived }) => !archived)
      .map(creditInBill),
    clearedPayments: Object.values(bill.payments)
      .filter(({ singleStatus }) => singleStatus === 'CLEARED')
      .map((each) => clearedPayment(bill, each)),
  };
}

/** Where the ledger and the books do not agree, document by document, to the cent. */
export function* differencesToBooks(ledger: LedgerSide, books: BooksSide): Generator<string> {
  yield* sapInvoicesUnknown(ledger, books);
  yield* billsDiffer(ledger, books);
  yield* creditsDiffer(ledger, books);
  yield* paymentsDiffer(ledger, books);
  yield* entriesDiffer(ledger, books);
}

function* sapInvoicesUnknown({ invoices }: LedgerSide, { sapInvoices }: BooksSide): Generator<string> {
  const known = new Map(invoices.map((invoice) => [invoiceId(invoice.key), invoice]));
  for (const { id, gross, currency } of sapInvoices) {
    const record = known.get(id);
    if (record === undefined) yield `Invoice ${id} is in SAP, but the ledger does not know it.`;
    else if (!sameAmount(record.amount, gross, currency))
      yield `Invoice ${id} is ${gross} ${currency} in SAP, ${record.amount} in the ledger.`;
  }
}

function* billsDiffer({ invoices }: LedgerSide, books: BooksSide): Generator<string> {
  const handed = invoices.flatMap((invoice) => liveBills(invoice).map((bill) => ({ invoice, bill })));
  const byBill = Map.groupBy(handed, ({ bill }) => bill.billId);
  const drifted = new Set(invoices.flatMap(({ drifts = [] }) => drifts.map(({ billId }) => billId)));
  for (const { id, amount, isOurs } of books.bills) {
    const [only, ...others] = byBill.get(id) ?? [];
    if (others.length > 0) yield `Bill ${id} stands for ${others.length + 1} invoices.`;
    if (drifted.has(id)) continue;
    if (only === undefined && isOurs) yield `Bill ${id} in BILL stands for no invoice.`;
    if (only === undefined) continue;
    const payable = payableByBill(only.invoice, only.bill, books);
    if (!sameAmount(amount, payable, only.invoice.currency))
      yield `Bill ${id} is ${amount} in BILL, SAP has ${payable} to pay for it on invoice ${nameOf(only.invoice)}.`;
  }
  const inBill = new Set(books.bills.map(({ id }) => id));
  for (const [id, [only]] of byBill) {
    if (!inBill.has(id) && !drifted.has(id) && only !== undefined)
      yield `Bill ${id} of invoice ${nameOf(only.invoice)} is not in BILL.`;
  }
}

function* creditsDiffer({ invoices }: LedgerSide, { credits }: BooksSide): Generator<string> {
  const byCredit = new Map(invoices.map((memo) => [liveCredit(memo)?.creditId, memo]));
  byCredit.delete(undefined);
  for (const { id, amount, isOurs } of credits) {
    const memo = byCredit.get(id);
    byCredit.delete(id);
    if (memo === undefined && isOurs) yield `Vendor credit ${id} in BILL stands for no credit memo.`;
    if (memo !== undefined && !sameAmount(amount, memo.amount, memo.currency))
      yield `Vendor credit ${id} is ${amount} in BILL, its credit memo ${nameOf(memo)} is ${memo.amount}.`;
  }
  for (const [id, memo] of byCredit)
    yield `Vendor credit ${id} of credit memo ${nameOf(memo)} is not in BILL.`;
}

/** What SAP has to pay for all the live bills of the invoice. */
export function payableInSap(invoice: InvoiceRecord, books: BooksSide): string {
  return sum(
    liveBills(invoice).map((bill) => payableByBill(invoice, bill, books)),
    invoice.currency,
  );
}

function payableByBill(invoice: InvoiceRecord, { instalment }: HandedOver, books: BooksSide): string {
  const payable = books.sapInvoices.find(({ id }) => id === nameOf(invoice))?.payable ?? {};
  const lines = instalment?.fiLines ?? Object.keys(payable);
  return sum(
    lines.map((line) => payable[line] ?? '0'),
    invoice.currency,
  );
}

function* paymentsDiffer({ payments }: LedgerSide, { clearedPayments }: BooksSide): Generator<string> {
  const known = new Map(payments.map((payment) => [payment.paymentId, payment]));
  for (const { id, amount, currency, isOutside } of clearedPayments) {
    const record = known.get(id);
    if (record !== undefined && (needsPerson(record) || (isOutside && record.state === 'ignored'))) continue;
    const posted = record === undefined ? '0' : postedBy(record, currency);
    if (!sameAmount(posted, amount, currency))
      yield `Payment ${id} is cleared in BILL over ${amount} ${currency}, posted in SAP over ${posted}.`;
  }
  const cleared = new Set(clearedPayments.map(({ id }) => id));
  for (const payment of payments) {
    if (!cleared.has(payment.paymentId) && !needsPerson(payment) && livePostings(payment).length > 0)
      yield `Payment ${payment.paymentId} is not cleared in BILL, but posted in SAP.`;
  }
}

function* entriesDiffer({ payments }: LedgerSide, { entries }: BooksSide): Generator<string> {
  const live = new Map(
    payments
      .flatMap(livePostings)
      .map((posting) => [
        `${posting.companyCode}/${posting.accountingDocument}/${posting.fiscalYear}`,
        posting,
      ]),
  );
  for (const { id, debits, currency, isLive } of entries) {
    const posting = live.get(id);
    live.delete(id);
    if (isLive !== (posting !== undefined))
      yield `Journal entry ${id} is ${isLive ? 'live' : 'reversed'} in SAP, not so in the ledger.`;
    else if (posting !== undefined && !sameAmount(debits, posting.amount, currency))
      yield `Journal entry ${id} is ${debits} ${currency} in SAP, ${posting.amount} in the ledger.`;
  }
  for (const id of live.keys()) yield `Journal entry ${id} of the ledger is not in SAP.`;
}

function needsPerson({ state }: PaymentRecord): boolean {
  return state === 'exception' || state === 'skipped';
}

function postedBy(payment: PaymentRecord, currency: string): string {
  return sum(
    livePostings(payment).map(({ amount }) => amount),
    currency,
  );
}

function nameOf({ key }: InvoiceRecord): string {
  return invoiceId(key);
}

function sapInvoicesOf({ tables }: SapBooks): SapInvoice[] {
  const supplierLines = (tables.A_OperationalAcctgDocItemCube ?? []).filter(
    (row) => row.FinancialAccountType === 'K' && row.ReferenceDocumentType === 'RMRP',
  );
  const byInvoice = Map.groupBy(supplierLines, (row) => textOf(row, 'OriginalReferenceDocument'));
  return (tables.A_SupplierInvoice ?? []).map((row) => {
    const supplierInvoice = textOf(row, 'SupplierInvoice');
    const fiscalYear = textOf(row, 'FiscalYear');
    const lines = byInvoice.get(`${supplierInvoice}${fiscalYear}`) ?? [];
    return {
      id: invoiceId({ companyCode: textOf(row, 'CompanyCode'), supplierInvoice, fiscalYear }),
      currency: textOf(row, 'DocumentCurrency'),
      gross: textOf(row, 'InvoiceGrossAmount'),
      payable: Object.fromEntries(lines.map(payableLine)),
    };
  });
}

/** Supplier lines of invoices are negative; the tax that will be withheld stands beside. */
function payableLine(row: Row): [line: string, toPay: string] {
  const currency = textOf(row, 'TransactionCurrency');
  const name = ['AccountingDocument', 'FiscalYear', 'AccountingDocumentItem']
    .map((field) => textOf(row, field))
    .join('/');
  const owed = negate(textOf(row, 'AmountInTransactionCurrency'), currency);
  return [name, subtract(owed, textOf(row, 'WithholdingTaxAmount') || '0', currency)];
}

function entriesOf({ tables }: SapBooks): Entry[] {
  const rows = (tables.A_OperationalAcctgDocItemCube ?? []).filter(
    (row) => textOf(row, 'Reference1InDocumentHeader') !== '',
  );
  const idOf = (row: Row) =>
    ['CompanyCode', 'AccountingDocument', 'FiscalYear'].map((name) => textOf(row, name)).join('/');
  return [...Map.groupBy(rows, idOf)].map(([id, ofEntry]) => {
    const currency = textOf(ofEntry[0] ?? {}, 'TransactionCurrency');
    const amounts = ofEntry.map((row) => textOf(row, 'AmountInTransactionCurrency'));
    const debits = sum(
      amounts.filter((amount) => !amount.startsWith('-')),
      currency,
    );
    return { id, currency, debits, isLive: ofEntry[0]?.IsReversed !== true };
  });
}

function billInBill({ users }: BillBooks, bill: StoredBill): BillInBill {
  const isOurs = users.find(({ id }) => id === bill.createdBy)?.kind === 'sync-token';
  return { id: bill.id, amount: decimalText(billAmount(bill)), isOurs };
}

/** The books do not tell who made a credit: the connector's name their SAP document. */
function creditInBill(credit: StoredVendorCredit): BillInBill {
  const isOurs = credit.description?.startsWith('SAP ') === true;
  return { id: credit.id, amount: decimalText(creditAmount(credit)), isOurs };
}

function clearedPayment({ vendors }: BillBooks, payment: StoredPayment): ClearedPayment {
  const { id, vendorId, splits, onlinePayment } = payment;
  const cents = splits.reduce((total, { cash }) => total + cash, 0);
  const currency = vendors[vendorId]?.fields.billCurrency ?? 'USD';
  return { id, currency, amount: decimalText(cents), isOutside: !onlinePayment };
}
