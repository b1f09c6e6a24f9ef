import { isoTime } from '../clock.ts';
import type { DocumentError } from '../errors.ts';
import type { Exception } from '../ledger/exception.ts';
import { type InvoiceRecord, invoiceRecords } from '../ledger/invoices.ts';
import { type PaymentRecord, paymentRecords } from '../ledger/payments.ts';
import { updateRecord, without } from '../ledger/record.ts';
import { tell } from '../ledger/timeline.ts';
import type { Connector } from './doors.ts';

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
          ...current,
          ...seen,
          state: 'exception' as const,
          reason: error.message,
          exception: exceptionOf(connector, error, current.exception),
        },
  );
  await announce(connector, { kind: 'payment', id }, error);
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

async function announce(
  connector: Connector,
  document: { kind: 'invoice' | 'payment'; id: string },
  error: DocumentError,
): Promise<void> {
  connector.observe.log('warn', 'exception-raised', {
    document: `${document.kind} ${document.id}`,
    code: error.code,
  });
  connector.observe.count('ExceptionsRaised');
  await tell(connector, document, `Exception ${error.code}: ${error.message} Next step: ${error.nextStep}`);
}
