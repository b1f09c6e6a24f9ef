import { DocumentError } from '../../errors.ts';
import { type Amount, allocate, isZero, sum } from '../../money.ts';
import type { InvoiceTax, SupplierInvoice } from '../sap-invoices.ts';
import { invoiceName } from './invoice-name.ts';

interface TaxableLine {
  readonly amount: Amount;
  readonly taxCode?: string;
}

/**
 * The gross amount of each line: each tax is spread in proportion over the lines with its tax code, or over all
 * lines where none has it. Net plus tax add up to the minor unit.
 * Throws DocumentError `TAX_WITHOUT_BASE` when there is nothing to spread a tax over.
 */
export function grossAmounts(invoice: SupplierInvoice, lines: readonly TaxableLine[]): Amount[] {
  const taxes = invoice.taxes.filter((tax) => !isZero(tax.amount, invoice.currency));
  const shares = taxes.map((tax) => taxShares(invoice, tax, lines));
  return lines.map((line, index) =>
    sum([line.amount, ...shares.map((share) => share[index] ?? '0')], invoice.currency),
  );
}

function taxShares(invoice: SupplierInvoice, tax: InvoiceTax, lines: readonly TaxableLine[]): Amount[] {
  const { currency } = invoice;
  const ofCode = lines.map((line) => (line.taxCode === tax.taxCode ? line.amount : '0'));
  const all = lines.map((line) => line.amount);
  const weights = [ofCode, all].find((each) => !isZero(sum(each, currency), currency));
  if (weights === undefined) throw withoutBase(invoice, tax);
  return allocate(tax.amount, weights, currency);
}

function withoutBase(invoice: SupplierInvoice, tax: InvoiceTax): DocumentError {
  return new DocumentError({
    code: 'TAX_WITHOUT_BASE',
    message: `Invoice ${invoiceName(invoice)} has ${tax.amount} ${invoice.currency} of tax ${tax.taxCode}, but its lines add up to zero: there is nothing to spread the tax over.`,
    nextStep:
      'Set "tax" to "own-lines" in the configuration, or handle this invoice by hand; then retry or skip.',
    sapValues: { taxCode: tax.taxCode, taxAmount: tax.amount },
  });
}
