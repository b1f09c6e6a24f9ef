import type { DocumentError } from '../../errors.ts';
import { connectionRecords } from '../../ledger/connection.ts';
import { readRecord, updateRecord, without } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import type { Connector } from '../doors.ts';
import { exceptionOf } from './raise.ts';

/** Puts an open exception on a part of the connection; the same reason again changes nothing. */
export async function raiseOnConnection(
  connector: Connector,
  name: string,
  error: DocumentError,
): Promise<void> {
  await updateRecord(connector, connectionRecords, name, (current) =>
    current?.exception?.code === error.code && current.exception.what === error.message
      ? undefined
      : { name, exception: exceptionOf(connector, error, current?.exception) },
  );
}

/** Clears it, where there is one. */
export async function clearConnection(connector: Connector, name: string, why: string): Promise<void> {
  const record = await readRecord(connector.table, connectionRecords, name);
  if (record?.exception === undefined) return;
  await updateRecord(connector, connectionRecords, name, (current) =>
    current === undefined ? undefined : without(current, 'exception'),
  );
  await tell(connector, { kind: 'connection', id: name }, why);
}
