import * as z from 'zod';
import { created, ok } from './answer.ts';
import { line, lineAmount } from './bill-fields.ts';
import { presentLine } from './bill-view.ts';
import { date, readBody, text } from './bodies.ts';
import type { StoredVendorCredit } from './books.ts';
import { checkClassifications } from './classifications.ts';
import { newId } from './ids.ts';
import { answerList, type ListSpec } from './lists.ts';
import { invalid, notAllowed, notFound } from './refusal.ts';
import { billTime, money, sumOf } from './values.ts';
import { creditAmount, usageOf } from './vendor-credit-use.ts';
import { vendorById } from './vendors.ts';
import { find, type Handler, type World } from './world.ts';

/** Vendor credits (BILL dossier §6): no webhook, and an archived one cannot be restored. */
const newCredit = z.object({
  vendorId: text(),
  referenceNumber: text(),
  creditDate: date,
  vendorCreditLineItems: z.array(line).min(1),
  description: z.string().max(4000).optional(),
  applyToChartOfAccountId: text().optional(),
  applyToBankAccountId: text().optional(),
});

export type NewVendorCredit = z.output<typeof newCredit>;

const creditList: ListSpec<StoredVendorCredit> = {
  filters: {},
  sorts: { createdTime: ({ createdAt }) => createdAt, updatedTime: ({ updatedAt }) => updatedAt },
  present: (world, credit) => presentCredit(world, credit, true),
  comesLate: true,
};

export const listCredits: Handler = (world, call) =>
  answerList(world, call, Object.values(world.books.vendorCredits), creditList);

export const getCredit: Handler = (world, { params }) =>
  ok(presentCredit(world, creditById(world, params.vendorCreditId), true));

export const createCredit: Handler = (world, call) =>
  created(presentCredit(world, addVendorCredit(world, readBody(newCredit, call.json())), false));

export const archiveCredit: Handler = (world, { params }) => {
  const credit = creditById(world, params.vendorCreditId);
  if (usageOf(world, credit.id).length > 0) throw notAllowed(`Vendor credit ${credit.id} is applied.`);
  if (!credit.archived) {
    credit.archived = true;
    credit.updatedAt = world.clock.now();
  }
  return ok(presentCredit(world, credit, false));
};

export function addVendorCredit(world: World, credit: NewVendorCredit): StoredVendorCredit {
  const { vendorCreditLineItems, ...header } = credit;
  const vendor = vendorById(world, credit.vendorId);
  if (vendor.archived) throw notAllowed(`The vendor ${vendor.id} is archived.`);
  for (const { classifications } of vendorCreditLineItems) checkClassifications(world, classifications);
  if (sumOf(vendorCreditLineItems.map(lineAmount)) <= 0) throw invalid('a credit must be above zero');
  const now = world.clock.now();
  const id = newId(world.books, 'vcr', vendor.fields.name, credit.referenceNumber);
  const stored: StoredVendorCredit = {
    ...header,
    id,
    lines: vendorCreditLineItems.map((each) => ({
      ...each,
      id: newId(world.books, 'bli', id),
      amount: lineAmount(each),
    })),
    archived: false,
    createdAt: now,
    updatedAt: now,
  };
  world.books.vendorCredits[id] = stored;
  return stored;
}

function creditById(world: World, id = ''): StoredVendorCredit {
  const credit = find(world.books.vendorCredits, id);
  if (credit === undefined) throw notFound(world.switches, 'vendor credit', id);
  return credit;
}

/** `usage` comes with reads only. */
function presentCredit(world: World, credit: StoredVendorCredit, withUsage: boolean): object {
  const { lines, createdAt, updatedAt, ...header } = credit;
  const usage = usageOf(world, credit.id);
  const amount = creditAmount(credit);
  const applied = sumOf(usage.map((use) => use.amount));
  return {
    ...header,
    vendorCreditLineItems: lines.map(presentLine),
    amount: money(amount),
    appliedAmount: money(applied),
    status: applied === 0 ? 'NOT_APPLIED' : applied < amount ? 'PARTIALLY_APPLIED' : 'FULLY_APPLIED',
    usage: withUsage ? usage.map((use) => ({ ...use, amount: money(use.amount) })) : undefined,
    createdTime: billTime(createdAt),
    updatedTime: billTime(updatedAt),
  };
}
