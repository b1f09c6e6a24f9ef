import type { BillGateway } from '../../bill/bill.ts';
import { createBill } from '../../bill/create-bill.ts';
import { systemClock } from '../../clock.ts';
import type { ConnectorConfig } from '../../config/connector-config.ts';
import type { Secrets } from '../../config/secrets.ts';
import { ConfigurationError } from '../../errors.ts';
import { gotHttp } from '../../http/got-http.ts';
import { createMemoryTable } from '../../ledger/memory-table.ts';
import type { Table } from '../../ledger/table.ts';
import type { Observe } from '../../observe/observe.ts';
import { systemRandom } from '../../random.ts';
import { createSap } from '../../sap/create-sap.ts';
import type { Sap } from '../../sap/sap.ts';
import { fileStore, type SecretStore, secretsFrom, stackStore } from './secret-store.ts';
import { type StackPlace, withStack } from './stack.ts';

/** What somebody who sets up a connection works with. */
export interface SetUp {
  readonly store: SecretStore;
  readonly sap: Sap;
  readonly bill: BillGateway;
  /** Where the deployed stack takes BILL's notifications. */
  readonly webhookUrl?: string;
}

export interface SetUpPlace extends Partial<StackPlace> {
  /** A file `{"sap": …, "bill": …}`. */
  readonly secrets?: string | undefined;
}

const silent: Observe = { log: () => undefined, count: () => undefined };

/** The configuration's default, where no configuration is at hand. */
const usualCallsPerHour = 18_000;

/**
 * Does `work` with the secrets of a file or of a deployed stack. With a stack, BILL is called through the gate in
 * the stack's own ledger, so that its functions and the command line never exceed BILL's limits together.
 * Throws ConfigurationError `SECRETS_MISSING`, and what `withStack` throws.
 */
export async function withSetUp<T>(
  { secrets, stack, region }: SetUpPlace,
  config: ConnectorConfig | undefined,
  work: (setUp: SetUp) => Promise<T>,
): Promise<T> {
  if (stack !== undefined) {
    return withStack({ stack, region }, (deployed) => {
      const { table, webhookUrl } = deployed;
      return work({ ...clients(stackStore(deployed), table, config), webhookUrl });
    });
  }
  if (secrets !== undefined) return work(clients(fileStore(secrets), createMemoryTable(), config));
  throw new ConfigurationError({
    code: 'SECRETS_MISSING',
    message: 'This command needs the credentials.',
    nextStep: 'Give the file with --secrets, or the name of a deployed stack with --stack.',
  });
}

function clients(store: SecretStore, table: Table, config: ConnectorConfig | undefined) {
  const secrets: Secrets = secretsFrom(store);
  const doors = { secrets, http: gotHttp(), clock: systemClock, random: systemRandom, observe: silent };
  const callsPerHour = config?.bill.callsPerHour ?? usualCallsPerHour;
  return { store, sap: createSap(doors), bill: createBill({ ...doors, table, callsPerHour }) };
}
