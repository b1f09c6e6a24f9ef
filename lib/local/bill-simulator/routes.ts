import { logout, sessionDetails } from './access.ts';
import * as bills from './bills.ts';
import { classificationKinds } from './books.ts';
import { getClassification, listClassifications } from './classifications.ts';
import * as documents from './documents.ts';
import { getBank, listBanks } from './funding-accounts.ts';
import * as payments from './payments.ts';
import { recordPayment } from './record-payment.ts';
import * as subscriptions from './subscriptions.ts';
import * as credits from './vendor-credits.ts';
import * as vendors from './vendors.ts';
import type { Handler } from './world.ts';

type Routes = Readonly<Record<string, Handler>>;

const classificationRoutes: Routes = Object.fromEntries(
  classificationKinds.flatMap((kind) => [
    [`GET /v3/classifications/${kind}`, listClassifications(kind)],
    [`GET /v3/classifications/${kind}/:id`, getClassification(kind)],
  ]),
);

/** What needs a session under `/connect`; approvals and network calls are not played. */
const apiRoutes: Routes = {
  'GET /v3/login/session': sessionDetails,
  'POST /v3/logout': logout,
  'GET /v3/vendors': vendors.listVendors,
  'POST /v3/vendors': vendors.createVendor,
  'POST /v3/vendors/bulk': vendors.createVendors,
  'GET /v3/vendors/:vendorId': vendors.getVendor,
  'PATCH /v3/vendors/:vendorId': vendors.patchVendor,
  'POST /v3/vendors/:vendorId/archive': vendors.archiveVendor,
  'POST /v3/vendors/:vendorId/restore': vendors.restoreVendor,
  'GET /v3/bills': bills.listBills,
  'POST /v3/bills': bills.createBill,
  'POST /v3/bills/bulk': bills.createBills,
  'POST /v3/bills/record-payment': recordPayment,
  'GET /v3/bills/:billId': bills.getBill,
  'PATCH /v3/bills/:billId': bills.patchBill,
  'PUT /v3/bills/:billId': bills.putBill,
  'POST /v3/bills/:billId/archive': bills.archiveBill,
  'POST /v3/bills/:billId/restore': bills.restoreBill,
  'GET /v3/vendor-credits': credits.listCredits,
  'POST /v3/vendor-credits': credits.createCredit,
  'GET /v3/vendor-credits/:vendorCreditId': credits.getCredit,
  'POST /v3/vendor-credits/:vendorCreditId/archive': credits.archiveCredit,
  'GET /v3/documents/bills/:billId': documents.listDocuments,
  'POST /v3/documents/bills/:billId': documents.uploadDocument,
  'GET /v3/documents/upload-status': documents.uploadStatus,
  'GET /v3/documents/:documentId': documents.getDocument,
  'GET /v3/payments': payments.listPayments,
  'POST /v3/payments': payments.createPayment,
  'POST /v3/payments/bulk': payments.createPayment,
  'GET /v3/payments/:paymentId': payments.getPayment,
  'POST /v3/payments/:paymentId/cancel': payments.cancelPayment,
  'POST /v3/payments/:paymentId/void': payments.voidPayment,
  'GET /v3/funding-accounts/banks': listBanks,
  'GET /v3/funding-accounts/banks/:bankAccountId': getBank,
  ...classificationRoutes,
};

/** What needs a session under `/connect-events`. */
const eventRoutes: Routes = {
  'GET /v3/events/catalog': subscriptions.eventCatalog,
  'GET /v3/events/subscription/:subscriptionId': subscriptions.listEvents,
  'POST /v3/events/subscription/:subscriptionId/event/:eventId': subscriptions.resendEvent,
  'GET /v3/subscriptions': subscriptions.listSubscriptions,
  'POST /v3/subscriptions': subscriptions.createSubscription,
  'GET /v3/subscriptions/:subscriptionId': subscriptions.getSubscription,
  'PATCH /v3/subscriptions/:subscriptionId': subscriptions.patchSubscription,
  'PUT /v3/subscriptions/:subscriptionId': subscriptions.putSubscription,
  'DELETE /v3/subscriptions/:subscriptionId': subscriptions.deleteSubscription,
  'POST /v3/subscriptions/:subscriptionId/security_key': subscriptions.rotateKey,
  'POST /v3/subscriptions/:subscriptionId/test': subscriptions.testSubscription,
};

export interface Match {
  readonly operation: string;
  readonly params: Record<string, string>;
  readonly handler: Handler;
}

interface Pattern {
  readonly operation: string;
  readonly segments: readonly string[];
  readonly handler: Handler;
}

/** By base, method and number of segments; fixed segments before parameters. */
const patterns = new Map<string, Pattern[]>();
for (const [base, routes] of [
  ['connect', apiRoutes],
  ['connect-events', eventRoutes],
] as const) {
  for (const [operation, handler] of Object.entries(routes)) {
    const [method = '', path = ''] = operation.split(' ');
    const segments = path.split('/');
    const key = `${base} ${method} ${segments.length}`;
    patterns.set(key, [...(patterns.get(key) ?? []), { operation, segments, handler }]);
  }
}

export function matchRoute(base: string, method: string, path: string): Match | undefined {
  const segments = path.split('/');
  const candidates = patterns.get(`${base} ${method} ${segments.length}`) ?? [];
  const fits = ({ segments: wanted }: Pattern) =>
    wanted.every((part, index) => part.startsWith(':') || part === segments[index]);
  const fixed = ({ segments: wanted }: Pattern) => wanted.filter((part) => !part.startsWith(':')).length;
  const [best] = candidates.filter(fits).sort((left, right) => fixed(right) - fixed(left));
  if (best === undefined) return undefined;
  const params = best.segments.flatMap((part, index) =>
    part.startsWith(':') ? [[part.slice(1), segments[index] ?? '']] : [],
  );
  return { operation: best.operation, params: Object.fromEntries(params), handler: best.handler };
}
