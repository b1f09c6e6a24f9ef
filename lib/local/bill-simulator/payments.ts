import * as z from 'zod';
import { ok } from './answer.ts';
import { readBody } from './bodies.ts';
import type { StoredPayment, StoredVoid } from './books.ts';
import { everyOperator, type FilterField } from './filters.ts';
import { answerList, type ListSpec } from './lists.ts';
import { cancel, requestVoid } from './payment-life.ts';
import { noRight, notFound, untrusted } from './refusal.ts';
import { billTime, money, sumOf } from './values.ts';
import { find, type Handler, type SignedInCall, type World } from './world.ts';

/** Payments, as the API reads them (BILL dossier §7). It creates none: that needs an MFA-trusted session (§1.6). */
const any = (
  kind: FilterField<StoredPayment>['kind'],
  of: (payment: StoredPayment) => string | number | boolean | undefined,
): FilterField<StoredPayment> => ({ operators: everyOperator, kind, of });

/** `billId` and `singleStatus` are no filters. */
const paymentList: ListSpec<StoredPayment> = {
  filters: {
    id: any('text', ({ id }) => id),
    vendorId: any('text', ({ vendorId }) => vendorId),
    processDate: any('date', ({ processDate }) => processDate),
    amount: any('money', cashOf),
    status: any('text', statusOf),
    onlinePayment: any('flag', ({ onlinePayment }) => onlinePayment),
    disbursementType: any('text', ({ disbursementType }) => disbursementType),
    createdTime: any('time', ({ createdAt }) => createdAt),
    updatedTime: any('time', ({ updatedAt }) => updatedAt),
    transactionNumber: any('text', ({ transactionNumber }) => transactionNumber),
  },
  sorts: {
    createdTime: ({ createdAt }) => createdAt,
    updatedTime: ({ updatedAt }) => updatedAt,
    processDate: ({ processDate }) => processDate,
    amount: cashOf,
  },
  comesLate: true,
  present: (world, payment) => presentPayment(world, payment, world.switches.thinListRows),
};

export const listPayments: Handler = (world, call) => {
  world.beforePaymentPoll();
  return answerList(world, call, Object.values(world.books.payments), paymentList);
};

export const getPayment: Handler = (world, { params }) => {
  const payment = paymentById(world, params.paymentId);
  if (payment.createdAt + world.switches.readLagMs > world.clock.now()) {
    throw notFound(world.switches, 'payment', payment.id);
  }
  return ok(presentPayment(world, payment));
};

export const createPayment: Handler = () => {
  throw untrusted();
};

export const cancelPayment: Handler = (world, call) => {
  requirePaymentRights(call);
  const payment = paymentById(world, call.params.paymentId);
  cancel(world, payment);
  return ok(presentPayment(world, payment));
};

const voidBody = z.object({
  type: z.enum(['VOID_ONLY', 'VOID_AND_CREDIT', 'VOID_AND_REISSUE', 'VOID_AND_REISSUE_VCARD']),
  reason: z.string().max(4000).optional(),
});

/** A request: the outcome comes later (§7.4). */
export const voidPayment: Handler = (world, call) => {
  requirePaymentRights(call);
  const payment = paymentById(world, call.params.paymentId);
  const { type, reason = '' } = readBody(voidBody, call.json());
  requestVoid(world, payment, type, reason);
  return ok(presentPayment(world, payment));
};

export function paymentById(world: World, id = ''): StoredPayment {
  const payment = find(world.books.payments, id);
  if (payment === undefined) throw notFound(world.switches, 'payment', id);
  return payment;
}

/** A sync token moves no money (§1.4). */
function requirePaymentRights({ user, operation }: SignedInCall): void {
  if (user.kind === 'sync-token') throw noRight(operation);
}

function cashOf({ splits }: StoredPayment): number {
  return sumOf(splits.map(({ cash }) => cash));
}

function statusOf({ singleStatus }: StoredPayment): string {
  if (singleStatus === undefined) return 'APPROVING';
  if (singleStatus === 'SCHEDULED') return 'SCHEDULED';
  if (singleStatus === 'CANCELED') return 'CANCELLED';
  if (singleStatus === 'VOIDED' || singleStatus === 'FUNDING_FAILED_VOIDED') return 'VOID';
  return singleStatus === 'FUNDS_ESCHEATED' ? 'ESCHEATED' : 'PAID';
}

function disbursementStatusOf({ singleStatus }: StoredPayment): string | undefined {
  if (singleStatus === 'CLEARED') return 'DONE';
  if (singleStatus === 'DISBURSEMENT_ON_HOLD') return 'HOLD';
  return singleStatus?.startsWith('DISBURSEMENT_FAILED') ? 'FAILED' : undefined;
}

/** BILL dossier §7.2. */
export function presentPayment(world: World, payment: StoredPayment, thin = false): object {
  const vendor = find(world.books.vendors, payment.vendorId)?.fields;
  const { splits, voids, recorded } = payment;
  return {
    id: payment.id,
    vendorId: payment.vendorId,
    vendorName: vendor?.name,
    amount: money(cashOf(payment)),
    fundingAmount: money(payment.fundingAmount),
    exchangeRate: payment.exchangeRate && JSON.rawJSON(payment.exchangeRate),
    billId: splits.length === 1 ? splits[0]?.billId : undefined,
    billPayments: thin ? undefined : splits.map((split) => presentSplit(world, split)),
    processDate: payment.processDate,
    status: statusOf(payment),
    disbursementStatus: disbursementStatusOf(payment),
    singleStatus: payment.singleStatus ?? world.switches.unknownSingleStatus,
    onlinePayment: payment.onlinePayment,
    disbursementType: payment.disbursementType,
    fundingAccount: payment.fundingAccountId && { type: 'BANK_ACCOUNT', id: payment.fundingAccountId },
    transactionNumber: payment.transactionNumber,
    confirmationNumber: payment.confirmationNumber,
    description: payment.description,
    createdBy: payment.createdBy,
    voidInfo: thin || voids.length === 0 ? undefined : voids.map(presentVoid),
    syncReference: world.switches.syncReferenceOnRead ? recorded?.syncReference : undefined,
    createdTime: billTime(payment.createdAt),
    updatedTime: billTime(payment.updatedAt),
  };
}

function presentSplit(
  world: World,
  { id, billId, cash, vendorCredits }: StoredPayment['splits'][number],
): object {
  const credit = sumOf(vendorCredits.map(({ amount }) => amount));
  return {
    id,
    billId,
    amount: money(world.switches.billPaymentsAmountNetOfCredits ? cash : cash + credit),
    vendorCredits:
      vendorCredits.length === 0
        ? undefined
        : vendorCredits.map((use) => ({ id: use.id, amount: money(use.amount) })),
  };
}

function presentVoid({ before: _, createdAt, updatedAt, ...request }: StoredVoid): object {
  return { ...request, createdTime: billTime(createdAt), updatedTime: billTime(updatedAt) };
}
