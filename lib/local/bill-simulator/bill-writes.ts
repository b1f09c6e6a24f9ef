import { type LineFields, lineAmount } from './bill-fields.ts';
import { billAmount, billState } from './bill-state.ts';
import type { CreditUse, StoredBill, StoredLine } from './books.ts';
import { checkClassifications } from './classifications.ts';
import { tellBill } from './events.ts';
import { newId } from './ids.ts';
import { invalid, notAllowed, Refusal } from './refusal.ts';
import { sumOf } from './values.ts';
import { checkCredits } from './vendor-credit-use.ts';
import { vendorById } from './vendors.ts';
import type { World } from './world.ts';

/** What a bill is made of, whether the API or a person in BILL makes it. */
export interface NewBill {
  readonly vendorId: string;
  readonly invoiceNumber: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly lines: readonly LineFields[];
  readonly description?: string | undefined;
  readonly purchaseOrderNumber?: string | undefined;
  readonly payFromChartOfAccountId?: string | undefined;
  readonly classifications?: LineFields['classifications'];
  readonly vendorCredits?: readonly CreditUse[] | undefined;
}

/** Throws Refusal; `beside` are bills of the same bulk call. */
export function checkNewBill(world: World, bill: NewBill, beside: readonly NewBill[] = []): void {
  checkContent(world, bill);
  const same = ({ vendorId, invoiceNumber }: NewBill) =>
    vendorId === bill.vendorId && invoiceNumber === bill.invoiceNumber;
  if (world.switches.duplicateInvoiceNumbers !== 'accepted' && beside.some(same)) throw duplicate(bill);
  checkNumber(world, bill);
}

export function addBill(world: World, bill: NewBill, createdBy: string): StoredBill {
  const { books, clock } = world;
  const now = clock.now();
  const { name } = vendorById(world, bill.vendorId).fields;
  const id = newId(books, '00n', name, bill.invoiceNumber);
  const stored: StoredBill = {
    ...bill,
    id,
    lines: storedLines(world, id, bill.lines),
    vendorCredits: [...(bill.vendorCredits ?? [])],
    archived: false,
    approvalStatus: 'UNASSIGNED',
    approvers: [],
    createdBy,
    occurrence: 1 + billsOf(world, bill.vendorId).filter(sameNumber(bill)).length,
    paymentIds: [],
    createdAt: now,
    updatedAt: now,
  };
  books.bills[id] = stored;
  tellBill(world, 'created', stored);
  return stored;
}

/**
 * Makes a bill into `next`; throws Refusal when it is locked (§5.4) or `next` is no good bill. A notification goes
 * out for vendor, amount, invoice number and date only (§9.5).
 */
export function changeBill(world: World, bill: StoredBill, next: NewBill): void {
  checkLock(world, bill, next);
  checkContent(world, next, bill);
  if (next.invoiceNumber !== bill.invoiceNumber) checkNumber(world, next);
  const told = toldFields(bill);
  bill.vendorId = next.vendorId;
  bill.invoiceNumber = next.invoiceNumber;
  bill.invoiceDate = next.invoiceDate;
  bill.dueDate = next.dueDate;
  bill.description = next.description;
  bill.purchaseOrderNumber = next.purchaseOrderNumber;
  bill.payFromChartOfAccountId = next.payFromChartOfAccountId;
  bill.classifications = next.classifications;
  bill.lines = storedLines(world, bill.id, next.lines);
  if (next.vendorCredits) bill.vendorCredits = [...next.vendorCredits];
  bill.updatedAt = world.clock.now();
  if (toldFields(bill) !== told) tellBill(world, 'updated', bill);
}

export function setBillArchived(world: World, bill: StoredBill, archived: boolean): StoredBill {
  if (bill.archived === archived) return bill;
  const { locked } = billState(world, bill);
  if (archived && locked && world.switches.archiveOfPaidBill === 'refused') throw lockedBill(world, bill);
  bill.archived = archived;
  bill.updatedAt = world.clock.now();
  tellBill(world, archived ? 'archived' : 'restored', bill);
  return bill;
}

function storedLines(world: World, billId: string, lines: readonly LineFields[]): StoredLine[] {
  return lines.map((line) => ({
    ...line,
    id: line.id ?? newId(world.books, 'bli', billId),
    amount: lineAmount(line),
  }));
}

function checkContent(world: World, bill: NewBill, changed?: StoredBill): void {
  const vendor = vendorById(world, bill.vendorId);
  if (vendor.archived && changed?.vendorId !== bill.vendorId) {
    throw notAllowed(`The vendor ${vendor.id} is archived.`);
  }
  const total = sumOf(bill.lines.map(lineAmount));
  if (total <= 0) throw invalid('the amount of a bill must be above zero');
  checkClassifications(world, bill.classifications);
  for (const { classifications } of bill.lines) checkClassifications(world, classifications);
  checkCredits(world, bill.vendorId, bill.vendorCredits ?? [], changed);
  if (sumOf((bill.vendorCredits ?? []).map(({ amount }) => amount)) > total) {
    throw invalid('vendorCredits: more than the bill');
  }
}

function checkNumber(world: World, bill: NewBill): void {
  const rule = world.switches.duplicateInvoiceNumbers;
  if (rule === 'accepted') return;
  const counts = ({ archived }: StoredBill) => !archived || rule === 'refused-even-if-archived';
  if (billsOf(world, bill.vendorId).some((other) => sameNumber(bill)(other) && counts(other))) {
    throw duplicate(bill);
  }
}

function checkLock(world: World, bill: StoredBill, next: NewBill): void {
  if (!billState(world, bill).locked) return;
  const amounts = (lines: readonly LineFields[]) =>
    lines.map((line) => `${line.id} ${lineAmount(line)}`).join();
  const touched = next.vendorId !== bill.vendorId || amounts(next.lines) !== amounts(bill.lines);
  if (touched || world.switches.lockedBillFields === 'everything') throw lockedBill(world, bill);
}

function toldFields(bill: StoredBill): string {
  return JSON.stringify([bill.vendorId, bill.invoiceNumber, bill.invoiceDate, billAmount(bill)]);
}

function lockedBill(world: World, bill: StoredBill): Refusal {
  const { status, code } = world.switches.lockedBillRefusal;
  return new Refusal(status, code, `Bill ${bill.id} has a payment and cannot be changed.`);
}

function duplicate({ invoiceNumber }: NewBill): Refusal {
  return new Refusal(422, 'BDC_1171', `Duplicate invoice number: ${invoiceNumber}`);
}

function billsOf(world: World, vendorId: string): StoredBill[] {
  return Object.values(world.books.bills).filter((bill) => bill.vendorId === vendorId);
}

function sameNumber({ invoiceNumber }: NewBill): (other: StoredBill) => boolean {
  return (other) => other.invoiceNumber === invoiceNumber;
}
