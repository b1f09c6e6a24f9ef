import { isDeepStrictEqual } from 'node:util';
import { isoTime } from '../../clock.ts';
import type { DocumentError } from '../../errors.ts';
import type { Exception } from '../../ledger/exception.ts';
import { type InvoiceRecord, invoiceRecords } from '../../ledger/invoices.ts';
import { type PaymentRecord, paymentRecords } from '../../ledger/payments.ts';
import { type RecordType, readRecord, updateRecord, without } from '../../ledger/record.ts';
import { type DocumentName, tell } from '../../ledger/timeline.ts';
import type { Connector } from '../doors.ts';

/** The code of what stands on a document whose message went to the dead letters. */
export const connectorFailed = 'CONNECTOR_FAILED';

/** Puts an open exception on the invoice's record; the same reason again keeps its first date. */
export async function raiseOnInvoice(
  connector: Connector,
  id: string,
  error: DocumentError,
  done: NonNullable<InvoiceRecord['done']>,
): Promise<void> {
  await updateRecord(connector, invoiceRecords, id, (current) => {
    if (current === undefined) return undefined;
    const exception = exceptionOf(connector, error, current.exception);
    const attempt = Math.max(current.attempt, done.attempt);
    return {
      ...without(current, 'skipped'),
      state: 'exception' as const,
      reason: error.message,
      attempt,
      done,
      exception,
    };
  });
  await announce(connector, { kind: 'invoice', id }, error);
}

/** What an exception that comes from elsewhere leaves as dealt with. */
export function doneOf({ done, seenVersion, attempt }: InvoiceRecord): NonNullable<InvoiceRecord['done']> {
  return done ?? { version: seenVersion, attempt };
}

/** Puts an open exception on the payment's record. */
export async function raiseOnPayment(
  connector: Connector,
  id: string,
  error: DocumentError,
  seen: Partial<PaymentRecord> = {},
): Promise<void> {
  await updateRecord(connector, paymentRecords, id, (current) =>
    current === undefined
      ? undefined
      : {
          ...without(current, 'skipped'),
          ...seen,
          state: 'exception' as const,
          reason: error.message,
          exception: exceptionOf(connector, error, current.exception),
        },
  );
  await announce(connector, { kind: 'payment', id }, error);
}

interface WithException {
  readonly exception?: Exception;
}

/** Puts an open exception on any other record; one that says the same already just gets both sides' newest values. */
export async function raiseOn<R extends WithException>(
  connector: Connector,
  type: RecordType<R>,
  document: DocumentName,
  error: DocumentError,
): Promise<void> {
  const before = await readRecord(connector.table, type, document.id);
  const saysTheSame = before?.exception?.what === error.message && before.exception.code === error.code;
  await updateRecord(connector, type, document.id, (current) => {
    if (current === undefined) return undefined;
    const exception = exceptionOf(connector, error, current.exception);
    return isDeepStrictEqual(exception, current.exception) ? undefined : { ...current, exception };
  });
  if (!saysTheSame) await announce(connector, document, error);
}

/** Closes the exception of such a record, where it has one. */
export async function clearOn<R extends WithException>(
  connector: Connector,
  type: RecordType<R>,
  document: DocumentName,
): Promise<void> {
  const before = await readRecord(connector.table, type, document.id);
  if (before?.exception === undefined) return;
  await updateRecord(connector, type, document.id, (current) =>
    current?.exception === undefined ? undefined : without(current, 'exception'),
  );
  await tell(connector, document, `Exception ${before.exception.code} is cleared.`);
}

/** The exception that an error becomes. */
export function exceptionOf(
  { clock }: Connector,
  error: DocumentError,
  before: Exception | undefined,
): Exception {
  const { code, message, nextStep, sapValues, billValues } = error;
  const raisedAt = before?.code === code ? before.raisedAt : isoTime(clock.now());
  return { code, what: message, nextStep, sapValues, billValues, raisedAt };
}

async function announce(connector: Connector, document: DocumentName, error: DocumentError): Promise<void> {
  connector.observe.log('warn', 'exception-raised', {
    document: `${document.kind} ${document.id}`,
    code: error.code,
  });
  connector.observe.count('ExceptionsRaised');
  await tell(connector, document, `Exception ${error.code}: ${error.message} Next step: ${error.nextStep}`);
}
