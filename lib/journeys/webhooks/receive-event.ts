import { parseEvent } from '../../bill/webhook-event.ts';
import { verifySignature } from '../../bill/webhook-signature.ts';
import type { BillEvent } from '../../rules/bill-documents.ts';
import type { SapWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import { sendSapWork } from '../payments/send-sap-work.ts';
import type { EventAnswer } from '../use-cases.ts';

type EventDoors = Pick<Connector, 'secrets' | 'queues' | 'observe'>;

/** BILL's notifications are a few kilobytes; more than this is not one (I7). */
const largestEventBytes = 256 * 1024;

/** BILL's event families that a subscription may carry although they set nothing off here (BILL dossier §9.1). */
const knownFamilies = new Set([
  'vendor',
  'bill',
  'payment',
  'autopay',
  'bank-account',
  'card-account',
  'invoice',
  'risk-verification',
  'spend',
]);

/**
 * Journey 2, the webhook: size, signature over the raw bytes, JSON, then the queue. The event only triggers a
 * read of the payment; nothing in it is believed (I7). Answers 200 only when the queue holds it.
 */
export async function receiveEvent(
  doors: EventDoors,
  rawBody: Uint8Array,
  signature: string | undefined,
): Promise<EventAnswer> {
  if (rawBody.byteLength > largestEventBytes) return refuse(doors, 413, 'TOO_LARGE');
  if (signature === undefined || signature === '') return refuse(doors, 401, 'NOT_SIGNED');
  let keys: string[];
  try {
    const { webhookSecurityKey, webhookSecurityKeyPrevious } = await doors.secrets.bill();
    keys = [
      webhookSecurityKey,
      ...(webhookSecurityKeyPrevious === undefined ? [] : [webhookSecurityKeyPrevious]),
    ];
  } catch (error) {
    return unavailable(doors, 'SECRET_UNAVAILABLE', error);
  }
  if (!verifySignature(rawBody, signature, keys)) return refuse(doors, 401, 'WRONG_SIGNATURE');
  let event: BillEvent;
  try {
    event = parseEvent(rawBody);
  } catch {
    return refuse(doors, 400, 'NOT_JSON');
  }
  return takeEvent(doors, event);
}

async function takeEvent(doors: EventDoors, event: BillEvent): Promise<EventAnswer> {
  const family = event.eventType.split('.')[0] ?? '';
  if (!knownFamilies.has(family)) return refuse(doors, 400, 'UNKNOWN_EVENT');
  const message = workers[family]?.(event);
  if (message === undefined) return { status: 200, code: 'NOTHING_TO_DO' };
  try {
    await sendSapWork(doors, [{ message, deduplicationId: event.eventId }]);
  } catch (error) {
    return unavailable(doors, 'QUEUE_UNAVAILABLE', error);
  }
  doors.observe.count('WebhooksTaken');
  doors.observe.log('info', 'webhook-taken', {
    document: event.objectId ?? event.failedPayment?.transactionNumber ?? 'unknown',
    event: event.eventType,
  });
  return { status: 200, code: 'TAKEN' };
}

/** What an event of each family sets off; the others set nothing off. */
const workers: Readonly<Record<string, (event: BillEvent) => SapWork | undefined>> = {
  payment: paymentWorkOf,
  vendor: vendorWorkOf,
};

function vendorWorkOf({ eventType, eventId, objectId, updatedTime }: BillEvent): SapWork | undefined {
  if (objectId === undefined) return undefined;
  return {
    kind: 'vendor',
    vendorId: objectId,
    ...(updatedTime === undefined ? {} : { updatedTime }),
    reason: `${eventType} ${eventId}`.slice(0, 200),
  };
}

function paymentWorkOf(event: BillEvent): SapWork | undefined {
  const { eventType, eventId, objectId, vendorId, updatedTime, failedPayment } = event;
  const ofVendor = vendorId === undefined ? {} : { vendorId };
  if (failedPayment !== undefined && objectId === undefined) {
    const { transactionNumber, billIds, errors } = failedPayment;
    const reason = errors.map(({ code, message }) => [code, message].filter(Boolean).join(' ')).join('; ');
    return {
      kind: 'failed-payment',
      ...ofVendor,
      ...(transactionNumber === undefined ? {} : { transactionNumber: transactionNumber.slice(0, 64) }),
      billIds: billIds.slice(0, 100),
      reason: (reason === '' ? 'it gave no reason.' : reason).slice(0, 500),
    };
  }
  if (objectId === undefined) return undefined;
  return {
    kind: 'payment',
    paymentId: objectId,
    ...ofVendor,
    ...(updatedTime === undefined ? {} : { updatedTime }),
    reason: `${eventType} ${eventId}`.slice(0, 200),
  };
}

function refuse(doors: EventDoors, status: 400 | 401 | 413, code: string): EventAnswer {
  doors.observe.count('WebhooksRefused');
  doors.observe.log('warn', 'webhook-refused', { code });
  return { status, code };
}

/** Not BILL's fault: it is asked to deliver again, and the poll finds the payment in any case. */
function unavailable(doors: EventDoors, code: string, error: unknown): EventAnswer {
  doors.observe.log('error', 'webhook-refused', {
    code,
    error: error instanceof Error ? error.message : 'unknown',
  });
  return { status: 503, code };
}
