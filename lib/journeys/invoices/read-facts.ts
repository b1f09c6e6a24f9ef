import { isoTime } from '../../clock.ts';
import { type InvoiceFacts, invoiceFacts, invoiceId } from '../../ledger/invoices.ts';
import { updateRecord } from '../../ledger/record.ts';
import { payeeNumber } from '../../rules/invoices/payee.ts';
import { fingerprint } from '../../rules/reference-code.ts';
import type { PayableLine, SupplierInvoice } from '../../rules/sap-invoices.ts';
import type { OneTimeSupplier, Supplier } from '../../rules/sap-suppliers.ts';
import type { Connector } from '../doors.ts';

/**
 * What the hand-over needs to know beside the invoices themselves: FI lines, suppliers and purchase-order texts
 * of a whole page, in one round of calls.
 */
export async function readFacts(
  connector: Connector,
  invoices: readonly SupplierInvoice[],
): Promise<InvoiceFacts[]> {
  if (invoices.length === 0) return [];
  const payable = await connector.sap.payableLines(invoices.map((invoice) => invoice.key));
  const partners = distinct(invoices.flatMap((invoice) => partnersOf(invoice, payable)));
  const suppliers = await withPayees(connector, await connector.sap.suppliers(partners));
  const itemTexts = await connector.sap.purchaseOrderItemTexts(distinctItems(invoices));
  const oneTime = await connector.sap.oneTimeSuppliers(invoices.map((invoice) => invoice.key));
  return invoices.map((invoice) => factsOf(connector, invoice, { payable, suppliers, itemTexts, oneTime }));
}

/** The suppliers, and those that their master records name as alternative payees (SAP dossier §12.7). */
async function withPayees(connector: Connector, suppliers: readonly Supplier[]): Promise<Supplier[]> {
  const known = new Set(suppliers.map((each) => each.supplier));
  const payees = suppliers.flatMap((each) =>
    each.companies.flatMap((company) => company.alternativePayee ?? []),
  );
  const missing = distinct(payees.filter((payee) => !known.has(payee)));
  return missing.length === 0 ? [...suppliers] : [...suppliers, ...(await connector.sap.suppliers(missing))];
}

/** Keeps the facts unless newer ones are there already. */
export async function keepFacts(connector: Connector, facts: InvoiceFacts): Promise<void> {
  await updateRecord(connector, invoiceFacts, invoiceId(facts.invoice.key), (current) =>
    current !== undefined && current.readAt > facts.readAt ? undefined : facts,
  );
}

/** The version of an invoice: SAP's change stamp, or where the tenant has none a hash of the content. */
export function versionOf(invoice: Pick<SupplierInvoice, 'changeStamp'>): string {
  return invoice.changeStamp === '' ? fingerprint(invoice).slice(0, 24) : invoice.changeStamp;
}

/** What a record repeats of the invoice, for lists. */
export function headOf(invoice: SupplierInvoice) {
  return {
    key: invoice.key,
    supplier: invoice.supplier,
    ...(invoice.reference === undefined ? {} : { reference: invoice.reference }),
    currency: invoice.currency,
    amount: invoice.grossAmount,
    isCreditMemo: invoice.isCreditMemo,
    postingDate: invoice.postingDate,
  };
}

interface PageFacts extends Pick<InvoiceFacts, 'payable' | 'suppliers' | 'itemTexts'> {
  readonly oneTime: readonly OneTimeSupplier[];
}

function factsOf(
  { clock }: Connector,
  invoice: SupplierInvoice,
  { payable, suppliers, itemTexts, oneTime }: PageFacts,
): InvoiceFacts {
  const lines = payable.filter((line) => isOf(line, invoice));
  const oneTimeSupplier = oneTime.find(
    (each) =>
      each.supplierInvoice === invoice.key.supplierInvoice && each.fiscalYear === invoice.key.fiscalYear,
  );
  const named = partnersOf(invoice, lines);
  const partners = new Set([...named, payeeNumber(invoice, suppliers)]);
  const orders = new Set(invoice.lines.map((line) => `${line.purchaseOrder}/${line.purchaseOrderItem}`));
  return {
    version: versionOf(invoice),
    readAt: isoTime(clock.now()),
    invoice,
    payable: lines,
    suppliers: suppliers.filter((supplier) => partners.has(supplier.supplier)),
    ...(oneTimeSupplier === undefined ? {} : { oneTimeSupplier }),
    itemTexts: itemTexts.filter((text) => orders.has(`${text.purchaseOrder}/${text.purchaseOrderItem}`)),
  };
}

function isOf(line: PayableLine, { key }: SupplierInvoice): boolean {
  return (
    line.companyCode === key.companyCode &&
    line.invoice.supplierInvoice === key.supplierInvoice &&
    line.invoice.fiscalYear === key.fiscalYear
  );
}

function partnersOf(invoice: SupplierInvoice, payable: readonly PayableLine[]): string[] {
  const onLines = payable.filter((line) => isOf(line, invoice)).map((line) => line.supplier);
  return [
    invoice.supplier,
    ...(invoice.alternativePayee === undefined ? [] : [invoice.alternativePayee]),
    ...onLines,
  ];
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function distinctItems(
  invoices: readonly SupplierInvoice[],
): { purchaseOrder: string; purchaseOrderItem: string }[] {
  const items = new Map<string, { purchaseOrder: string; purchaseOrderItem: string }>();
  for (const { purchaseOrder, purchaseOrderItem } of invoices.flatMap((invoice) => invoice.lines)) {
    if (purchaseOrder === undefined || purchaseOrderItem === undefined) continue;
    items.set(`${purchaseOrder}/${purchaseOrderItem}`, { purchaseOrder, purchaseOrderItem });
  }
  return [...items.values()];
}
