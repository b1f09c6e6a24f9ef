import type { Story } from '../../journeys/exceptions/trace.ts';
import {
  type InvoiceFacts,
  type InvoiceRecord,
  invoiceFacts,
  invoiceId,
  invoiceRecords,
} from '../../ledger/invoices.ts';
import { type PaymentRecord, type Posting, paymentRecords } from '../../ledger/payments.ts';
import { readRecord } from '../../ledger/record.ts';
import type { Table } from '../../ledger/table.ts';
import type { DocumentRow, DocumentStory, SideValue } from './desk.ts';
import { invoiceRow, paymentRow } from './document-rows.ts';
import type { Parties } from './parties.ts';
import { partnerStory } from './partner-story.ts';
import { postingsByInvoice } from './stages.ts';

/** What the ledger knows of a document, with the numbers of both sides and the documents that belong to it. */
export function documentStory(table: Table, parties: Parties, story: Story): Promise<DocumentStory> {
  const { record } = story;
  if ('key' in record) return invoiceStory(table, parties, record, story);
  if ('paymentId' in record) return paymentStory(table, parties, record, story);
  return Promise.resolve(partnerStory({ ...story, record }));
}

async function invoiceStory(
  table: Table,
  parties: Parties,
  record: InvoiceRecord,
  { events }: Story,
): Promise<DocumentStory> {
  const payments = await paymentsOf(table, record);
  const postings = livePostings(record, payments);
  const row = await invoiceRow(record, postings, parties);
  const facts = await readRecord(table, invoiceFacts, row.id);
  return {
    ...row,
    sap: invoiceInSap(record, row, facts, postings),
    bill: [...billsInBill(record, row), ...creditInBill(record, row)],
    ...decisionsOf(record),
    related: await Promise.all(payments.map((payment) => paymentRow(payment, parties))),
    events,
  };
}

async function paymentStory(
  table: Table,
  parties: Parties,
  record: PaymentRecord,
  { events }: Story,
): Promise<DocumentStory> {
  const row = await paymentRow(record, parties);
  const related: DocumentRow[] = [];
  for (const id of new Set(record.postings.flatMap(({ invoices }) => invoices))) {
    const invoice = await readRecord(table, invoiceRecords, id);
    if (invoice === undefined) continue;
    const postings = livePostings(invoice, await paymentsOf(table, invoice));
    related.push(await invoiceRow(invoice, postings, parties));
  }
  return {
    ...row,
    sap: record.postings.flatMap(entryInSap),
    bill: paymentInBill(record, row),
    ...decisionsOf(record),
    related,
    events,
  };
}

function livePostings({ key }: InvoiceRecord, payments: readonly PaymentRecord[]): Posting[] {
  return postingsByInvoice(payments).get(invoiceId(key)) ?? [];
}

/** `paidBy` names them as `stp… 1` (payment and generation). */
async function paymentsOf(table: Table, { paidBy = [] }: InvoiceRecord): Promise<PaymentRecord[]> {
  const ids = new Set(paidBy.map((name) => name.split(' ')[0] ?? name));
  const payments = await Promise.all([...ids].map((id) => readRecord(table, paymentRecords, id)));
  return payments.filter((payment) => payment !== undefined);
}

function invoiceInSap(
  record: InvoiceRecord,
  row: DocumentRow,
  facts: InvoiceFacts | undefined,
  postings: readonly Posting[],
): SideValue[] {
  const fi = new Set(facts?.payable.map(({ accountingDocument }) => accountingDocument));
  return values(
    [record.isCreditMemo ? 'Credit memo' : 'Supplier invoice', row.id],
    ['Supplier', row.party],
    ['Supplier number', record.supplier],
    ['Reference', record.reference],
    ['Gross amount', `${record.amount} ${record.currency}`],
    ['Posting date', record.postingDate],
    ['Accounting document', [...fi].join(', ')],
    ['Net due date', [...new Set(facts?.payable.map(({ netDueDate }) => netDueDate ?? ''))].join(', ')],
    ['Paid by journal entry', postings.map(entryNumber).join(', ')],
  );
}

function billsInBill({ bills = [], currency }: InvoiceRecord, row: DocumentRow): SideValue[] {
  return bills.flatMap(
    ({ sent, stands = sent, billId, vendorId, archived, instalment, withheld, leftToSap }) =>
      values(
        [
          instalment === undefined ? 'Bill' : `Bill of instalment ${instalment.number} of ${instalment.of}`,
          `${billId}${archived ? ' (archived)' : ''}`,
        ],
        ['Vendor', row.party],
        ['Vendor ID', vendorId],
        ['Invoice number', stands.invoiceNumber],
        ['Invoice date', stands.invoiceDate],
        ['Due date', stands.dueDate],
        ['Purchase order', stands.purchaseOrderNumber],
        ['Withheld tax', withheld && `${withheld} ${currency}`],
        ['Left to SAP by', leftToSap && `${leftToSap.by}: ${leftToSap.why}`],
        ['Bill line items', `${stands.lines.length}`],
      ),
  );
}

function creditInBill({ credit }: InvoiceRecord, row: DocumentRow): SideValue[] {
  if (credit === undefined) return [];
  const { creditId, vendorId, archived, sent } = credit;
  return values(
    ['Vendor credit', `${creditId}${archived ? ' (archived)' : ''}`],
    ['Vendor', row.party],
    ['Vendor ID', vendorId],
    ['Reference number', sent.referenceNumber],
    ['Credit date', sent.creditDate],
    ['Credit line items', `${sent.lines.length}`],
  );
}

function paymentInBill(record: PaymentRecord, row: DocumentRow): SideValue[] {
  return values(
    ['Payment', record.paymentId],
    ['Vendor', row.party],
    ['Vendor ID', record.vendorId],
    ['Amount', `${row.amount} ${row.currency ?? ''}`.trim()],
    ['Status', record.singleStatus ?? record.exception?.billValues.status],
  );
}

function entryInSap(posting: Posting): SideValue[] {
  const { amount, currency, documentType, reversal, generation } = posting;
  return values(
    [
      generation === 1 ? 'Journal entry' : `Journal entry of reissue ${generation - 1}`,
      `${entryNumber(posting)}, ${documentType}, ${amount} ${currency}`,
    ],
    [
      'Reversed by',
      reversal && `${posting.companyCode}/${reversal.accountingDocument}/${reversal.fiscalYear}`,
    ],
  );
}

function entryNumber({ companyCode, accountingDocument, fiscalYear }: Posting): string {
  return `${companyCode}/${accountingDocument}/${fiscalYear}`;
}

function decisionsOf({ exception, skipped }: InvoiceRecord | PaymentRecord) {
  return { ...(exception && { exception }), ...(skipped && { skipped }) };
}

/** Without those that have no value. */
function values(...pairs: readonly (readonly [label: string, value: string | undefined])[]): SideValue[] {
  return pairs.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]));
}
