import type { Posting } from '../../ledger/payments.ts';
import { tell } from '../../ledger/timeline.ts';
import type { Payment } from '../../rules/bill-documents.ts';
import { reversalOf } from '../../rules/payments/journal-entry.ts';
import type { PostedEntry } from '../../rules/sap-accounting.ts';
import type { Connector } from '../doors.ts';
import { writeOnce } from '../once.ts';
import { freeFromClearing } from './clearing-records.ts';
import { messageId, reversing } from './entry-writes.ts';
import { inOpenPeriod } from './open-period.ts';
import { todayIn } from './posting-day.ts';

/** Reverses the entry of a void or return, once; one that people have reversed in SAP already is taken for that. */
export async function reverseEntry(connector: Connector, payment: Payment, of: Posting): Promise<void> {
  await freeFromClearing(connector, payment.id, of);
  const today = todayIn(connector, of.companyCode);
  const reversed = await inOpenPeriod(connector, of.companyCode, today, (postingDate) => {
    const reversal = reversalOf({ payment, posting: of, postingDate, config: connector.config });
    return writeOnce(connector, {
      ...reversing(connector, payment.id, { reversal, of }),
      act: async () =>
        (await reversalByHand(connector, of)) ??
        connector.sap.reverseJournalEntry(reversal, messageId(connector, reversal.documentReferenceId)),
    });
  });
  const text = `Journal entry ${of.companyCode}/${of.accountingDocument}/${of.fiscalYear} was reversed by ${reversed.accountingDocument}.`;
  await tell(connector, { kind: 'payment', id: payment.id }, text);
  for (const id of of.invoices)
    await tell(connector, { kind: 'invoice', id }, `Payment ${payment.id}: ${text}`);
}

/** SAP refuses a second reversal: what an accountant has reversed is looked for before the call. */
async function reversalByHand(
  { sap, config }: Connector,
  { companyCode, referenceCode, accountingDocument, fiscalYear, documentType }: Posting,
): Promise<PostedEntry | undefined> {
  const entries = await sap.journalEntriesByReference(
    companyCode,
    referenceCode,
    config.goLiveDate,
    documentType,
  );
  const entry = entries.find(
    (each) => each.accountingDocument === accountingDocument && each.fiscalYear === fiscalYear,
  );
  return entry?.reversedBy && { companyCode, ...entry.reversedBy, warnings: [] };
}
