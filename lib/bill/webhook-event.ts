import * as z from 'zod';
import type { BillEvent, FailedPayment } from '../rules/bill-documents.ts';
import { parseJson } from './json.ts';

/** A notification that nobody can read; it changes nothing (I7). */
export class EventShapeError extends Error {
  readonly code: 'NOT_JSON' | 'OTHER_SHAPE';

  constructor(code: 'NOT_JSON' | 'OTHER_SHAPE', message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'EventShapeError';
    this.code = code;
  }
}

const text = z.exactOptional(z.string().min(1));

/** BILL dossier §9.5. The object stands under a name that the event's type begins with. */
const notification = z.looseObject({
  metadata: z.object({
    eventId: z.string().min(1),
    eventType: z.string().min(1),
    organizationId: text,
  }),
});

const object = z.object({
  id: text,
  vendorId: text,
  vendor: z.exactOptional(z.object({ id: text })),
  updatedTime: text,
});

/** `payment.failed`: the payment's bills and number, and the reasons beside it (BILL dossier §9.5). */
const failure = z.object({
  payment: z.object({
    transactionNumber: text,
    bills: z.array(z.object({ id: z.string().min(1) })).default([]),
  }),
  errors: z.array(z.object({ code: text, message: text })).default([]),
});

/**
 * Reads a notification whose signature has been verified before. Only ids and times are taken from it: it
 * triggers a read of the object and is not believed further (BILL dossier §9.4). Throws EventShapeError.
 */
export function parseEvent(rawBody: Uint8Array): BillEvent {
  const parsed = notification.safeParse(jsonOf(rawBody));
  if (!parsed.success) throw otherShape(parsed.error);
  const { metadata, ...rest } = parsed.data;
  const family = metadata.eventType.slice(0, metadata.eventType.lastIndexOf('.'));
  const about = object.safeParse(rest[family] ?? {});
  if (!about.success) throw otherShape(about.error);
  const { id, vendorId, vendor, updatedTime } = about.data;
  const ofVendor = vendorId ?? vendor?.id ?? (family === 'vendor' ? id : undefined);
  return {
    ...metadata,
    ...(id && { objectId: id }),
    ...(ofVendor && { vendorId: ofVendor }),
    ...(updatedTime && { updatedTime }),
    ...(metadata.eventType === 'payment.failed' && { failedPayment: failedPayment(rest) }),
  };
}

function failedPayment(content: unknown): FailedPayment {
  const parsed = failure.safeParse(content);
  if (!parsed.success) throw otherShape(parsed.error);
  const { payment, errors } = parsed.data;
  const { transactionNumber, bills } = payment;
  return { ...(transactionNumber && { transactionNumber }), billIds: bills.map(({ id }) => id), errors };
}

function jsonOf(rawBody: Uint8Array): unknown {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch (cause) {
    throw new EventShapeError('NOT_JSON', 'The notification is no JSON.', cause);
  }
}

function otherShape(cause: unknown): EventShapeError {
  return new EventShapeError('OTHER_SHAPE', "The notification has another shape than BILL's events.", cause);
}
