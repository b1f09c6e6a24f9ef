import type { BillCalls } from '../../bill/bill.ts';
import { DocumentError } from '../../errors.ts';
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
import { writeOnce } from '../once.ts';
import {
  archivedInBill,
  changedAfterUse,
  clearedInSap,
  editedInBill,
  otherThanSent,
  usedButReversed,
} from './credit-problems.ts';
import { creditArchiving, creditCreation } from './credit-writes.ts';
import { prepareCredit } from './prepare-bills.ts';

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
