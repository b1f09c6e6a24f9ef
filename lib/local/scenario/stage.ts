import { sum } from '../../money.ts';
import type { InvoiceKey } from '../../rules/sap-invoices.ts';
import type { StoredBill } from '../bill-simulator/books.ts';
import type { BillSimulator } from '../bill-simulator/create-bill-simulator.ts';
import type { SapSimulator } from '../sap-simulator/create-sap-simulator.ts';
import { newInvoice } from './clerk.ts';
import { type InvoiceName, invoiceNamed } from './invoices/all-invoices.ts';
import { type FirmPayment, type PaymentName, payments } from './payments.ts';

/** Where the story plays: both systems, and what its documents are called there. */
export interface Stage {
  readonly sap: SapSimulator;
  readonly bill: BillSimulator;
  /** `invoice rentOctober`: `1710/5105600101/2026`; `payment rent`: `stp…`. */
  readonly names: Record<string, string>;
}

/** The clerk enters the invoices in SAP. */
export function enter({ sap, names }: Stage, invoices: readonly InvoiceName[]): void {
  for (const name of invoices) {
    const { companyCode, supplierInvoice, fiscalYear } = sap.tenant.postInvoice(
      newInvoice(invoiceNamed(name)),
    );
    names[`invoice ${name}`] = `${companyCode}/${supplierInvoice}/${fiscalYear}`;
  }
}

export function keyOf({ names }: Stage, name: InvoiceName): InvoiceKey {
  const [companyCode = '', supplierInvoice = '', fiscalYear = ''] =
    names[`invoice ${name}`]?.split('/') ?? [];
  return { companyCode, supplierInvoice, fiscalYear };
}

/** The bills of the invoices are in BILL. */
export function areHandedOver(stage: Stage, invoices: readonly InvoiceName[]): boolean {
  return invoices.every((name) => billOf(stage, name)?.archived === false);
}

/** The invoice's bill was there and is archived. */
export function isWithdrawn(stage: Stage, name: InvoiceName): boolean {
  return billOf(stage, name)?.archived === true;
}

export function billOf(stage: Stage, name: InvoiceName): StoredBill | undefined {
  const { supplierInvoice } = keyOf(stage, name);
  const { reference } = invoiceNamed(name);
  return Object.values(stage.bill.books.bills).find(
    (bill) => bill.invoiceNumber === reference && bill.description?.includes(supplierInvoice) === true,
  );
}

/** The clerk makes the payments in BILL. */
export function pay(stage: Stage, wanted: readonly PaymentName[]): void {
  for (const name of wanted) {
    const { bills, by, on, funding }: FirmPayment = payments[name];
    stage.names[`payment ${name}`] = stage.bill.office.pay({
      bills: bills.map((part) => partOf(stage, part)),
      disbursementType: by,
      fundingAccountId: Object.keys(stage.bill.books.fundingAccounts)[0] ?? '',
      processDate: on,
      ...(funding && { fundingAmount: funding.amount, exchangeRate: funding.rate }),
    });
  }
}

function partOf(stage: Stage, part: FirmPayment['bills'][number]): { billId: string; amount: string } {
  const [name, amount] = typeof part === 'string' ? [part, grossOf(part)] : part;
  const bill = billOf(stage, name);
  if (bill === undefined) throw new Error(`The bill of ${name} is not in BILL yet.`);
  return { billId: bill.id, amount };
}

function grossOf(name: InvoiceName): string {
  const { lines, taxes = [], currency = 'USD' } = newInvoice(invoiceNamed(name));
  return sum(
    [...lines, ...taxes].map(({ amount }) => amount),
    currency,
  );
}

/** What became of the payments: SENT, CLEARED, … */
export function advance(stage: Stage, wanted: readonly PaymentName[], singleStatus: string): void {
  for (const name of wanted) stage.bill.office.advance(paymentId(stage, name), singleStatus);
}

export function paymentId({ names }: Stage, name: PaymentName): string {
  return names[`payment ${name}`] ?? '';
}

/** SAP holds a live journal entry for each of the payments. */
export function arePosted(stage: Stage, wanted: readonly PaymentName[]): boolean {
  return wanted.every((name) => entriesOf(stage, name).some(({ isReversed }) => !isReversed));
}

/** SAP holds journal entries for the payment, and every one of them is reversed. */
export function isReversedInSap(stage: Stage, name: PaymentName): boolean {
  const entries = entriesOf(stage, name);
  return entries.length > 0 && entries.every(({ isReversed }) => isReversed);
}

/** The supplier lines of the payments' entries are cleared. */
export function areClearedInSap(stage: Stage, wanted: readonly PaymentName[]): boolean {
  return wanted.every((name) => {
    const lines = entriesOf(stage, name).filter(({ isSupplier }) => isSupplier);
    return lines.length > 0 && lines.every(({ isCleared }) => isCleared);
  });
}

/** The invoices' supplier lines carry the payment block. */
export function areBlocked(stage: Stage, invoices: readonly InvoiceName[], block: string): boolean {
  const rows = stage.sap.books.tables.A_OperationalAcctgDocItemCube ?? [];
  return invoices.every((name) => {
    const { supplierInvoice, fiscalYear } = keyOf(stage, name);
    return rows.some(
      (row) =>
        row.OriginalReferenceDocument === `${supplierInvoice}${fiscalYear}` &&
        row.PaymentBlockingReason === block,
    );
  });
}

function entriesOf(stage: Stage, name: PaymentName) {
  const id = paymentId(stage, name).toUpperCase();
  return (stage.sap.books.tables.A_OperationalAcctgDocItemCube ?? [])
    .filter((row) => id !== '' && row.Reference1InDocumentHeader === id)
    .map((row) => ({
      isReversed: row.IsReversed === true,
      isSupplier: row.FinancialAccountType === 'K',
      isCleared: row.IsCleared === true,
    }));
}
