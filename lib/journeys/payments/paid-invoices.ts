import { DocumentError } from '../../errors.ts';
import { invoiceFacts, invoiceRecords } from '../../ledger/invoices.ts';
import { readRecord } from '../../ledger/record.ts';
import type { Payment } from '../../rules/bill-documents.ts';
import { linesOfInstalment } from '../../rules/invoices/payable-parts.ts';
import type { PaidInvoice } from '../../rules/payments/journal-entry.ts';
import { paymentParts } from '../../rules/payments/payment-parts.ts';
import type { Connector } from '../doors.ts';
import { readFacts } from '../invoices/read-facts.ts';
import { paymentValues } from './payment-head.ts';
import { invoiceOf } from './used-credits.ts';

/**
 * The SAP invoices behind the bills that this payment pays; all of them must be ours. Throws DocumentError
 * `PAID_BILL_NOT_FROM_SAP`, `INVOICE_NOT_IN_SAP`, and those of the payment's split.
 */
export async function paidInvoices(connector: Connector, payment: Payment): Promise<PaidInvoice[]> {
  const paid: PaidInvoice[] = [];
  for (const part of paymentParts(payment)) {
    const id = await invoiceOf(connector, part.billId);
    if (id === undefined) throw notOurBill(payment, part.billId);
    const { invoice, payable: allLines, suppliers } = await factsOf(connector, id);
    const instalment = await instalmentOf(connector, id, part.billId);
    const payable = linesOfInstalment(instalment, allLines);
    const company = suppliers
      .find((each) => each.supplier === (payable[0]?.supplier ?? invoice.supplier))
      ?.companies.find((each) => each.companyCode === invoice.key.companyCode);
    const supplierPayableAccount = company?.payableAccount;
    paid.push({
      billId: part.billId,
      amount: part.amount,
      invoice,
      payable,
      ...(instalment === undefined ? {} : { fiLines: instalment.fiLines }),
      ...(supplierPayableAccount === undefined ? {} : { supplierPayableAccount }),
    });
  }
  return paid;
}

/** Which of the invoice's instalments the bill stands for: only its FI lines are paid. */
async function instalmentOf({ table }: Connector, id: string, billId: string) {
  const record = await readRecord(table, invoiceRecords, id);
  return record?.bills?.find((bill) => bill.billId === billId)?.instalment;
}

/** The facts that journey 1 kept, or the invoice as SAP has it. */
async function factsOf(connector: Connector, id: string) {
  const kept = await readRecord(connector.table, invoiceFacts, id);
  if (kept !== undefined) return kept;
  const record = await readRecord(connector.table, invoiceRecords, id);
  const invoices = record === undefined ? [] : await connector.sap.invoices([record.key]);
  const [facts] = await readFacts(connector, invoices);
  if (facts !== undefined) return facts;
  throw new DocumentError({
    code: 'INVOICE_NOT_IN_SAP',
    message: `Supplier invoice ${id}, which this payment pays, can no longer be read in SAP.`,
    nextStep: 'Check the invoice and the authorisations in SAP, then retry.',
    sapValues: { invoice: id },
  });
}

function notOurBill(payment: Payment, billId: string): DocumentError {
  return new DocumentError({
    code: 'PAID_BILL_NOT_FROM_SAP',
    message: `Payment ${payment.id} pays bill ${billId}, which does not come from an SAP invoice; nothing was posted.`,
    nextStep:
      'Post this payment in SAP by hand and skip it, or enter the invoice in SAP and ask BILL to pay through that one.',
    billValues: { ...paymentValues(payment), bill: billId },
  });
}
