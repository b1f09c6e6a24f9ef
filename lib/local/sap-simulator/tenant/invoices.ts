import { isoDate } from '../../../clock.ts';
import { type Amount, amount as asAmount, sum } from '../../../money.ts';
import type { InvoiceKey } from '../../../rules/sap-invoices.ts';
import { nextNumber, table } from '../books.ts';
import { type Row, textOf } from '../odata/entity-type.ts';
import { matches } from '../odata/related-rows.ts';
import { isValidOn } from '../organization.ts';
import { moveChangeStamp } from './change-stamp.ts';
import { companyCodeOf, fiscalYearOf } from './fi-documents.ts';
import { writeItems } from './invoice-items.ts';
import { postToFi, shownLines } from './invoice-posting.ts';
import type { NewInvoice } from './new-invoice.ts';
import { supplierCompanyRow } from './suppliers.ts';
import type { Tenant } from './tenant.ts';

/** Enters an invoice; posted ones (status `5`) get their FI document at once. */
export function enterInvoice(tenant: Tenant, invoice: NewInvoice): InvoiceKey {
  const { books } = tenant;
  const company = supplierCompanyRow(tenant, invoice.supplier, invoice.companyCode);
  if (!company)
    throw new Error(`Supplier ${invoice.supplier} is not kept in company code ${invoice.companyCode}.`);
  checkCostCenters(tenant, invoice);
  const header = headerRow(tenant, invoice, company);
  table(books, 'A_SupplierInvoice').push(header);
  writeItems(books, header, invoice);
  if (invoice.oneTimeSupplier) writeOneTimeSupplier(tenant, header, invoice.oneTimeSupplier);
  header.InvoiceGrossAmount = grossAmount(tenant, header, invoice.grossAmount);
  moveChangeStamp(tenant, header);
  if (header.SupplierInvoiceStatus === '5') postToFi(tenant, header, invoice.fiVisibilityDelayMs);
  return keyOf(header);
}

/** Who stands behind a one-time account; its bank data is here too in SAP. */
function writeOneTimeSupplier(
  { books }: Tenant,
  { SupplierInvoice = '', FiscalYear = '' }: Row,
  { name, city, country }: NonNullable<NewInvoice['oneTimeSupplier']>,
): void {
  table(books, 'A_SuplrInvoiceAdditionalData').push({
    SupplierInvoice,
    FiscalYear,
    IsOneTimeAccount: true,
    InvoicingPartyName1: name.slice(0, 35),
    InvoicingPartyName2: name.slice(35, 70),
    CityName: city,
    Country: country,
    IBAN: 'XX00INVENTED0000000000',
  });
}

function headerRow(tenant: Tenant, invoice: NewInvoice, company: Row): Row {
  const { books, clock } = tenant;
  const paymentTerms = invoice.paymentTerms ?? textOf(company, 'PaymentTerms');
  const { companyCode, reference, headerText, originalInvoice } = invoice;
  checkLengths({ reference: [reference, 16], headerText: [headerText, 25] });
  return {
    SupplierInvoice: nextNumber(books, 'supplier-invoice', 5_105_600_101),
    FiscalYear: fiscalYearOf(invoice.postingDate),
    CompanyCode: companyCode,
    DocumentDate: invoice.documentDate,
    PostingDate: invoice.postingDate,
    CreationDate: isoDate(clock.now()),
    SupplierInvoiceIDByInvcgParty: reference ?? '',
    InvoicingParty: invoice.supplier,
    DocumentCurrency: invoice.currency ?? companyCodeOf(books, companyCode).currency,
    SupplierInvoiceIsCreditMemo: invoice.creditMemo ? 'X' : '',
    AccountingDocumentType: invoice.creditMemo ? 'KG' : 'RE',
    InvoiceReference: originalInvoice?.supplierInvoice ?? '',
    InvoiceReferenceFiscalYear: originalInvoice?.fiscalYear ?? '0000',
    DocumentHeaderText: headerText ?? '',
    ...termsRow(tenant, paymentTerms, invoice.dueCalculationBaseDate ?? invoice.documentDate),
    PaymentMethod: invoice.paymentMethod ?? '',
    PaymentBlockingReason: invoice.paymentBlock ?? textOf(company, 'PaymentBlockingReason'),
    AlternativePayeePayer: invoice.alternativePayee ?? '',
    ReconciliationAccount: invoice.payableAccount ?? textOf(company, 'ReconciliationAccount'),
    UnplannedDeliveryCost: invoice.unplannedDeliveryCost ?? '0',
    SupplierInvoiceStatus: invoice.status ?? '5',
    SupplierInvoiceOrigin: '1',
    TaxIsCalculatedAutomatically: true,
  };
}

/** A G/L line is posted to its cost center; an order's costs were posted with the receipt of what it ordered. */
function checkCostCenters({ books }: Tenant, { lines, postingDate }: NewInvoice): void {
  for (const line of lines) {
    if (line.kind !== 'gl-account') continue;
    const center = books.organization.costCenters[line.costCenter ?? ''];
    if (center !== undefined && !isValidOn(center, postingDate))
      throw new Error(`Cost center ${line.costCenter} is not valid on ${postingDate}.`);
  }
}

function checkLengths(texts: Record<string, readonly [text: string | undefined, longest: number]>): void {
  for (const [name, [text, longest]] of Object.entries(texts)) {
    if ((text ?? '').length > longest)
      throw new Error(`${name} "${text}" is longer than ${longest} characters.`);
  }
}

/** Payment terms and due dates of a header. */
export function termsRow({ books }: Tenant, paymentTerms: string, baseDate: string): Row {
  const terms = books.organization.paymentTerms[paymentTerms];
  if (!terms) throw new Error(`Payment terms ${paymentTerms} are not defined.`);
  return {
    PaymentTerms: paymentTerms,
    DueCalculationBaseDate: baseDate,
    NetPaymentDays: String(terms.netDays),
    CashDiscount1Days: String(terms.discount?.days ?? 0),
    CashDiscount1Percent: terms.discount?.percent ?? '0',
  };
}

export function grossAmount({ books }: Tenant, header: Row, given: Amount | undefined): Amount {
  const currency = textOf(header, 'DocumentCurrency');
  if (given !== undefined) return asAmount(given, currency);
  const shown = shownLines(books, header).map(({ amount }) => amount);
  return sum([...shown, textOf(header, 'UnplannedDeliveryCost')], currency);
}

export function keyOf(header: Row): InvoiceKey {
  return {
    companyCode: textOf(header, 'CompanyCode'),
    supplierInvoice: textOf(header, 'SupplierInvoice'),
    fiscalYear: textOf(header, 'FiscalYear'),
  };
}

/** The header row of an invoice. */
export function invoiceRow(
  { books }: Tenant,
  key: { readonly supplierInvoice: string; readonly fiscalYear: string },
): Row {
  const wanted = { SupplierInvoice: key.supplierInvoice, FiscalYear: key.fiscalYear };
  const row = table(books, 'A_SupplierInvoice').find(matches(wanted));
  if (!row) throw new Error(`Supplier invoice ${key.supplierInvoice}/${key.fiscalYear} does not exist.`);
  return row;
}
