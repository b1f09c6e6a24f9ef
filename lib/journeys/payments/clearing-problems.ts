import { DocumentError } from '../../errors.ts';
import type { ClearingRecord } from '../../ledger/clearings.ts';
import type { ClearingPlan } from '../../rules/payments/clearing-plan.ts';
import type { Connector } from '../doors.ts';

/** One of the entry's invoices, and what is to be cleared of it. */
export interface InvoicePlan {
  readonly invoice: string;
  readonly plan: ClearingPlan;
}

/** It cannot be cleared by itself. */
export function attention(record: ClearingRecord, { invoice, plan }: InvoicePlan): DocumentError {
  const { code, text } = plan.kind === 'attend' ? plan : { code: 'CLEARING_NOT_CERTAIN', text: '' };
  return new DocumentError({
    code,
    message: `Journal entry ${entryName(record)} of payment ${record.paymentId} is posted, but was not cleared with invoice ${invoice}: ${text}.`,
    nextStep:
      code === 'ENTRY_REVERSED_IN_SAP'
        ? 'Check why it was reversed. While the payment stands in BILL, post and clear it in SAP by hand, then skip this.'
        : `Look at both in SAP ("Clear Outgoing Payments", supplier's open items) and clear or correct them there, then retry: what is cleared is taken over.`,
    sapValues: { entry: entryName(record), invoice },
    billValues: { payment: record.paymentId, amount: record.amount },
  });
}

/** SAP was asked, and does not show it cleared. */
export function notConfirmed(
  { config }: Connector,
  record: ClearingRecord,
  plans: readonly InvoicePlan[],
): DocumentError {
  const open = plans.filter(({ plan }) => plan.kind !== 'done').map(({ invoice }) => invoice);
  return new DocumentError({
    code: 'CLEARING_NOT_CONFIRMED',
    message: `SAP did not clear journal entry ${entryName(record)} of payment ${record.paymentId} with ${open.join(', ')} within ${config.sap.confirmWithinMinutes} minutes.`,
    nextStep: `In SAP, open "Message Dashboard", namespace /FINAC, and read the error of message ${record.referenceCode}-C${record.asked} (a supplier with withholding tax, a closed period, a locked account). Cure it and retry: SAP is asked again. Or clear the lines with "Clear Outgoing Payments" and retry: that is taken over.`,
    sapValues: {
      entry: entryName(record),
      invoices: open.join(', '),
      message: `${record.referenceCode}-C${record.asked}`,
    },
    billValues: { payment: record.paymentId, amount: record.amount },
  });
}

function entryName({ companyCode, accountingDocument, fiscalYear }: ClearingRecord): string {
  return `${companyCode}/${accountingDocument}/${fiscalYear}`;
}
