import type { InvoiceKey } from '../../../rules/sap-invoices.ts';
import { table } from '../books.ts';
import { type Row, textOf } from '../odata/entity-type.ts';
import { matches } from '../odata/related-rows.ts';
import { moveChangeStamp } from './change-stamp.ts';
import { payableRows } from './invoice-fi-document.ts';
import { itemSets, writeItems } from './invoice-items.ts';
import { dueRow, postToFi, termsOf } from './invoice-posting.ts';
import { grossAmount, invoiceRow, keyOf, termsRow } from './invoices.ts';
import type { NewInvoice } from './new-invoice.ts';
import type { Tenant } from './tenant.ts';

/** What a clerk may change; amounts only while the invoice is not posted. Absent: stays. */
export interface InvoiceChanges {
  readonly reference?: string;
  readonly headerText?: string;
  readonly paymentTerms?: string;
  readonly dueCalculationBaseDate?: string;
  readonly paymentMethod?: string;
  readonly paymentBlock?: string;
  /** Text of each item, by item number (`0001` G/L, `000001` purchase order). */
  readonly itemTexts?: Readonly<Record<string, string>>;
  /** Replaces all items and taxes; only while not posted. */
  readonly items?: Pick<NewInvoice, 'lines' | 'taxes' | 'withholdingTaxes' | 'grossAmount'>;
}

export function changeInvoice(tenant: Tenant, key: InvoiceKey, changes: InvoiceChanges): void {
  const header = invoiceRow(tenant, key);
  if (changes.items) replaceItems(tenant, header, changes.items);
  if (changes.reference !== undefined) header.SupplierInvoiceIDByInvcgParty = changes.reference;
  if (changes.headerText !== undefined) header.DocumentHeaderText = changes.headerText;
  if (changes.paymentMethod !== undefined) header.PaymentMethod = changes.paymentMethod;
  if (changes.paymentBlock !== undefined) header.PaymentBlockingReason = changes.paymentBlock;
  const terms = changes.paymentTerms ?? textOf(header, 'PaymentTerms');
  const baseDate = changes.dueCalculationBaseDate ?? textOf(header, 'DueCalculationBaseDate');
  Object.assign(header, termsRow(tenant, terms, baseDate));
  changeItemTexts(tenant, header, changes.itemTexts ?? {});
  changeFiLines(tenant, header, changes);
  moveChangeStamp(tenant, header);
}

function replaceItems(tenant: Tenant, header: Row, items: NonNullable<InvoiceChanges['items']>): void {
  if (header.SupplierInvoiceStatus === '5')
    throw new Error('The items of a posted invoice cannot be changed.');
  const isOfInvoice = matches(numberOf(header));
  for (const set of itemSets) {
    tenant.books.tables[set] = table(tenant.books, set).filter((row) => !isOfInvoice(row));
  }
  writeItems(tenant.books, header, items);
  header.InvoiceGrossAmount = grossAmount(tenant, header, items.grossAmount);
}

function changeItemTexts({ books }: Tenant, header: Row, texts: Readonly<Record<string, string>>): void {
  for (const row of itemSets.flatMap((set) => table(books, set)).filter(matches(numberOf(header)))) {
    const text = texts[textOf(row, 'SupplierInvoiceItem')];
    if (text !== undefined && 'SupplierInvoiceItemText' in row) row.SupplierInvoiceItemText = text;
  }
}

function changeFiLines(tenant: Tenant, header: Row, changes: InvoiceChanges): void {
  const instalments = termsOf(tenant.books, header)?.instalments;
  payableRows(tenant, keyOf(header)).forEach((row, index) => {
    Object.assign(row, dueRow(tenant.books, header, instalments?.[index]?.netDays));
    row.PaymentMethod = textOf(header, 'PaymentMethod');
    row.DocumentReferenceID = textOf(header, 'SupplierInvoiceIDByInvcgParty').toUpperCase();
    if (changes.paymentBlock !== undefined) row.PaymentBlockingReason = changes.paymentBlock;
  });
}

/** Lifts the payment block; in FI only, the invoice's change stamp stays unless the tenant's switch says so. */
export function releaseBlock(
  tenant: Tenant,
  key: InvoiceKey,
  where: 'everywhere' | 'fi-only' = 'everywhere',
): void {
  setFiBlock(tenant, key, '');
  if (where === 'fi-only') return;
  const header = invoiceRow(tenant, key);
  header.PaymentBlockingReason = '';
  moveChangeStamp(tenant, header);
}

/** Sets or lifts (``) the block of the invoice's supplier lines, as a change in accounting does (dossier §4.8). */
export function setFiBlock(tenant: Tenant, key: InvoiceKey, block: string): void {
  for (const row of payableRows(tenant, key)) row.PaymentBlockingReason = block;
  if (tenant.switches.fiBlockMovesStamp) moveChangeStamp(tenant, invoiceRow(tenant, key));
}

/** Posts a parked invoice: its creation date stays, its status becomes `5` (dossier §4.3). */
export function postParked(tenant: Tenant, key: InvoiceKey, fiVisibilityDelayMs = 0): void {
  const header = invoiceRow(tenant, key);
  if (header.SupplierInvoiceStatus === '5')
    throw new Error(`Invoice ${key.supplierInvoice} is posted already.`);
  postToFi(tenant, header, fiVisibilityDelayMs);
  header.SupplierInvoiceStatus = '5';
  moveChangeStamp(tenant, header);
}

/** Deletes a parked invoice: status `2`. */
export function deleteParked(tenant: Tenant, key: InvoiceKey): void {
  const header = invoiceRow(tenant, key);
  if (header.SupplierInvoiceStatus === '5') throw new Error('A posted invoice is reversed, not deleted.');
  header.SupplierInvoiceStatus = '2';
  moveChangeStamp(tenant, header);
}

function numberOf(header: Row): Row {
  return { SupplierInvoice: textOf(header, 'SupplierInvoice'), FiscalYear: textOf(header, 'FiscalYear') };
}
