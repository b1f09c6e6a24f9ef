import type { ClearingRecord } from '../../lib/ledger/clearings.ts';
import type { BlockRecord } from '../../lib/ledger/hand-over-blocks.ts';
import { type InvoiceRecord, invoiceRecords } from '../../lib/ledger/invoices.ts';
import { type PaymentRecord, paymentRecords } from '../../lib/ledger/payments.ts';
import { bodyOf, readRecord } from '../../lib/ledger/record.ts';
import { type KnownVendor, knownVendors } from '../../lib/ledger/vendors.ts';
import { beginning, type World } from './world.ts';

/** What must hold after every run, whatever went wrong in it (docs/invariants.md). Gives back what is broken. */
export async function brokenInvariants(world: World): Promise<string[]> {
  return [
    ...oneLiveBill(world),
    ...oneLiveCredit(world),
    ...(await linkedVendors(world)),
    ...oneLiveEntry(world),
    ...(await sumsAgree(world)),
    ...atMostThree(world),
    ...(await nothingVanished(world)),
    ...nothingPutAside(world),
  ];
}

/** I1, BILL's side: the description of a bill names its invoice. */
function oneLiveBill({ bill }: World): string[] {
  const live = Object.values(bill.books.bills).filter((each) => !each.archived);
  const byInvoice = Map.groupBy(live, (each) => each.description ?? `${each.vendorId} ${each.invoiceNumber}`);
  return [...byInvoice]
    .filter(([, bills]) => bills.length > 1)
    .map(([name, bills]) => `I1: ${bills.length} live bills for ${name}`);
}

/** I1 for credit memos: the description of a vendor credit names its memo. */
function oneLiveCredit({ bill }: World): string[] {
  const live = Object.values(bill.books.vendorCredits).filter((each) => !each.archived);
  return [...Map.groupBy(live, (each) => each.description ?? each.id)]
    .filter(([, credits]) => credits.length > 1)
    .map(([name, credits]) => `I1: ${credits.length} live vendor credits for ${name}`);
}

/** I2. */
async function linkedVendors({ bill, table }: World): Promise<string[]> {
  const broken: string[] = [];
  for (const { vendorId, invoiceNumber, archived } of Object.values(bill.books.bills)) {
    const known: KnownVendor | undefined = await readRecord(table, knownVendors, vendorId);
    if (!archived && known?.supplier === undefined)
      broken.push(`I2: bill ${invoiceNumber} points at vendor ${vendorId}, which is not linked`);
  }
  const names = Object.values(bill.books.vendors)
    .filter((each) => !each.archived)
    .map((each) => each.fields.name.toLowerCase());
  for (const name of new Set(names))
    if (names.filter((each) => each === name).length > 1) broken.push(`I2: vendor ${name} is there twice`);
  return broken;
}

/** I1, SAP's side: an entry's reference names payment, generation and company code. */
function oneLiveEntry(world: World): string[] {
  const byReference = Map.groupBy(liveEntries(world), (entry) => entry.reference);
  return [...byReference]
    .filter(([, entries]) => entries.length > 1)
    .map(([name, entries]) => `I1: ${entries.length} live entries for ${name}`);
}

/** I3, in the end: what cleared in BILL is what is posted in SAP. */
async function sumsAgree(world: World): Promise<string[]> {
  const resets = await waitForAReset(world);
  const cleared = Object.values(world.bill.books.payments)
    .filter((payment) => payment.singleStatus === 'CLEARED' && payment.onlinePayment)
    .filter((payment) => !resets.has(payment.id.toUpperCase()))
    .flatMap((payment) => payment.splits.map((split) => split.cash));
  const posted = liveEntries(world)
    .filter((entry) => !resets.has(entry.payment))
    .map((entry) => entry.cents);
  const [inBill, inSap] = [sumOf(cleared), sumOf(posted)];
  return inBill === inSap ? [] : [`I3: ${inBill} cents cleared in BILL, ${inSap} cents posted in SAP`];
}

/** Payments that came back after their entries were cleared: an accountant has to reset that first. */
async function waitForAReset(world: World): Promise<Set<string>> {
  const payments = (await all(world, 'payment')) as PaymentRecord[];
  const waiting = payments.filter((each) => each.exception?.code === 'ENTRY_CLEARED_RESET_FIRST');
  return new Set(waiting.map((each) => each.paymentId.toUpperCase()));
}

/** I4. */
function atMostThree({ bill, clock }: World): string[] {
  const { mostInFlight, logins } = bill.statistics();
  const hours = Math.ceil((clock.now() - beginning) / 3_600_000) + 1;
  return [
    ...(mostInFlight > 3 ? [`I4: ${mostInFlight} calls in flight`] : []),
    ...(logins > 6 * hours ? [`I4: ${logins} logins`] : []),
  ];
}

/** I5: every invoice of SAP and every payment of BILL is known, and at rest or an exception. */
async function nothingVanished({ sap, bill, table }: World): Promise<string[]> {
  const broken: string[] = [];
  for (const row of sap.books.tables.A_SupplierInvoice ?? []) {
    const id = `${row.CompanyCode}/${row.SupplierInvoice}/${row.FiscalYear}`;
    const record: InvoiceRecord | undefined = await readRecord(table, invoiceRecords, id);
    if (record === undefined || record.state === 'queued' || record.intent !== undefined) {
      broken.push(`I5: invoice ${id} is ${record?.state ?? 'not known'}`);
    }
  }
  for (const { id } of Object.values(bill.books.payments)) {
    const record: PaymentRecord | undefined = await readRecord(table, paymentRecords, id);
    if (record === undefined || record.state === 'queued' || record.intent !== undefined) {
      broken.push(`I5: payment ${id} is ${record?.state ?? 'not known'}`);
    }
  }
  return [...broken, ...(await nothingWaitsForSap({ table }))];
}

/** Clearings and payment blocks: asked for, and confirmed. */
async function nothingWaitsForSap({ table }: Pick<World, 'table'>): Promise<string[]> {
  const followed = (await table.queryIndex('worklist', 'follow-up')).items;
  return followed.map((item) => `I5: ${item.kind} ${item.pk} is ${(item.body as { state: string }).state}`);
}

function nothingPutAside({ queues }: World): string[] {
  const aside = [...queues.deadLetters('bill-work'), ...queues.deadLetters('sap-work')];
  return aside.map((message) => `dead letter: ${message.body}`);
}

/** States and exceptions of all documents, for comparing two runs. */
export async function outcome(world: World): Promise<unknown> {
  const invoices = (await all(world, 'invoice')) as InvoiceRecord[];
  const payments = (await all(world, 'payment')) as PaymentRecord[];
  return {
    sap: world.sap.canonical(),
    bill: world.bill.canonical(),
    invoices: invoices.map((each) => [each.reference, each.state, each.exception?.code]).sort(),
    payments: payments
      .map((each) => [each.paymentId, each.state, each.postings.length, each.exception?.code])
      .sort(),
    clearings: ((await all(world, 'clearing')) as ClearingRecord[])
      .map((each) => [each.paymentId, each.generation, each.companyCode, each.state])
      .sort(),
    blocks: ((await all(world, 'block')) as BlockRecord[])
      .map((each) => [each.invoice, each.wanted, each.state])
      .sort(),
  };
}

async function all({ table }: World, kind: string) {
  return (await table.queryIndex('kind', kind)).items.map((item) => bodyOf(item));
}

interface LiveEntry {
  /** BILL payment id, in upper case. */
  readonly payment: string;
  readonly reference: string;
  readonly cents: number;
}

/** Our entries that stand in SAP, with what they paid, in cents. */
function liveEntries({ sap }: World): LiveEntry[] {
  const rows = (sap.books.tables.A_OperationalAcctgDocItemCube ?? []).filter(
    (row) =>
      row.AccountingDocumentType === 'KZ' &&
      row.FinancialAccountType === 'K' &&
      !row.ReverseDocument &&
      row.IsReversal !== true,
  );
  const byDocument = Map.groupBy(
    rows,
    (row) => `${row.CompanyCode}${row.AccountingDocument}${row.FiscalYear}`,
  );
  return [...byDocument.values()].map((items) => ({
    payment: String(items[0]?.Reference1InDocumentHeader),
    reference: String(items[0]?.DocumentReferenceID),
    cents: sumOf(items.map((row) => Math.round(Number(row.AmountInTransactionCurrency) * 100))),
  }));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => left + right, 0);
}
