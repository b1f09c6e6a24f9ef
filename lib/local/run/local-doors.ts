import type { Clock } from '../../clock.ts';
import type { ConnectorConfig } from '../../config/connector-config.ts';
import type { Secrets } from '../../config/secrets.ts';
import { gotHttp } from '../../http/got-http.ts';
import type { Http } from '../../http/http.ts';
import { wiretap } from '../../http/wiretap.ts';
import type { Doors } from '../../journeys/doors.ts';
import { createDynamoTable } from '../../ledger/dynamo-table.ts';
import { freeAllLeases } from '../../ledger/gate-leases.ts';
import { endAnyRenewal } from '../../ledger/shared-session.ts';
import type { Observe } from '../../observe/observe.ts';
import type { Random } from '../../random.ts';
import { createSqsQueues } from '../../work/sqs-queues.ts';
import type { EmbeddedAws } from '../embedded/embedded-aws.ts';

export interface LocalDoorsOptions {
  readonly aws: EmbeddedAws;
  readonly config: ConnectorConfig;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: Observe;
  /** Takes one JSON line for each request to SAP and BILL. */
  readonly wire?: ((line: string) => void) | undefined;
  /** No other process works on this ledger. */
  readonly isAlone: boolean;
}

/** The same doors as in the cloud, on embedded servers. */
export function localDoors(options: LocalDoorsOptions): Doors {
  const { aws, config, secrets, clock, random, observe, wire, isAlone } = options;
  const http = (system: 'sap' | 'bill'): Http =>
    wire === undefined ? gotHttp() : wiretap(gotHttp(), system, wire, clock);
  return {
    config,
    secrets,
    table: createDynamoTable(aws.table),
    queues: createSqsQueues(aws.queues),
    sapHttp: http('sap'),
    billHttp: http('bill'),
    clock,
    random,
    observe,
    holder: random.uuid(),
    soleWorker: isAlone,
  };
}

/** Nobody waits for those who died: what they held in the gate to BILL is free again. */
export async function freeWhatTheDeadHold({ table, clock }: Pick<Doors, 'table' | 'clock'>): Promise<void> {
  await freeAllLeases({ table, clock });
  await endAnyRenewal({ table, clock });
}
