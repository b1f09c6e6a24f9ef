import type { CompanyCodeConfig, ConnectorConfig } from '../../config/connector-config.ts';
import { isZero, negate, sum } from '../../money.ts';
import type { Payment } from '../bill-documents.ts';
import { cutText } from '../cut-text.ts';
import { checkPositive, checkSums } from '../invoices/invoice-checks.ts';
import type { LocalDate } from '../local-date.ts';
import { referenceCode } from '../reference-code.ts';
import type { JournalEntry, JournalGlItem, JournalSupplierItem, Reversal } from '../sap-accounting.ts';
import type { SupplierInvoice } from '../sap-invoices.ts';
import {
  assignedAccount,
  checkCurrency,
  checkedParts,
  clearingAccount,
  companyOf,
  type PaidInvoice,
  type PaymentFacts,
  payableAccount,
  processDate,
} from './payment-checks.ts';
import { type PostingShare, paidShares, postingShares } from './posting-shares.ts';

export type { PaidInvoice, PaymentFacts } from './payment-checks.ts';

/** SAP's lengths (SAP dossier §9.2). */
const HEADER_TEXT_LIMIT = 25;
const ITEM_TEXT_LIMIT = 50;
const REFERENCE_LIMIT = 20;

/** A journal entry to be posted, with its look-up key. */
export interface EntryDraft {
  readonly companyCode: string;
  readonly referenceCode: string;
  readonly entry: JournalEntry;
}

/** Everything that one company code's entry is made of. */
interface Posting extends Omit<PaymentFacts, 'vendorCurrency'> {
  readonly currency: string;
  readonly company: CompanyCodeConfig;
  readonly clearing: CompanyCodeConfig['clearingAccounts'][number];
}

/**
 * The journal entries of a cleared payment, one per company code, split by the payment's bills. The
 * company code's profile decides what is debited: `payable` debits the supplier, invoice by invoice, and credits
 * the clearing account share by share; `original-lines` debits the invoices' own accounts and credits the clearing
 * account once. Debits equal credits to the minor unit (I3); a payment without money gives no entry.
 *
 * Throws DocumentError `PAYMENT_SPLIT_MISSING`, `PAYMENT_SUM_DIFFERS`, `PAYMENT_DATE_MISSING`,
 * `PAYMENT_AMOUNT_UNUSABLE`, `CURRENCY_DIFFERS`, `COMPANY_CODE_NOT_CONFIGURED`, `NO_CLEARING_ACCOUNT`,
 * `SEVERAL_PAYABLE_ACCOUNTS`, `ITEM_WITHOUT_ACCOUNT`, `TAX_WITHOUT_BASE`, `SUMS_DIFFER`, `TOTAL_NOT_POSITIVE`.
 */
export function entriesFromPayment(facts: PaymentFacts): EntryDraft[] {
  checkCurrency(facts);
  for (const { invoice } of facts.invoices) {
    checkPositive(invoice);
    checkSums(invoice);
  }
  const invoices = checkedParts(facts).filter((paid) => !isZero(paid.amount, facts.vendorCurrency));
  const byCompany = Map.groupBy(invoices, (paid) => paid.invoice.key.companyCode);
  return [...byCompany.keys()].sort().map((companyCode) => {
    const company = companyOf(facts, companyCode);
    const ofCompany = [...(byCompany.get(companyCode) ?? [])].sort(inOrder);
    const clearing = clearingAccount(facts.payment, company);
    return draft({ ...facts, invoices: ofCompany, currency: facts.vendorCurrency, company, clearing });
  });
}

/**
 * The reversal of a payment's entry after a void or return, with a look-up key of its own (SAP dossier §9.7).
 * Throws DocumentError `COMPANY_CODE_NOT_CONFIGURED`.
 */
export function reversalOf(facts: {
  readonly payment: Payment;
  readonly posting: {
    readonly generation: number;
    readonly companyCode: string;
    readonly documentType: string;
    readonly accountingDocument: string;
    readonly fiscalYear: string;
  };
  readonly postingDate: LocalDate;
  readonly config: ConnectorConfig;
}): Reversal {
  const { payment, posting, postingDate, config } = facts;
  const { generation, companyCode, documentType, accountingDocument, fiscalYear } = posting;
  return {
    companyCode,
    documentType,
    accountingDocument,
    fiscalYear,
    postingDate,
    reason: companyOf(facts, companyCode).reversalReason,
    documentReferenceId: referenceCode([payment.id, String(generation), companyCode, 'reversal']),
    headerText: headerText(payment),
    createdByUser: config.sap.createdByUser,
  };
}

function draft(posting: Posting): EntryDraft {
  const { payment, generation, config, company, currency } = posting;
  const { companyCode } = company;
  const date = processDate(payment);
  const code = referenceCode([payment.id, String(generation), companyCode]);
  const entry: JournalEntry = {
    companyCode,
    documentType: company.journalEntryType,
    documentDate: date,
    postingDate: date,
    currency,
    documentReferenceId: code,
    headerText: headerText(payment),
    createdByUser: config.sap.createdByUser,
    ...(payment.id.length <= REFERENCE_LIMIT ? { reference1: payment.id.toUpperCase() } : {}),
    ...(company.postingProfile === 'payable' ? payableItems(posting) : originalItems(posting)),
  };
  return { companyCode, referenceCode: code, entry };
}

type Items = Pick<JournalEntry, 'supplierItems' | 'glItems'>;

function payableItems(posting: Posting): Items {
  const { invoices, config, currency } = posting;
  return {
    supplierItems: invoices.map(supplierItem),
    glItems: invoices.flatMap((paid) =>
      paidShares(postingShares(paid.invoice, config), paid.amount, currency).map((share) =>
        clearingItem(posting, paid, share),
      ),
    ),
  };
}

/** The supplier of the FI line: an alternative payee is paid on the invoicing party's account. */
function supplierItem(paid: PaidInvoice): JournalSupplierItem {
  const { invoice, supplierPayableAccount } = paid;
  const account = payableAccount(paid);
  const differs =
    account !== undefined && supplierPayableAccount !== undefined && account !== supplierPayableAccount;
  return {
    supplier: paid.payable.find((line) => line.specialGlCode === undefined)?.supplier ?? invoice.supplier,
    amount: paid.amount,
    ...(differs ? { alternativePayableAccount: account } : {}),
    text: paidText(invoice),
    assignmentReference: assignmentReference(invoice),
  };
}

/** Names the original G/L account, cost center and invoice in its text; the account also in `reference3`. */
function clearingItem(
  { clearing, currency }: Posting,
  { invoice }: PaidInvoice,
  share: PostingShare,
): JournalGlItem {
  const { glAccount, costCenter, profitCenter } = share;
  const text = [
    ...(glAccount === undefined ? [] : [`G/L ${glAccount}`]),
    ...(costCenter === undefined ? [] : [`CC ${costCenter}`]),
    invoice.reference ?? invoice.key.supplierInvoice,
  ].join(' ');
  return {
    glAccount: clearing.glAccount,
    amount: negate(share.amount, currency),
    ...(clearing.takesCostCenter && costCenter !== undefined ? { costCenter } : {}),
    ...(profitCenter === undefined ? {} : { profitCenter }),
    text: cutText(text, ITEM_TEXT_LIMIT),
    assignmentReference: assignmentReference(invoice),
    ...(glAccount === undefined ? {} : { reference3: glAccount }),
  };
}

function originalItems(posting: Posting): Items {
  const { invoices, config, currency, clearing, payment } = posting;
  const debits = invoices.flatMap((paid) =>
    paidShares(postingShares(paid.invoice, config), paid.amount, currency).map((share) =>
      originalItem(paid, share),
    ),
  );
  const paid = sum(
    invoices.map((each) => each.amount),
    currency,
  );
  const text = `BILL payment ${payment.id}`.slice(0, ITEM_TEXT_LIMIT);
  const credit = { glAccount: clearing.glAccount, amount: negate(paid, currency), text };
  return { supplierItems: [], glItems: [...debits, credit] };
}

function originalItem({ invoice }: PaidInvoice, share: PostingShare): JournalGlItem {
  return {
    ...share,
    glAccount: assignedAccount(invoice, share),
    text: paidText(invoice),
    assignmentReference: assignmentReference(invoice),
  };
}

/** Why the payment, for people: BILL's own number where it fits. */
function headerText({ transactionNumber }: Payment): string {
  const text = `BILL ${transactionNumber ?? ''}`;
  return transactionNumber === undefined || text.length > HEADER_TEXT_LIMIT ? 'BILL payment' : text;
}

function paidText(invoice: SupplierInvoice): string {
  return cutText(`${invoice.reference ?? invoice.key.supplierInvoice} paid through BILL`, ITEM_TEXT_LIMIT);
}

/** Invoice and year, 14 characters: helps to match the lines in SAP (SAP dossier §9.6). */
function assignmentReference({ key }: SupplierInvoice): string {
  return `${key.supplierInvoice}${key.fiscalYear}`;
}

function inOrder(left: PaidInvoice, right: PaidInvoice): number {
  const [before, after] = [left, right].map(
    ({ invoice, billId }) => `${assignmentReference(invoice)} ${billId}`,
  );
  return (before ?? '') < (after ?? '') ? -1 : 1;
}
