import { isoTime } from '../../clock.ts';
import { DocumentError } from '../../errors.ts';
import { aliases, aliasId } from '../../ledger/aliases.ts';
import { invoiceRecords } from '../../ledger/invoices.ts';
import { type PaymentRecord, type Posting, paymentRecords } from '../../ledger/payments.ts';
import { updateRecord, without } from '../../ledger/record.ts';
import type { LocalDate } from '../../rules/local-date.ts';
import type { PostedEntry, Reversal } from '../../rules/sap-accounting.ts';
import type { Connector } from '../doors.ts';
import { settle, type Write } from '../once.ts';
import { wantClearing } from './clearing-records.ts';

/** What an intent to post keeps: enough to find the entry again and to record it. */
export interface SentEntry {
  readonly posting: Omit<Posting, 'accountingDocument' | 'fiscalYear' | 'at'>;
  readonly postingDate: LocalDate;
}

interface SentReversal {
  readonly reversal: Reversal;
  readonly of: Posting;
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

export function posting(
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

export function reversing(
  connector: Connector,
  paymentId: string,
  { reversal, of }: SentReversal,
): PostingWrite {
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
export function messageId({ random }: Connector, referenceCode: string): string {
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
