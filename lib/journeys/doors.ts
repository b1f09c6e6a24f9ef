import type { BillGateway } from '../bill/bill.ts';
import { createBill } from '../bill/create-bill.ts';
import type { Clock } from '../clock.ts';
import type { ConnectorConfig } from '../config/connector-config.ts';
import type { Secrets } from '../config/secrets.ts';
import type { Http } from '../http/http.ts';
import type { ReferenceMemory } from '../ledger/reference-data.ts';
import type { Table } from '../ledger/table.ts';
import type { Observe } from '../observe/observe.ts';
import type { Random } from '../random.ts';
import { createSap } from '../sap/create-sap.ts';
import type { Sap } from '../sap/sap.ts';
import type { Queues } from '../work/queue.ts';

/** Everything that leaves the process goes through one of these; time and randomness come in beside them. */
export interface Doors {
  readonly config: ConnectorConfig;
  readonly secrets: Secrets;
  readonly table: Table;
  readonly queues: Queues;
  readonly sapHttp: Http;
  readonly billHttp: Http;
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: Observe;
  /** Names this process in intents and leases; a new one with every start. */
  readonly holder: string;
  /** True where no other process works on the same ledger (one machine): another holder's intent is a dead one's. */
  readonly soleWorker?: boolean;
}

/** The doors with the clients of both sides built on them: what every journey works with. */
export interface Connector extends Doors {
  readonly sap: Sap;
  readonly bill: BillGateway;
  /** The reference data that this process has read already. */
  readonly referenceMemory: ReferenceMemory;
  /** Names one piece of work of this process: `holder/…`. */
  readonly worker: string;
}

export function createConnector(doors: Doors): Connector {
  const { config, secrets, table, clock, random, observe, holder } = doors;
  return {
    ...doors,
    worker: holder,
    referenceMemory: new Map(),
    sap: createSap({ secrets, http: doors.sapHttp, clock, random, observe }),
    bill: createBill({
      secrets,
      http: doors.billHttp,
      table,
      clock,
      random,
      observe,
      callsPerHour: config.bill.callsPerHour,
      holder,
    }),
  };
}

/** The same connector for one piece of work, so that two of them in one process do not take over each other's intents. */
export function forOneWork(connector: Connector): Connector {
  return { ...connector, worker: `${connector.holder}/${connector.random.uuid()}` };
}
