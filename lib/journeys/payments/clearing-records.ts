import { isoTime } from '../../clock.ts';
import { DocumentError, WorldError } from '../../errors.ts';
import { type ClearingRecord, clearingId, clearingRecords } from '../../ledger/clearings.ts';
import { type Posting, paymentRecords } from '../../ledger/payments.ts';
import { readRecord, updateRecord } from '../../ledger/record.ts';
import type { LocalDate } from '../../rules/local-date.ts';
import type { PostedEntry } from '../../rules/sap-accounting.ts';
import type { Connector } from '../doors.ts';

const dayMs = 24 * 60 * 60_000;

/** Notes that a posted entry is to be cleared with its invoices, where the company code says so; repeatable. */
export async function wantClearing(
  connector: Connector,
  paymentId: string,
  posting: Omit<Posting, 'accountingDocument' | 'fiscalYear' | 'at'>,
  { accountingDocument, fiscalYear }: PostedEntry,
  postingDate: LocalDate,
): Promise<void> {
  const { generation, companyCode, referenceCode, currency, amount, invoices, parts } = posting;
  const company = connector.config.companyCodes.find((each) => each.companyCode === companyCode);
  if (company?.postingProfile !== 'payable' || company.clearing.mode === 'off') return;
  const dueAt = isoTime(connector.clock.now() + company.clearing.afterDays * dayMs);
  const record: ClearingRecord = {
    paymentId,
    generation,
    companyCode,
    referenceCode,
    accountingDocument,
    fiscalYear,
    postingDate,
    currency,
    amount,
    invoices,
    ...(parts === undefined ? {} : { parts }),
    state: 'due',
    dueAt,
    asked: 0,
  };
  await updateRecord(connector, clearingRecords, clearingId(record), (current) =>
    current === undefined ? record : undefined,
  );
}

/** A retry of the payment takes up what SAP has not cleared. */
export async function takeUpClearings(connector: Connector, paymentId: string): Promise<void> {
  const payment = await readRecord(connector.table, paymentRecords, paymentId);
  for (const { generation, companyCode, reversal } of payment?.postings ?? []) {
    if (reversal !== undefined) continue;
    await updateRecord(
      connector,
      clearingRecords,
      clearingId({ paymentId, generation, companyCode }),
      (current) => (current?.state === 'exception' ? { ...current, state: 'due' as const } : undefined),
    );
  }
}

/**
 * An entry is to be reversed: nothing clears it any more. No API is known that resets a clearing (SAP dossier §9.7),
 * so throws DocumentError `ENTRY_CLEARED_RESET_FIRST` with the steps where it is cleared, and WorldError while SAP
 * may still be clearing it.
 */
export async function freeFromClearing(
  connector: Connector,
  paymentId: string,
  posting: Posting,
): Promise<void> {
  const { companyCode, accountingDocument, fiscalYear } = posting;
  const id = clearingId({ paymentId, ...posting });
  const record = await readRecord(connector.table, clearingRecords, id);
  if (record?.intent !== undefined) throw underWay(posting);
  const lines = await connector.sap.supplierLines([{ companyCode, accountingDocument, fiscalYear }]);
  const cleared = lines.filter(
    (line) =>
      line.accountingDocument === accountingDocument &&
      line.fiscalYear === fiscalYear &&
      line.isCleared &&
      !line.isReversed,
  );
  if (cleared.length > 0) {
    const by = cleared.map(
      (line) => `${line.clearedBy?.accountingDocument ?? 'unknown'}/${line.clearedBy?.fiscalYear ?? ''}`,
    );
    throw resetFirst(paymentId, posting, [...new Set(by)]);
  }
  if (record?.state === 'asked' && !isOverdue(connector, record.askedAt)) throw underWay(posting);
  if (record === undefined) return;
  await updateRecord(connector, clearingRecords, id, (current) =>
    current === undefined ? undefined : { ...current, state: 'dropped' as const },
  );
}

/** SAP was asked so long ago that a person has to look. */
export function isOverdue({ clock, config }: Connector, since: string | undefined): boolean {
  return clock.now() >= Date.parse(since ?? '') + config.sap.confirmWithinMinutes * 60_000;
}

function resetFirst(paymentId: string, posting: Posting, by: readonly string[]): DocumentError {
  const { companyCode, accountingDocument, fiscalYear } = posting;
  const entry = `${companyCode}/${accountingDocument}/${fiscalYear}`;
  const documents = by.join(', ');
  return new DocumentError({
    code: 'ENTRY_CLEARED_RESET_FIRST',
    message: `Payment ${paymentId} came back, but its journal entry ${entry} is cleared in SAP by ${documents}; SAP reverses it only after a reset.`,
    nextStep: `In SAP, open "Reset Cleared Items", company code ${companyCode}, and reset clearing document ${documents} (with reversal where it has line items of its own). Then retry here: the connector reverses entry ${entry} itself.`,
    sapValues: { entry, amount: `${posting.amount} ${posting.currency}`, clearedBy: documents },
    billValues: { payment: paymentId },
  });
}

function underWay({ companyCode, accountingDocument }: Posting): WorldError {
  return new WorldError({
    code: 'CLEARING_UNDER_WAY',
    message: `SAP may be clearing journal entry ${companyCode}/${accountingDocument} just now; its reversal waits.`,
    nextStep: 'Nothing: it is looked at again by itself.',
    retryAfterMs: 60_000,
  });
}
