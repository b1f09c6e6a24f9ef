import type { BillCalls } from '../../bill/bill.ts';
import { isoTime } from '../../clock.ts';
import { DocumentError } from '../../errors.ts';
import { aliases, aliasId } from '../../ledger/aliases.ts';
import { type InvoiceRecord, invoiceKeyOf, invoiceRecords, withBill } from '../../ledger/invoices.ts';
import { updateRecord } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import type { Bill, NewBill } from '../../rules/bill-documents.ts';
import { differences } from '../../rules/invoices/bill-differences.ts';
import type { PlannedBill } from '../../rules/invoices/bill-from-invoice.ts';
import { fingerprint } from '../../rules/reference-code.ts';
import { wantAttachments } from '../attachments/want-attachments.ts';
import type { Connector } from '../doors.ts';
import { earliestOf, type Write, writeOnce } from '../once.ts';
import { wantBlock } from './hand-over-block.ts';
import { billsWithNumber, isSameNumber } from './numbers-in-bill.ts';

/** Creates the bill, once (I1). An answer that differs from what was sent is an exception on the bill that now exists. */
export async function createBillOf(connector: Connector, id: string, wanted: PlannedBill): Promise<void> {
  const bill = await connector.bill.withLease('hand-over-invoice', (calls) =>
    createOrAdopt(connector, id, wanted, calls),
  );
  connector.observe.count('BillsCreated');
  connector.observe.log('info', 'invoice-handed-over', { document: id, bill: bill.id });
  await tell(
    connector,
    { kind: 'invoice', id },
    `Bill ${bill.id} (number ${wanted.bill.invoiceNumber}) is in BILL, due ${wanted.bill.dueDate}.`,
  );
  refuseDifferences(id, wanted.bill, bill);
}

/** Creates the bill once; where BILL has the number already, adopts the bill if it is ours. */
export async function createOrAdopt(
  connector: Connector,
  id: string,
  wanted: PlannedBill,
  calls: BillCalls,
): Promise<Bill> {
  const write = billCreation(connector, id, wanted, calls);
  const known = await billsWithNumber(connector, wanted.bill, calls);
  if (known.length > 0) {
    const bill = ours(wanted.bill, known);
    return writeOnce(connector, { ...write, act: async () => bill });
  }
  try {
    return await writeOnce(connector, write);
  } catch (error) {
    if (!(error instanceof DocumentError) || error.code !== 'BDC_1171') throw error;
    const bill = ours(wanted.bill, await sameNumber(wanted.bill, calls), error);
    return writeOnce(connector, { ...write, act: async () => bill });
  }
}

/** Live bills of this vendor and number, by whomever, that are not older than the invoice. */
async function sameNumber(wanted: NewBill, calls: BillCalls): Promise<Bill[]> {
  const all = await calls.billsOfVendor(wanted.vendorId, `${wanted.invoiceDate}T00:00:00.000Z`);
  return all.filter((bill) => isSameNumber(wanted, bill));
}

/** Ours from an earlier life of the ledger is adopted; anybody else's needs a person. */
function ours(wanted: NewBill, found: readonly Bill[], cause?: DocumentError): Bill {
  const [bill] = found;
  if (bill === undefined || found.length > 1 || !isOurs(wanted, bill)) throw duplicate(wanted, found, cause);
  return bill;
}

/** The creation of a bill as a write that happens once; also built from an open intent to settle it. */
export function billCreation(
  connector: Connector,
  id: string,
  planned: PlannedBill,
  calls: BillCalls,
): Write<InvoiceRecord, Bill> {
  const { bill: wanted, instalment, withheld } = planned;
  return {
    type: invoiceRecords,
    id,
    action: 'create-bill',
    sent: planned,
    lagMs: connector.config.bill.visibilityLagSeconds * 1000,
    find: async (intent) => {
      const since = isoTime(earliestOf(intent));
      const bills = await calls.billsOfVendor(wanted.vendorId, since);
      const found = bills.filter((bill) => isOurs(wanted, bill));
      const live = found.filter((bill) => !bill.archived);
      // BILL deletes nothing: of several, those that a person has archived are out of the question.
      return live.length > 0 ? live : found.slice(0, 1);
    },
    act: () => calls.createBill(wanted),
    remember: async (bill) => {
      await wantBlock(connector, id);
      await wantAttachments(connector, invoiceKeyOf(id));
      const alias = { number: bill.id, document: { kind: 'invoice', id } } as const;
      await updateRecord(connector, aliases, aliasId(alias), (current) =>
        current === undefined ? alias : undefined,
      );
    },
    record: (current, bill) =>
      withBill(current, {
        billId: bill.id,
        vendorId: wanted.vendorId,
        sent: wanted,
        fingerprint: fingerprint(wanted),
        differs: differences(wanted, bill).length > 0,
        archived: false,
        at: isoTime(connector.clock.now()),
        ...(instalment === undefined ? {} : { instalment }),
        ...(withheld === undefined ? {} : { withheld }),
      }),
  };
}

/** Number, date and SAP document in the description: no bill of somebody else has all three. */
function isOurs(wanted: NewBill, bill: Bill): boolean {
  return (
    bill.invoiceNumber === wanted.invoiceNumber &&
    bill.invoiceDate === wanted.invoiceDate &&
    bill.description === wanted.description
  );
}

/** BILL drops unknown fields in silence (BILL dossier §3.4): what came back is compared with what was sent. */
export function refuseDifferences(id: string, sent: NewBill, got: Bill): void {
  const found = differences(sent, got);
  if (found.length === 0) return;
  throw new DocumentError({
    code: 'BILL_DIFFERS_FROM_WHAT_WAS_SENT',
    message: `Bill ${got.id} for invoice ${id} is in BILL, but not as it was sent: ${found.map((each) => each.field).join(', ')}.`,
    nextStep: 'Correct the bill in BILL, or archive it and retry.',
    sapValues: Object.fromEntries(found.map((each) => [each.field, each.sent])),
    billValues: Object.fromEntries(found.map((each) => [each.field, each.got])),
  });
}

function duplicate(wanted: NewBill, bills: readonly Bill[], cause?: DocumentError): DocumentError {
  return new DocumentError({
    code: 'NUMBER_TAKEN_IN_BILL',
    message: `BILL already has number "${wanted.invoiceNumber}" for vendor ${wanted.vendorId}, on a bill that is not from SAP.`,
    nextStep:
      'If it is the same invoice, archive that bill in BILL and retry; if it was paid already, skip this one.',
    sapValues: { reference: wanted.invoiceNumber, invoiceDate: wanted.invoiceDate },
    billValues: Object.fromEntries(
      bills.map((bill) => [bill.id, `${bill.invoiceDate}, ${bill.amount ?? 'amount unknown'}`]),
    ),
    ...(cause === undefined ? {} : { cause }),
  });
}
