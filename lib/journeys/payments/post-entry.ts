import { isoTime } from '../../clock.ts';
import { DocumentError } from '../../errors.ts';
import { aliases, aliasId } from '../../ledger/aliases.ts';
import { invoiceId, invoiceRecords } from '../../ledger/invoices.ts';
import { type PaymentRecord, type Posting, type PostingPart, paymentRecords } from '../../ledger/payments.ts';
import { updateRecord, without } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import { sum } from '../../money.ts';
import type { Payment } from '../../rules/bill-documents.ts';
import type { LocalDate } from '../../rules/local-date.ts';
import { type EntryDraft, type PaidInvoice, reversalOf } from '../../rules/payments/journal-entry.ts';
import { postingDates } from '../../rules/payments/posting-dates.ts';
import type { PostedEntry, Reversal } from '../../rules/sap-accounting.ts';
import type { Connector } from '../doors.ts';
import { refuseUnpostable } from '../invoices/coding.ts';
import { settle, type Write, writeOnce } from '../once.ts';
import { freeFromClearing, wantClearing } from './clearing-records.ts';
import { todayIn } from './posting-day.ts';

/** What an intent to post keeps: enough to find the entry again and to record it. */
interface SentEntry {
  readonly posting: Omit<Posting, 'accountingDocument' | 'fiscalYear' | 'at'>;
  readonly postingDate: LocalDate;
}

interface SentReversal {
  readonly reversal: Reversal;
  readonly of: Posting;
}

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

/** Posts on the date that the company code's policy allows: SAP tells by its refusal that a period is closed. */
async function inOpenPeriod<T>(
  connector: Connector,
  companyCode: string,
  date: LocalDate,
  post: (postingDate: LocalDate) => Promise<T>,
): Promise<T> {
  const company = connector.config.companyCodes.find((each) => each.companyCode === companyCode);
  const today = todayIn(connector, companyCode);
  const dates = postingDates(company?.postingDate ?? 'process-date', date, today);
  for (const [index, postingDate] of dates.entries()) {
    try {
      return await post(postingDate);
    } catch (error) {
      const isClosed = error instanceof DocumentError && error.code === 'SAP_PERIOD_CLOSED';
      if (!isClosed || index === dates.length - 1) throw error;
    }
  }
  throw new Error('There is always a date to try.');
}

/** Settles whatever write on the payment was left open. */
export async function settlePosting(
  connector: Connector,
  paymentId: string,
  { intent }: PaymentRecord,
): Promise<void> {
  if (intent === undefined) return;
  const write = intent.action.startsWith('reverse-entry')
    ? reversing(connector, paymentId, intent.sent as SentReversal)
    : posting(connector, paymentId, intent.sent as SentEntry);
  await settle(connector, write, intent);
}

type PostingWrite = Write<PaymentRecord, PostedEntry>;

function posting(
  connector: Connector,
  paymentId: string,
  { posting: part, postingDate }: SentEntry,
): PostingWrite {
  return {
    type: paymentRecords,
    id: paymentId,
    action: `post-entry ${part.generation} ${part.companyCode}`,
    sent: { posting: part, postingDate } satisfies SentEntry,
    lagMs: connector.config.sap.visibilityLagSeconds * 1000,
    find: async () => {
      const found = await connector.sap.journalEntriesByReference(
        part.companyCode,
        part.referenceCode,
        postingDate,
        part.documentType,
      );
      const entries = found.filter((entry) => entry.isReversal !== true);
      const live = entries.filter((entry) => entry.reversedBy === undefined);
      if (live.length === 0 && entries.length > 0) throw reversedByHand(paymentId, entries);
      return live;
    },
    act: noCall,
    remember: async (entry) => {
      await rememberEntry(connector, paymentId, entry.accountingDocument);
      for (const id of part.invoices) await notePaid(connector, id, `${paymentId} ${part.generation}`, true);
      await wantClearing(connector, paymentId, part, entry, postingDate);
    },
    record: (current, { accountingDocument, fiscalYear }) => ({
      ...current,
      postings: [
        ...current.postings,
        { ...part, accountingDocument, fiscalYear, at: isoTime(connector.clock.now()) },
      ],
    }),
  };
}

function reversing(connector: Connector, paymentId: string, { reversal, of }: SentReversal): PostingWrite {
  return {
    type: paymentRecords,
    id: paymentId,
    action: `reverse-entry ${of.generation} ${of.companyCode}`,
    sent: { reversal, of } satisfies SentReversal,
    lagMs: connector.config.sap.visibilityLagSeconds * 1000,
    find: () =>
      connector.sap.journalEntriesByReference(
        of.companyCode,
        reversal.documentReferenceId,
        reversal.postingDate,
      ),
    act: noCall,
    remember: async (entry) => {
      await rememberEntry(connector, paymentId, entry.accountingDocument);
      for (const id of of.invoices) await notePaid(connector, id, `${paymentId} ${of.generation}`, false);
    },
    record: (current, { accountingDocument, fiscalYear }) => {
      const at = isoTime(connector.clock.now());
      const done = { referenceCode: reversal.documentReferenceId, accountingDocument, fiscalYear, at };
      const isIt = (each: Posting) =>
        each.generation === of.generation && each.companyCode === of.companyCode;
      return {
        ...current,
        postings: current.postings.map((each) => (isIt(each) ? { ...each, reversal: done } : each)),
      };
    },
  };
}

/** A write that is only settled has no call of its own. */
function noCall(): Promise<never> {
  return Promise.reject(new Error('This write is only looked up, never sent.'));
}

/** Unique for every call, at most 35 characters (SAP dossier §9.5); the look-up goes by the reference code. */
function messageId({ random }: Connector, referenceCode: string): string {
  return `${referenceCode}-${random.uuid().replaceAll('-', '').slice(0, 16)}`;
}

async function rememberEntry(connector: Connector, paymentId: string, number: string): Promise<void> {
  const alias = { number, document: { kind: 'payment', id: paymentId } } as const;
  await updateRecord(connector, aliases, aliasId(alias), (current) =>
    current === undefined ? alias : undefined,
  );
}

async function notePaid(connector: Connector, id: string, payer: string, pays: boolean): Promise<void> {
  await updateRecord(connector, invoiceRecords, id, (current) => {
    if (current === undefined) return undefined;
    const others = (current.paidBy ?? []).filter((each) => each !== payer);
    return pays
      ? { ...current, paidBy: [...others, payer] }
      : { ...without(current, 'settledAt'), paidBy: others };
  });
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

function reversedByHand(paymentId: string, found: readonly PostedEntry[]): DocumentError {
  return new DocumentError({
    code: 'ENTRY_REVERSED_IN_SAP',
    message: `The journal entry of payment ${paymentId} is in SAP, but was reversed there by hand.`,
    nextStep: 'Check why it was reversed. Post the payment in SAP by hand where needed, then skip this.',
    sapValues: Object.fromEntries(
      found.map((each) => [
        each.accountingDocument,
        `reversed by ${each.reversedBy?.accountingDocument ?? ''}`,
      ]),
    ),
  });
}
