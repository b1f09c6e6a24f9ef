import type { CompanyCodeConfig, ConnectorConfig } from '../../config/connector-config.ts';
import { DocumentError } from '../../errors.ts';
import { type Amount, AmountError, amount, compareAmounts } from '../../money.ts';
import type { Payment } from '../bill-documents.ts';
import { invoiceName } from '../invoices/invoice-name.ts';
import type { LocalDate } from '../local-date.ts';
import type { PayableLine, SupplierInvoice } from '../sap-invoices.ts';
import { paymentParts, paymentValues, sumDiffers } from './payment-parts.ts';
import type { PostingShare } from './posting-shares.ts';

/** One bill of a payment, with the invoice behind it. */
export interface PaidInvoice {
  readonly billId: string;
  /** This payment's part in money, without vendor credits: see `paymentParts`. */
  readonly amount: Amount;
  readonly invoice: SupplierInvoice;
  readonly payable: readonly PayableLine[];
  /** The FI lines that the bill stands for, see `fiLineName`; absent where it stands for the whole invoice. */
  readonly fiLines?: readonly string[];
  /** The payable account in the supplier's master record; absent where it is not known. */
  readonly supplierPayableAccount?: string;
}

export interface PaymentFacts {
  readonly payment: Payment;
  readonly generation: number;
  readonly invoices: readonly PaidInvoice[];
  readonly config: ConnectorConfig;
  readonly vendorCurrency: string;
}

/** A payment's currency is its vendor's; throws DocumentError `CURRENCY_DIFFERS` unless its invoices share it. */
export function checkCurrency({ payment, invoices, vendorCurrency }: PaymentFacts): void {
  const other = invoices.find(({ invoice }) => invoice.currency !== vendorCurrency)?.invoice;
  if (other === undefined) return;
  throw refused(payment, {
    code: 'CURRENCY_DIFFERS',
    message: `Payment ${payment.id} is in ${vendorCurrency}, but it pays invoice ${invoiceName(other)} in ${other.currency}; nothing was posted.`,
    nextStep: 'Post the payment with its exchange difference in SAP by hand, then skip it here.',
    sapValues: { invoice: invoiceName(other), currency: other.currency, grossAmount: other.grossAmount },
    billValues: { ...paymentValues(payment), currency: vendorCurrency },
  });
}

/**
 * The invoices with their parts in the form of the currency: they must be the very parts that BILL names, none
 * negative. Throws DocumentError `PAYMENT_SPLIT_MISSING`, `PAYMENT_SUM_DIFFERS` or `PAYMENT_AMOUNT_UNUSABLE`.
 */
export function checkedParts({ payment, invoices, vendorCurrency }: PaymentFacts): PaidInvoice[] {
  const parts = paymentParts(payment);
  const paid = invoices.map((each) => ({ ...each, amount: usable(payment, each.amount, vendorCurrency) }));
  const named = parts.map((part) => `${part.billId} ${usable(payment, part.amount, vendorCurrency)}`);
  const given = paid.map((each) => `${each.billId} ${each.amount}`);
  const isNegative = paid.some((each) => compareAmounts(each.amount, '0', vendorCurrency) < 0);
  if (isNegative || named.sort().join() !== given.sort().join()) throw sumDiffers(payment, paid);
  return paid;
}

/** Throws DocumentError `COMPANY_CODE_NOT_CONFIGURED`. */
export function companyOf(
  { payment, config }: { readonly payment: Payment; readonly config: ConnectorConfig },
  companyCode: string,
): CompanyCodeConfig {
  const company = config.companyCodes.find((each) => each.companyCode === companyCode);
  if (company !== undefined) return company;
  throw refused(payment, {
    code: 'COMPANY_CODE_NOT_CONFIGURED',
    message: `Payment ${payment.id} concerns company code ${companyCode}, which is not in the configuration; nothing was posted.`,
    nextStep:
      'Add the company code to the configuration and retry, or post the payment in SAP by hand and skip it.',
    sapValues: { companyCode },
  });
}

/** Stands in the configuration for payments that were recorded outside BILL: they have no funding account. */
const OUTSIDE = 'outside';

/** The clearing account of the funding account, else the one for "*"; throws DocumentError `NO_CLEARING_ACCOUNT`. */
export function clearingAccount(
  payment: Payment,
  { companyCode, clearingAccounts }: CompanyCodeConfig,
): CompanyCodeConfig['clearingAccounts'][number] {
  const id = payment.onlinePayment === false ? OUTSIDE : payment.fundingAccount?.id;
  const account =
    clearingAccounts.find((each) => each.fundingAccount === id) ??
    clearingAccounts.find((each) => each.fundingAccount === '*');
  if (account !== undefined) return account;
  throw refused(payment, {
    code: 'NO_CLEARING_ACCOUNT',
    message: `Payment ${payment.id} came from funding account ${id ?? 'unknown'}, for which company code ${companyCode} has no clearing account in the configuration.`,
    nextStep:
      'Add the funding account, or "*", to "clearingAccounts" of the company code in the configuration, then retry.',
    sapValues: { companyCode },
    billValues: { ...paymentValues(payment), fundingAccount: id ?? 'unknown' },
  });
}

/** Throws DocumentError `PAYMENT_DATE_MISSING`. */
export function processDate(payment: Payment): LocalDate {
  if (payment.processDate !== undefined) return payment.processDate;
  throw refused(payment, {
    code: 'PAYMENT_DATE_MISSING',
    message: `BILL shows no process date for payment ${payment.id}; nothing was posted.`,
    nextStep: 'Look at the payment in BILL and retry, or post it in SAP by hand and skip it here.',
  });
}

/** The payable account that the invoice used; throws DocumentError `SEVERAL_PAYABLE_ACCOUNTS`. */
export function payableAccount({ invoice, payable }: PaidInvoice): string | undefined {
  const lines = payable.filter((line) => line.specialGlCode === undefined);
  const [account, ...others] = new Set(lines.map((line) => line.glAccount));
  if (others.length === 0) return account ?? invoice.payableAccount;
  const accounts = [account, ...others].join(', ');
  throw new DocumentError({
    code: 'SEVERAL_PAYABLE_ACCOUNTS',
    message: `Invoice ${invoiceName(invoice)} is booked on several payable accounts (${accounts}); how the payment falls to them is not known.`,
    nextStep: 'Post the payment in SAP by hand and skip it here.',
    sapValues: { invoice: invoiceName(invoice), payableAccounts: accounts },
  });
}

/** The G/L account of a share; throws DocumentError `ITEM_WITHOUT_ACCOUNT`. */
export function assignedAccount(
  invoice: SupplierInvoice,
  { glAccount, amount: value }: PostingShare,
): string {
  if (glAccount !== undefined) return glAccount;
  throw new DocumentError({
    code: 'ITEM_WITHOUT_ACCOUNT',
    message: `Invoice ${invoiceName(invoice)} has items that SAP assigns to no account (${value} ${invoice.currency} of this payment).`,
    nextStep:
      'Name a G/L account for them in the configuration ("accountForItemsWithoutAssignment"), then retry.',
    sapValues: { invoice: invoiceName(invoice) },
  });
}

function usable(payment: Payment, text: string, currency: string): Amount {
  try {
    return amount(text, currency);
  } catch (cause) {
    if (!(cause instanceof AmountError)) throw cause;
    throw refused(payment, {
      code: 'PAYMENT_AMOUNT_UNUSABLE',
      message: `The amount of payment ${payment.id} cannot be posted: ${cause.message}`,
      nextStep: 'Post the payment in SAP by hand and skip it here.',
      cause,
    });
  }
}

function refused(payment: Payment, told: ConstructorParameters<typeof DocumentError>[0]): DocumentError {
  return new DocumentError({ ...told, billValues: told.billValues ?? paymentValues(payment) });
}
