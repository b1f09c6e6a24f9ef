import { isZero, negate, sameAmount, sum } from '../../money.ts';
import type { NewVendorCredit } from '../bill-documents.ts';
import type { PayableLine, SupplierInvoice } from '../sap-invoices.ts';
import { codedLines, type InvoiceFacts, numberInBill } from './bill-from-invoice.ts';
import { checkCarried, checkSums, isCreditMemo, refused } from './invoice-checks.ts';
import { invoiceName } from './invoice-name.ts';
import { owedBy } from './withholding.ts';

/**
 * The vendor credit for an eligible credit memo: coded like a bill, positive like SAP's own amounts (BILL dossier §6,
 * SAP dossier §4.1), with the invoice that it refers to in its description. It has no due date: people apply it to a
 * bill in BILL. The same facts always give the same credit.
 *
 * Throws DocumentError like `billsFromInvoice`; `CREDIT_MEMO` where the configuration leaves memos to a person or tax
 * is withheld from one.
 */
export function creditFromMemo(facts: InvoiceFacts): NewVendorCredit {
  const { invoice, vendorId, config } = facts;
  if (config.invoices.creditMemos === 'exception') throw isCreditMemo(invoice);
  checkCarried(invoice);
  checkSums(invoice);
  checkCredited(
    invoice,
    facts.payable.filter((line) => line.specialGlCode === undefined),
  );
  return {
    vendorId,
    referenceNumber: numberInBill(invoice),
    creditDate: invoice.documentDate,
    description: noteOf(invoice),
    lines: codedLines(facts),
  };
}

function noteOf(invoice: SupplierInvoice): string {
  const { originalInvoice: of } = invoice;
  const credited = of === undefined ? '' : ` for invoice ${of.supplierInvoice}/${of.fiscalYear}`;
  return `SAP ${invoiceName(invoice)}, credit memo${credited}`;
}

/** I3: supplier lines of credit memos are positive in SAP (SAP dossier §5); together they are the gross amount. */
function checkCredited(invoice: SupplierInvoice, payable: readonly PayableLine[]): void {
  const { currency, grossAmount } = invoice;
  const credited = negate(owedBy(payable, currency), currency);
  const withheld = sum(
    [
      ...invoice.withholdingTaxes.map((tax) => tax.manualAmount ?? '0'),
      ...payable.map((line) => line.withheldTax ?? '0'),
    ],
    currency,
  );
  if (!isZero(withheld, currency)) throw isCreditMemo(invoice);
  const sameCurrency = payable.every((line) => line.currency === currency);
  if (sameCurrency && sameAmount(credited, grossAmount, currency)) return;
  throw refused(invoice, {
    code: 'SUMS_DIFFER',
    message: `What SAP credits by credit memo ${invoiceName(invoice)} differs from the memo: its gross amount is ${grossAmount} ${currency}, its FI supplier lines say ${credited} ${currency}.`,
    nextStep:
      'Compare the memo with its FI document in SAP; correct it and retry, or handle it by hand and skip it.',
    sapValues: { credited },
  });
}
