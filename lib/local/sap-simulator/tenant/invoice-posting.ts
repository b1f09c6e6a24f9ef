import { type Amount, allocate, isZero, negate, subtract, sum } from '../../../money.ts';
import { type SapBooks, table } from '../books.ts';
import { type Row, textOf } from '../odata/entity-type.ts';
import { matches } from '../odata/related-rows.ts';
import type { PaymentTerms } from '../organization.ts';
import { type FiDocument, type FiLine, isPeriodOpen, writeFiDocument } from './fi-documents.ts';
import { invoiceFiHeader, nextInvoiceDocument } from './invoice-fi-document.ts';
import type { Tenant } from './tenant.ts';

/** Makes the FI document of an invoice from its rows (SAP dossier §5): payable lines, cost lines, tax. */
export function postToFi(tenant: Tenant, header: Row, extraDelayMs = 0): FiDocument {
  const { books, switches } = tenant;
  const text = (name: string) => textOf(header, name);
  if (!isPeriodOpen(books, text('CompanyCode'), text('PostingDate'))) {
    throw new Error(`The period of ${text('PostingDate')} is closed in company code ${text('CompanyCode')}.`);
  }
  return writeFiDocument(
    tenant,
    invoiceFiHeader(header, nextInvoiceDocument(books, text('CompanyCode'))),
    [...payableLines(books, header), ...costLines(books, header)],
    switches.visibilityLagMs + extraDelayMs,
  );
}

/** One line, or several for payment terms with instalments; invoices are negative (credit). */
function payableLines(books: SapBooks, header: Row): FiLine[] {
  const currency = textOf(header, 'DocumentCurrency');
  const gross = textOf(header, 'InvoiceGrossAmount');
  const total = header.SupplierInvoiceIsCreditMemo === 'X' ? gross : negate(gross, currency);
  const instalments = termsOf(books, header)?.instalments;
  const amounts = instalments
    ? allocate(
        total,
        instalments.map(({ weight }) => weight),
        currency,
      )
    : [total];
  return amounts.map((amount, index) => ({
    amount,
    accountType: 'K',
    glAccount: textOf(header, 'ReconciliationAccount'),
    more: { ...payableRow(books, header), ...dueRow(books, header, instalments?.[index]?.netDays) },
  }));
}

function payableRow(books: SapBooks, header: Row): Row {
  const withholding = ofInvoice(books, 'A_SuplrInvcHeaderWhldgTax', header)[0];
  return {
    Supplier: textOf(header, 'InvoicingParty'),
    PaymentBlockingReason: textOf(header, 'PaymentBlockingReason'),
    PaymentMethod: textOf(header, 'PaymentMethod'),
    AssignmentReference: textOf(header, 'AssignmentReference'),
    ...(withholding && {
      WithholdingTaxCode: textOf(withholding, 'WithholdingTaxCode'),
      WithholdingTaxBaseAmount: textOf(withholding, 'WithholdingTaxBaseAmount'),
      WithholdingTaxAmount: textOf(withholding, 'ManuallyEnteredWhldgTaxAmount'),
    }),
  };
}

/** Due dates of a payable line from the header's terms; also used when the terms change. */
export function dueRow(books: SapBooks, header: Row, instalmentDays?: number): Row {
  const baseDate = textOf(header, 'DueCalculationBaseDate');
  const terms = termsOf(books, header);
  const netDays = instalmentDays ?? Number(textOf(header, 'NetPaymentDays') || '0');
  return {
    PaymentTerms: textOf(header, 'PaymentTerms'),
    DueCalculationBaseDate: baseDate,
    NetPaymentDays: String(netDays),
    NetDueDate: addDays(baseDate, netDays),
    CashDiscount1Days: textOf(header, 'CashDiscount1Days'),
    CashDiscount1Percent: textOf(header, 'CashDiscount1Percent'),
    CashDiscount1DueDate: terms?.discount ? addDays(baseDate, terms.discount.days) : null,
  };
}

export function termsOf({ organization }: SapBooks, header: Row): PaymentTerms | undefined {
  return organization.paymentTerms[textOf(header, 'PaymentTerms')];
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What the invoice bought, tax included: debits, or credits for a credit memo; they make up the gross amount. */
function costLines(books: SapBooks, header: Row): FiLine[] {
  const currency = textOf(header, 'DocumentCurrency');
  const toDebit = (amount: Amount) =>
    header.SupplierInvoiceIsCreditMemo === 'X' ? negate(amount, currency) : amount;
  const lines = shownLines(books, header);
  const rest = subtract(
    textOf(header, 'InvoiceGrossAmount'),
    sum(
      lines.map(({ amount }) => amount),
      currency,
    ),
    currency,
  );
  const delivery: FiLine = {
    amount: rest,
    accountType: 'S',
    glAccount: '61010000',
    more: { DocumentItemText: 'Delivery cost' },
  };
  return [...lines, ...(isZero(rest, currency) ? [] : [delivery])].map((line) => ({
    ...line,
    amount: toDebit(line.amount),
  }));
}

/** Parts of the gross amount that the items show, signed as in an invoice. */
export function shownLines(books: SapBooks, header: Row): FiLine[] {
  return [
    ...orderLines(books, header),
    ...glLines(books, header),
    ...simpleLines(books, header, 'A_SupplierInvoiceItemMaterial', 'M', '13600000'),
    ...simpleLines(books, header, 'A_SupplierInvoiceItemAsset', 'A', '16001000'),
    ...taxLines(books, header),
  ];
}

function orderLines(books: SapBooks, header: Row): FiLine[] {
  return ofInvoice(books, 'A_SuplrInvcItemPurOrdRef', header).flatMap((item) => {
    const more = {
      PurchasingDocument: textOf(item, 'PurchaseOrder'),
      PurchasingDocumentItem: textOf(item, 'PurchaseOrderItem'),
      DocumentItemText: textOf(item, 'SupplierInvoiceItemText'),
    };
    const shares = ofInvoice(books, 'A_SuplrInvcItemAcctAssgmt', header).filter(
      (share) => share.SupplierInvoiceItem === item.SupplierInvoiceItem,
    );
    if (shares.length === 0) {
      return [
        { amount: textOf(item, 'SupplierInvoiceItemAmount'), accountType: 'S', glAccount: '21121000', more },
      ];
    }
    return shares.map((share) => ({
      amount: unsigned(share, header, 'SuplrInvcAcctAssignmentAmount'),
      accountType: 'S' as const,
      glAccount: textOf(share, 'GLAccount'),
      more: { ...more, ...centers(share) },
    }));
  });
}

function glLines(books: SapBooks, header: Row): FiLine[] {
  return ofInvoice(books, 'A_SupplierInvoiceItemGLAcct', header).map((item) => ({
    amount: unsigned(item, header),
    accountType: 'S',
    glAccount: textOf(item, 'GLAccount'),
    more: { ...centers(item), DocumentItemText: textOf(item, 'SupplierInvoiceItemText') },
  }));
}

function simpleLines(
  books: SapBooks,
  header: Row,
  set: string,
  accountType: 'M' | 'A',
  glAccount: string,
): FiLine[] {
  return ofInvoice(books, set, header).map((item) => ({
    amount: unsigned(item, header),
    accountType,
    glAccount,
  }));
}

function taxLines(books: SapBooks, header: Row): FiLine[] {
  const glAccount = books.organization.companyCodes[textOf(header, 'CompanyCode')]?.taxAccount ?? '';
  return ofInvoice(books, 'A_SupplierInvoiceTax', header)
    .filter((tax) => !isZero(textOf(tax, 'TaxAmount'), textOf(header, 'DocumentCurrency')))
    .map((tax) => ({
      amount: textOf(tax, 'TaxAmount'),
      accountType: 'S',
      glAccount,
      more: { TaxCode: textOf(tax, 'TaxCode') },
    }));
}

/** The amount as in an invoice: what adds to the gross amount is positive. */
function unsigned(item: Row, header: Row, field = 'SupplierInvoiceItemAmount'): Amount {
  const adds = (item.DebitCreditCode === 'S') !== (header.SupplierInvoiceIsCreditMemo === 'X');
  const amount = textOf(item, field);
  return adds ? amount : negate(amount, textOf(header, 'DocumentCurrency'));
}

function centers(row: Row): Row {
  return { CostCenter: textOf(row, 'CostCenter'), ProfitCenter: textOf(row, 'ProfitCenter') };
}

function ofInvoice(books: SapBooks, set: string, { SupplierInvoice, FiscalYear }: Row): Row[] {
  return table(books, set).filter(
    matches({ SupplierInvoice: SupplierInvoice ?? '', FiscalYear: FiscalYear ?? '' }),
  );
}
