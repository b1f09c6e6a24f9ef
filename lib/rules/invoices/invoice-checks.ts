import { DocumentError } from '../../errors.ts';
import { compareAmounts, currencyDecimals, sameAmount, sum } from '../../money.ts';
import type { SupplierInvoice } from '../sap-invoices.ts';
import { invoiceName } from './invoice-name.ts';

/** BILL's amounts have at most two decimals (BILL dossier §3.4). */
const BILL_DECIMALS = 2;

/** Throws DocumentError `CREDIT_MEMO`, `TOTAL_NOT_POSITIVE` or `CURRENCY_NOT_CARRIED`. */
export function checkCarriedByBill(invoice: SupplierInvoice): void {
  if (invoice.isCreditMemo) throw isCreditMemo(invoice);
  checkCarried(invoice);
}

/** Throws DocumentError `TOTAL_NOT_POSITIVE` or `CURRENCY_NOT_CARRIED`; for invoices and credit memos. */
export function checkCarried(invoice: SupplierInvoice): void {
  if (!isCarried(invoice.currency)) {
    throw refused(invoice, {
      code: 'CURRENCY_NOT_CARRIED',
      message: `Invoice ${invoiceName(invoice)} is in ${invoice.currency}, whose amounts BILL cannot carry.`,
      nextStep: 'Pay it outside BILL, then skip it here.',
    });
  }
  checkPositive(invoice);
}

/** A DocumentError `CREDIT_MEMO`. */
export function isCreditMemo(invoice: SupplierInvoice): DocumentError {
  return refused(invoice, {
    code: 'CREDIT_MEMO',
    message: `${invoiceName(invoice)} is a credit memo over ${invoice.grossAmount} ${invoice.currency}; a bill cannot be negative.`,
    nextStep: 'Enter it in BILL as a vendor credit and apply it to a bill of this vendor, then skip it here.',
    sapValues: creditMemoValues(invoice),
  });
}

/** Throws DocumentError `TOTAL_NOT_POSITIVE`. */
export function checkPositive(invoice: SupplierInvoice): void {
  if (compareAmounts(invoice.grossAmount, '0', invoice.currency) > 0) return;
  throw refused(invoice, {
    code: 'TOTAL_NOT_POSITIVE',
    message: `Invoice ${invoiceName(invoice)} has a total of ${invoice.grossAmount} ${invoice.currency}; only a total above zero can be paid.`,
    nextStep: 'Check the invoice in SAP. If it is right, nothing has to be paid: skip it here.',
  });
}

/** I3. Throws DocumentError `SUMS_DIFFER` unless lines and taxes add up to the gross amount. */
export function checkSums(invoice: SupplierInvoice): void {
  const { currency, grossAmount } = invoice;
  const lines = sum(
    invoice.lines.map((line) => line.amount),
    currency,
  );
  const taxes = sum(
    invoice.taxes.map((tax) => tax.amount),
    currency,
  );
  const total = sum([lines, taxes], currency);
  if (sameAmount(total, grossAmount, currency)) return;
  throw refused(invoice, {
    code: 'SUMS_DIFFER',
    message: `The lines (${lines}) and taxes (${taxes}) of invoice ${invoiceName(invoice)} add up to ${total} ${currency}, its gross amount is ${grossAmount} ${currency}.`,
    nextStep:
      'Look in SAP for items that the connector did not receive, such as unplanned delivery costs or new item types; handle the invoice by hand and skip it, or correct it and retry.',
    sapValues: { lines, taxes, linesAndTaxes: total },
  });
}

/**
 * A bill's currency is its vendor's (BILL dossier §0.11): an invoice in another currency would be paid as so many
 * units of the wrong one. Nothing is said where the vendor's currency is not known.
 */
export function vendorCurrencyProblem(
  invoice: SupplierInvoice,
  vendor: { readonly vendorId: string; readonly billCurrency?: string },
): DocumentError | undefined {
  if (vendor.billCurrency === undefined || vendor.billCurrency === invoice.currency) return undefined;
  return refused(invoice, {
    code: 'CURRENCY_DIFFERS',
    message: `Invoice ${invoiceName(invoice)} is in ${invoice.currency}, but BILL pays vendor ${vendor.vendorId} in ${vendor.billCurrency}.`,
    nextStep: `Set up a BILL vendor with the currency ${invoice.currency} for this supplier and retry, or pay the invoice outside BILL and skip it.`,
    billValues: { vendor: vendor.vendorId, billCurrency: vendor.billCurrency },
  });
}

/** A DocumentError about the invoice, with its amount beside the values given. */
export function refused(
  invoice: SupplierInvoice,
  told: ConstructorParameters<typeof DocumentError>[0],
): DocumentError {
  const amount = `${invoice.grossAmount} ${invoice.currency}`;
  return new DocumentError({
    ...told,
    sapValues: {
      invoice: invoiceName(invoice),
      supplier: invoice.supplier,
      grossAmount: amount,
      ...told.sapValues,
    },
  });
}

function creditMemoValues({ originalInvoice }: SupplierInvoice): Record<string, string> {
  if (originalInvoice === undefined) return {};
  return { originalInvoice: `${originalInvoice.supplierInvoice}/${originalInvoice.fiscalYear}` };
}

function isCarried(currency: string): boolean {
  return /^[A-Z]{3}$/.test(currency) && currencyDecimals(currency) <= BILL_DECIMALS;
}
