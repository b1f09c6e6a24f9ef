import { created, ok } from './answer.ts';
import { billChange, type WholeBill, wholeBill } from './bill-fields.ts';
import { billById, billList, presentBill } from './bill-view.ts';
import { addBill, changeBill, checkNewBill, type NewBill, setBillArchived } from './bill-writes.ts';
import { readBody, readBulk } from './bodies.ts';
import { answerList } from './lists.ts';
import { invalid, notFound } from './refusal.ts';
import type { Handler } from './world.ts';

/** Bills, as the API reads and writes them (BILL dossier §5). */
const MOST_IN_BULK = 100;

export const listBills: Handler = (world, call) =>
  answerList(world, call, Object.values(world.books.bills), billList(world));

export const getBill: Handler = (world, { params }) => {
  const bill = billById(world, params.billId);
  if (bill.createdAt + world.switches.readLagMs > world.clock.now()) {
    throw notFound(world.switches, 'bill', bill.id);
  }
  return ok(presentBill(world, bill, { vendorName: true }));
};

export const createBill: Handler = (world, call) => {
  const bill = newBillOf(readBody(wholeBill, call.json()));
  checkNewBill(world, bill);
  return created(presentBill(world, addBill(world, bill, call.user.id)));
};

/** All or nothing; the answer is an array (§5.6). */
export const createBills: Handler = (world, call) => {
  const bills = readBulk(wholeBill, call.json(), MOST_IN_BULK).map(newBillOf);
  for (const [index, bill] of bills.entries()) checkNewBill(world, bill, bills.slice(0, index));
  return created(bills.map((bill) => presentBill(world, addBill(world, bill, call.user.id))));
};

/** Header fields and lines by their ids; lines that are not named stay (§5.1). */
export const patchBill: Handler = (world, call) => {
  const bill = billById(world, call.params.billId);
  const { billLineItems, invoice, ...change } = readBody(billChange, call.json());
  for (const { id } of billLineItems ?? []) {
    if (!bill.lines.some((line) => line.id === id))
      throw invalid('billLineItems: PATCH needs the id of a line');
  }
  const lines =
    billLineItems &&
    bill.lines.map((line) => ({ ...line, ...billLineItems.find(({ id }) => id === line.id) }));
  changeBill(world, bill, { ...bill, ...given(change), ...given(invoice ?? {}), ...given({ lines }) });
  return ok(presentBill(world, bill));
};

/** The whole bill: a line without id is new, one that is not named is gone (§5.1). */
export const putBill: Handler = (world, call) => {
  const bill = billById(world, call.params.billId);
  const whole = readBody(wholeBill, call.json());
  for (const { id } of whole.billLineItems) {
    if (id !== undefined && !bill.lines.some((line) => line.id === id)) {
      throw invalid(`billLineItems: the bill has no line ${id}`);
    }
  }
  changeBill(world, bill, newBillOf(whole));
  return ok(presentBill(world, bill));
};

export const archiveBill: Handler = (world, { params }) =>
  ok(presentBill(world, setBillArchived(world, billById(world, params.billId), true)));

export const restoreBill: Handler = (world, { params }) =>
  ok(presentBill(world, setBillArchived(world, billById(world, params.billId), false)));

function newBillOf({ invoice, billLineItems, ...header }: WholeBill): NewBill {
  return { ...header, ...invoice, lines: billLineItems };
}

/** The fields that the body names. */
function given<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
  };
}
