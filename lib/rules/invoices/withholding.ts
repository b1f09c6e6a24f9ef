import type { ConnectorConfig } from '../../config/connector-config.ts';
import {
  type Amount,
  allocate,
  compareAmounts,
  isZero,
  negate,
  sameAmount,
  subtract,
  sum,
} from '../../money.ts';
import type { PayableLine, SupplierInvoice } from '../sap-invoices.ts';
import { refused } from './invoice-checks.ts';
import { invoiceName } from './invoice-name.ts';

/** What a group of FI supplier lines pays, and what of it is withheld. */
export interface Withheld {
  readonly amount: Amount;
  /** Absent where nothing is withheld. */
  readonly tax: Amount | undefined;
}

/** What SAP owes by these lines, positive: supplier lines are negative in SAP (SAP dossier §5). */
export function owedBy(lines: readonly PayableLine[], currency: string): Amount {
  return negate(
    sum(
      lines.map((line) => line.amount),
      currency,
    ),
    currency,
  );
}

/**
 * The net payable of each group of FI lines (SAP dossier §12.12: gross is not what is to be paid). Two ways lead to it:
 *
 * - withheld when the invoice was posted: the FI lines come to less than the gross amount, and are the truth;
 * - withheld when it is paid: the lines come to the gross amount, and the tax stands on them, or was entered by hand on
 *   the invoice; it is taken off in the proportion of the lines.
 *
 * A withholding type without any amount withholds nothing (US suppliers with 1099 reporting alone). Where the two
 * places tell different amounts, or the configuration wants a person to look, throws DocumentError `WITHHOLDING_TAX`;
 * where lines and gross differ without any withholding, `SUMS_DIFFER` (I3).
 */
export function withheldTaxes(
  invoice: SupplierInvoice,
  groups: readonly (readonly PayableLine[])[],
  config: ConnectorConfig,
): Withheld[] {
  const { currency, grossAmount } = invoice;
  const owed = groups.map((lines) => owedBy(lines, currency));
  const total = sum(owed, currency);
  const otherCurrency = groups.flat().some((line) => line.currency !== currency);
  if (otherCurrency) throw differs(invoice, total);
  const atPosting = subtract(grossAmount, total, currency);
  const byHand = sum(
    invoice.withholdingTaxes.map((tax) => tax.manualAmount ?? '0'),
    currency,
  );
  const onLines = groups.map((lines) => taxOnLines(lines, currency));
  if (!isZero(atPosting, currency)) {
    if (invoice.withholdingTaxes.length === 0 || compareAmounts(atPosting, '0', currency) < 0)
      throw differs(invoice, total);
    check(invoice, config, total, atPosting, [byHand, sum(onLines, currency)]);
    const taxes = allocate(atPosting, owed, currency);
    return owed.map((amount, index) => ({ amount, tax: taxes[index] }));
  }
  const atPayment = isZero(sum(onLines, currency), currency) ? byHand : sum(onLines, currency);
  if (isZero(atPayment, currency)) return owed.map((amount) => ({ amount, tax: undefined }));
  check(invoice, config, total, atPayment, [byHand]);
  const taxes = isZero(sum(onLines, currency), currency) ? allocate(atPayment, owed, currency) : onLines;
  return owed.map((amount, index) => {
    const tax = taxes[index] ?? '0';
    return { amount: subtract(amount, tax, currency), tax: isZero(tax, currency) ? undefined : tax };
  });
}

/** Kept without a sign; whether SAP shows one is not documented. */
function taxOnLines(lines: readonly PayableLine[], currency: string): Amount {
  const taxes = lines.map((line) => (line.withheldTax ?? '0').replace(/^-/, ''));
  return sum(taxes, currency);
}

function check(
  invoice: SupplierInvoice,
  config: ConnectorConfig,
  owed: Amount,
  tax: Amount,
  told: readonly Amount[],
): void {
  const { currency } = invoice;
  const agree = told.every((each) => isZero(each, currency) || sameAmount(each, tax, currency));
  if (config.invoices.withholdingTax === 'net' && agree) return;
  const types = invoice.withholdingTaxes.map(({ type, code }) => `${type}/${code}`).join(', ');
  const amounts = [...new Set([tax, ...told.filter((each) => !isZero(each, currency))])].join(' or ');
  throw refused(invoice, {
    code: 'WITHHOLDING_TAX',
    message: `Tax is withheld from invoice ${invoiceName(invoice)}: ${types}, ${amounts} ${currency}; its gross amount is ${invoice.grossAmount} ${currency}, its FI supplier lines say ${owed} ${currency}. ${agree ? 'The configuration leaves such invoices to a person.' : 'SAP does not tell one amount.'}`,
    nextStep: 'Enter the bill in BILL by hand with the amount after withholding, then skip it here.',
    sapValues: { payable: owed, withheld: amounts, withholdingTaxes: types },
  });
}

function differs(invoice: SupplierInvoice, owed: Amount) {
  const { currency, grossAmount } = invoice;
  return refused(invoice, {
    code: 'SUMS_DIFFER',
    message: `What SAP owes for invoice ${invoiceName(invoice)} differs from the invoice: its gross amount is ${grossAmount} ${currency}, its FI supplier lines say ${owed} ${currency}.`,
    nextStep:
      'Compare the invoice with its FI document in SAP; correct it and retry, or handle it by hand and skip it.',
    sapValues: { payable: owed },
  });
}
