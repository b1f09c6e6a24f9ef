import { billState } from './bill-state.ts';
import type { BillBooks, StoredBill, StoredLine, StoredPayment } from './books.ts';
import { decimalText, sumOf } from './values.ts';
import { find, type World } from './world.ts';

/**
 * The books by business keys, without ids, times and order of arrival: two runs that did the same give the same.
 * Vendors by name; bills by vendor name, invoice number and count; payments by what they pay.
 */
export function canonical(world: World): unknown {
  const { books } = world;
  return {
    vendors: inOrder(
      Object.values(books.vendors).map(({ archived, fields }) => ({ archived, fields: sortedKeys(fields) })),
    ),
    bills: inOrder(Object.values(books.bills).map((bill) => canonicalBill(world, bill))),
    payments: inOrder(Object.values(books.payments).map((payment) => canonicalPayment(world, payment))),
    vendorCredits: inOrder(
      Object.values(books.vendorCredits).map(({ vendorId, referenceNumber, archived, lines }) => ({
        vendor: vendorName(books, vendorId),
        referenceNumber,
        archived,
        lines: lines.map((line) => canonicalLine(books, line)),
      })),
    ),
    subscriptions: inOrder(
      Object.values(books.subscriptions).map(({ name, enabled, events, notificationUrl }) => ({
        name,
        enabled,
        events: events.map(({ type }) => type).sort(),
        notificationUrl: withoutLocalPort(notificationUrl),
      })),
    ),
  };
}

/** On which port of this machine somebody listens is no business of BILL's. */
function withoutLocalPort(url: string): string {
  return url.replace(/^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])):\d+/, '$1');
}

function canonicalBill(world: World, bill: StoredBill): object {
  const state = billState(world, bill);
  return {
    ...billKey(world.books, bill.id),
    invoiceDate: bill.invoiceDate,
    dueDate: bill.dueDate,
    description: bill.description,
    purchaseOrderNumber: bill.purchaseOrderNumber,
    archived: bill.archived,
    approvalStatus: bill.approvalStatus,
    paymentStatus: state.paymentStatus,
    amount: decimalText(state.amount),
    paid: decimalText(state.paid),
    scheduled: decimalText(state.scheduled),
    due: decimalText(state.due),
    lines: bill.lines.map((line) => canonicalLine(world.books, line)),
    ...canonicalDocuments(world.books, bill.id),
  };
}

function canonicalDocuments({ documents }: BillBooks, billId: string): object {
  const own = Object.values(documents).filter((each) => each.billId === billId);
  return own.length === 0 ? {} : { documents: own.map(({ name, sha256 }) => `${name} ${sha256}`).sort() };
}

function canonicalLine(books: BillBooks, { amount, description, classifications }: StoredLine): object {
  const account = find(books.classifications['chart-of-accounts'], classifications?.chartOfAccountId ?? '');
  const others = Object.entries(classifications ?? {}).filter(([field]) => field !== 'chartOfAccountId');
  return {
    amount: decimalText(amount),
    description,
    chartOfAccount: account?.account?.number ?? account?.name,
    ...(others.length > 0 && { otherClassifications: sortedKeys(Object.fromEntries(others)) }),
  };
}

function canonicalPayment({ books }: World, payment: StoredPayment): object {
  return {
    vendor: vendorName(books, payment.vendorId),
    amount: decimalText(sumOf(payment.splits.map(({ cash }) => cash))),
    splits: inOrder(
      payment.splits.map(({ billId, cash, vendorCredits }) => ({
        ...billKey(books, billId),
        cash: decimalText(cash),
        credits: decimalText(sumOf(vendorCredits.map(({ amount }) => amount))),
      })),
    ),
    processDate: payment.processDate,
    singleStatus: payment.singleStatus,
    onlinePayment: payment.onlinePayment,
    disbursementType: payment.disbursementType,
    voids: payment.voids.map(({ type, status }) => `${type} ${status}`),
  };
}

function billKey(books: BillBooks, billId: string): object {
  const bill = find(books.bills, billId);
  return {
    vendor: vendorName(books, bill?.vendorId ?? ''),
    invoiceNumber: bill?.invoiceNumber,
    occurrence: bill?.occurrence,
  };
}

function vendorName(books: BillBooks, id: string): string | undefined {
  return find(books.vendors, id)?.fields.name;
}

/** In the order of their own text; a key without a value is as if it were not there. */
function inOrder(objects: readonly object[]): unknown[] {
  return objects
    .map((object) => JSON.stringify(object))
    .sort()
    .map((text) => JSON.parse(text));
}

function sortedKeys(object: object): object {
  const entries = Object.entries(object).map(([key, value]) => [
    key,
    value !== null && typeof value === 'object' && !Array.isArray(value) ? sortedKeys(value) : value,
  ]);
  return Object.fromEntries(entries.sort(([left], [right]) => (String(left) < String(right) ? -1 : 1)));
}
