import type { BillCalls } from '../../bill/bill.ts';
import { isoTime } from '../../clock.ts';
import { DocumentError } from '../../errors.ts';
import { aliases, aliasId } from '../../ledger/aliases.ts';
import type { Intent } from '../../ledger/intent.ts';
import {
  type CreditInBill,
  type InvoiceFacts,
  type InvoiceRecord,
  invoiceRecords,
} from '../../ledger/invoices.ts';
import { updateRecord } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import type { NewVendorCredit, VendorCredit } from '../../rules/bill-documents.ts';
import { creditDifferences, isUsed } from '../../rules/invoices/credit-checks.ts';
import { fingerprint } from '../../rules/reference-code.ts';
import type { Connector } from '../doors.ts';
import { type Write, writeOnce } from '../once.ts';
import { prepareCredit } from './prepare-bills.ts';

/** BILL's clock may be a little behind ours. */
const clockSkewMs = 5 * 60_000;

/**
 * BILL gets the vendor credit of an eligible credit memo, once. A changed memo's credit is replaced while nobody has
 * used or edited it there; everything else needs a person.
 */
export async function followCredit(
  connector: Connector,
  id: string,
  { credit }: InvoiceRecord,
  facts: InvoiceFacts,
): Promise<void> {
  const wanted = await prepareCredit(connector, facts);
  if (credit !== undefined && !credit.archived) {
    if (credit.fingerprint === fingerprint(wanted)) {
      if (credit.differs === true) await checkMended(connector, id, credit);
      return;
    }
    await connector.bill.withLease('hand-over-invoice', (calls) => retire(connector, id, credit, calls));
  }
  await createCredit(connector, id, wanted);
}

/** The memo was reversed in SAP: its credit must not be used any more. */
export async function withdrawCredit(connector: Connector, id: string, credit: CreditInBill): Promise<void> {
  await connector.bill.withLease('hand-over-invoice', async (calls) => {
    const current = await existing(id, credit, calls);
    if (!current.archived && isUsed(current)) throw usedButReversed(id, current);
    await archive(connector, id, current, calls);
  });
}

/** The memo is cleared in SAP: right where BILL has used the credit, or where it is gone. Gives back what it is. */
export async function settledCredit(
  connector: Connector,
  id: string,
  credit: CreditInBill,
): Promise<'used' | 'archived'> {
  return connector.bill.withLease('hand-over-invoice', async (calls) => {
    const current = await existing(id, credit, calls);
    if (isUsed(current) && !current.archived) return 'used';
    if (!current.archived) throw clearedInSap(id, current);
    await archive(connector, id, current, calls);
    return 'archived';
  });
}

async function createCredit(connector: Connector, id: string, wanted: NewVendorCredit): Promise<void> {
  const credit = await connector.bill.withLease('hand-over-invoice', (calls) =>
    writeOnce(connector, creditCreation(connector, id, wanted, calls)),
  );
  connector.observe.log('info', 'invoice-handed-over', { document: id, credit: credit.id });
  await tell(
    connector,
    { kind: 'invoice', id },
    `Vendor credit ${credit.id} (number ${wanted.referenceNumber}) is in BILL.`,
  );
  const found = creditDifferences(wanted, credit);
  if (found.length > 0) throw otherThanSent(id, credit, found);
}

/** BILL made the credit otherwise than it was sent: only BILL itself can say that a person has mended it. */
async function checkMended(connector: Connector, id: string, credit: CreditInBill): Promise<void> {
  const current = await connector.bill.withLease('hand-over-invoice', (calls) => existing(id, credit, calls));
  const found = creditDifferences(credit.sent, current);
  if (found.length > 0) throw otherThanSent(id, current, found);
  await updateRecord(connector, invoiceRecords, id, (record) =>
    record?.credit === undefined ? undefined : { ...record, credit: { ...record.credit, differs: false } },
  );
}

/** Only a credit that is as it was sent, and unused, makes room for a new one. */
async function retire(
  connector: Connector,
  id: string,
  credit: CreditInBill,
  calls: BillCalls,
): Promise<void> {
  const current = await existing(id, credit, calls);
  if (current.archived) throw archivedInBill(id, current);
  if (isUsed(current)) throw changedAfterUse(id, current);
  const edited = creditDifferences(credit.sent, current);
  if (edited.length > 0) throw editedInBill(id, current, edited);
  await archive(connector, id, current, calls);
}

async function archive(
  connector: Connector,
  id: string,
  current: VendorCredit,
  calls: BillCalls,
): Promise<void> {
  const write = creditArchiving(id, current.id, calls);
  await writeOnce(connector, current.archived ? { ...write, act: async () => current } : write);
  await tell(connector, { kind: 'invoice', id }, `Vendor credit ${current.id} was archived in BILL.`);
}

/** What a credit memo's open intent was about. */
export function openCreditWrite(
  connector: Connector,
  id: string,
  { action, sent }: Intent,
  calls: BillCalls,
): Write<InvoiceRecord, VendorCredit> | undefined {
  if (action === 'create-credit') return creditCreation(connector, id, sent as NewVendorCredit, calls);
  if (action === 'archive-credit') return creditArchiving(id, (sent as SentArchiving).creditId, calls);
  return undefined;
}

function creditCreation(
  connector: Connector,
  id: string,
  wanted: NewVendorCredit,
  calls: BillCalls,
): Write<InvoiceRecord, VendorCredit> {
  return {
    type: invoiceRecords,
    id,
    action: 'create-credit',
    sent: wanted,
    lagMs: connector.config.bill.visibilityLagSeconds * 1000,
    find: async (intent) => {
      const since = isoTime(Date.parse(intent.startedAt) - clockSkewMs);
      const credits = await calls.vendorCreditsOfVendor(wanted.vendorId, since);
      return credits.filter((credit) => !credit.archived && isOurs(wanted, credit));
    },
    act: () => calls.createVendorCredit(wanted),
    remember: async (credit) => {
      const alias = { number: credit.id, document: { kind: 'invoice', id } } as const;
      await updateRecord(connector, aliases, aliasId(alias), (current) =>
        current === undefined ? alias : undefined,
      );
    },
    record: (current, credit) => ({
      ...current,
      credit: {
        creditId: credit.id,
        vendorId: wanted.vendorId,
        sent: wanted,
        fingerprint: fingerprint(wanted),
        differs: creditDifferences(wanted, credit).length > 0,
        archived: false,
        at: isoTime(connector.clock.now()),
      },
    }),
  };
}

/** Number, date and SAP document in the description: no credit of somebody else has all three. */
function isOurs(wanted: NewVendorCredit, credit: VendorCredit): boolean {
  return (
    credit.referenceNumber === wanted.referenceNumber &&
    credit.creditDate === wanted.creditDate &&
    credit.description === wanted.description
  );
}

interface SentArchiving {
  readonly creditId: string;
}

/** Repeatable, so nothing waits for BILL's lag. */
function creditArchiving(id: string, creditId: string, calls: BillCalls): Write<InvoiceRecord, VendorCredit> {
  return {
    type: invoiceRecords,
    id,
    action: 'archive-credit',
    sent: { creditId } satisfies SentArchiving,
    lagMs: 0,
    find: async () => {
      const current = await calls.vendorCredit(creditId);
      return current?.archived === true ? [current] : [];
    },
    act: () => calls.archiveVendorCredit(creditId),
    record: (current) =>
      current.credit === undefined ? current : { ...current, credit: { ...current.credit, archived: true } },
  };
}

async function existing(id: string, { creditId }: CreditInBill, calls: BillCalls): Promise<VendorCredit> {
  const credit = await calls.vendorCredit(creditId);
  if (credit !== undefined) return credit;
  throw new DocumentError({
    code: 'CREDIT_NOT_FOUND',
    message: `Vendor credit ${creditId} of credit memo ${id} can no longer be read in BILL.`,
    nextStep: 'Look for it in BILL; check that the user may still read vendor credits; then retry.',
    billValues: { vendorCredit: creditId },
  });
}

function valuesOf({ id, amount, appliedAmount, status, usage }: VendorCredit): Record<string, string> {
  const bills = usage.map(
    (use) => `${use.amount} on ${use.billId ?? use.paymentId ?? 'an unnamed document'}`,
  );
  return {
    vendorCredit: id,
    amount: amount ?? 'unknown',
    applied: appliedAmount ?? 'unknown',
    status: status ?? 'unknown',
    ...(bills.length === 0 ? {} : { usedFor: bills.join(', ') }),
  };
}

function usedButReversed(id: string, current: VendorCredit): DocumentError {
  return new DocumentError({
    code: 'CREDIT_USED_BUT_REVERSED',
    message: `Credit memo ${id} was reversed in SAP, but vendor credit ${current.id} is used in BILL: the vendor got too little.`,
    nextStep:
      'In BILL, take the credit off the bill (or void the payment that used it) and retry: it is archived then. Where the payment has gone out, pay the vendor the difference and skip this.',
    sapValues: { creditMemo: id },
    billValues: valuesOf(current),
  });
}

function changedAfterUse(id: string, current: VendorCredit): DocumentError {
  return new DocumentError({
    code: 'CREDIT_CHANGED_AFTER_USE',
    message: `Credit memo ${id} was changed in SAP, but vendor credit ${current.id} is used in BILL already.`,
    nextStep: 'Compare both. Take the credit off its bill in BILL and retry, or skip where nothing is wrong.',
    sapValues: { creditMemo: id },
    billValues: valuesOf(current),
  });
}

function editedInBill(
  id: string,
  current: VendorCredit,
  found: ReturnType<typeof creditDifferences>,
): DocumentError {
  return new DocumentError({
    code: 'EDITED_IN_BILL',
    message: `Credit memo ${id} was changed in SAP, and vendor credit ${current.id} was edited in BILL: ${found.map(({ field }) => field).join(', ')}.`,
    nextStep: 'Make the credit in BILL as SAP has it and skip, or undo the edit there and retry.',
    sapValues: Object.fromEntries(found.map(({ field, sent }) => [field, sent])),
    billValues: Object.fromEntries(found.map(({ field, got }) => [field, got])),
  });
}

function archivedInBill(id: string, current: VendorCredit): DocumentError {
  return new DocumentError({
    code: 'ARCHIVED_IN_BILL',
    message: `Credit memo ${id} was changed in SAP, but somebody archived its vendor credit ${current.id} in BILL, which cannot be undone.`,
    nextStep: 'If the credit is still wanted, enter it in BILL by hand; then skip this.',
    billValues: valuesOf(current),
  });
}

function otherThanSent(
  id: string,
  credit: VendorCredit,
  found: ReturnType<typeof creditDifferences>,
): DocumentError {
  return new DocumentError({
    code: 'CREDIT_DIFFERS_FROM_WHAT_WAS_SENT',
    message: `Vendor credit ${credit.id} for credit memo ${id} is in BILL, but not as it was sent: ${found.map(({ field }) => field).join(', ')}.`,
    nextStep: 'Correct the credit in BILL, then retry.',
    sapValues: Object.fromEntries(found.map(({ field, sent }) => [field, sent])),
    billValues: Object.fromEntries(found.map(({ field, got }) => [field, got])),
  });
}

function clearedInSap(id: string, current: VendorCredit): DocumentError {
  return new DocumentError({
    code: 'CREDIT_CLEARED_IN_SAP',
    message: `Credit memo ${id} is cleared in SAP, but vendor credit ${current.id} is still to be used in BILL: it would be used twice.`,
    nextStep: 'Archive the vendor credit in BILL and retry, or reset the clearing in SAP and retry.',
    sapValues: { creditMemo: id },
    billValues: valuesOf(current),
  });
}
