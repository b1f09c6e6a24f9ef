import { invoiceId } from '../../ledger/invoices.ts';
import type { PostingPart } from '../../ledger/payments.ts';
import { tell } from '../../ledger/timeline.ts';
import { sum } from '../../money.ts';
import type { Payment } from '../../rules/bill-documents.ts';
import type { EntryDraft, PaidInvoice } from '../../rules/payments/journal-entry.ts';
import type { PostedEntry } from '../../rules/sap-accounting.ts';
import type { Connector } from '../doors.ts';
import { refuseUnpostable } from '../invoices/coding.ts';
import { writeOnce } from '../once.ts';
import { messageId, posting, type SentEntry } from './entry-writes.ts';
import { inOpenPeriod } from './open-period.ts';

/** Posts one entry, once (I1): one per payment generation and company code. */
export async function postEntry(
  connector: Connector,
  payment: Payment,
  generation: number,
  { companyCode, referenceCode, entry }: EntryDraft,
  paid: readonly PaidInvoice[],
): Promise<void> {
  const ofCompany = paid.filter((each) => each.invoice.key.companyCode === companyCode);
  const sent: SentEntry = {
    posting: {
      generation,
      companyCode,
      referenceCode,
      documentType: entry.documentType,
      currency: entry.currency,
      amount: sum(
        ofCompany.map((each) => each.amount),
        entry.currency,
      ),
      invoices: [...new Set(ofCompany.map((each) => invoiceId(each.invoice.key)))],
      parts: ofCompany.map(partOf),
    },
    postingDate: entry.postingDate,
  };
  await refuseUnpostable(connector, `payment ${payment.id}`, entry);
  const posted = await inOpenPeriod(connector, companyCode, entry.postingDate, (postingDate) =>
    writeOnce(connector, {
      ...posting(connector, payment.id, { ...sent, postingDate }),
      act: () =>
        connector.sap.postJournalEntry({ ...entry, postingDate }, messageId(connector, referenceCode)),
    }),
  );
  connector.observe.count('EntriesPosted');
  connector.observe.log('info', 'entry-posted', {
    document: payment.id,
    entry: posted.accountingDocument,
  });
  await tellPosted(connector, payment, sent, posted);
}

function partOf({ invoice, amount, fiLines }: PaidInvoice): PostingPart {
  return { invoice: invoiceId(invoice.key), amount, ...(fiLines === undefined ? {} : { fiLines }) };
}

async function tellPosted(
  connector: Connector,
  payment: Payment,
  { posting: part }: SentEntry,
  { accountingDocument, fiscalYear, warnings }: PostedEntry,
): Promise<void> {
  const entry = `${part.companyCode}/${accountingDocument}/${fiscalYear}`;
  const warned = warnings.length === 0 ? '' : ` SAP warned: ${warnings.join('; ')}.`;
  const text = `Journal entry ${entry} posted for ${part.amount} ${part.currency} (look-up key ${part.referenceCode}).${warned}`;
  await tell(connector, { kind: 'payment', id: payment.id }, text);
  for (const id of part.invoices)
    await tell(connector, { kind: 'invoice', id }, `Payment ${payment.id}: ${text}`);
}
