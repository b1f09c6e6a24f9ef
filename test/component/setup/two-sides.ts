import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../lib/clock.ts';
import type { BillSecret, SapSecret } from '../../../lib/config/secrets.ts';
import { createBillSimulator } from '../../../lib/local/bill-simulator/create-bill-simulator.ts';
import { serveBillSimulator } from '../../../lib/local/bill-simulator/serve.ts';
import { createSapSimulator } from '../../../lib/local/sap-simulator/create-sap-simulator.ts';
import { serveSapSimulator } from '../../../lib/local/sap-simulator/serve.ts';
import { seededRandom } from '../../../lib/random.ts';

export interface SecretsOfBoth {
  readonly sap: SapSecret;
  readonly bill: BillSecret;
}

/** A SAP and a BILL on loopback sockets, as somebody finds them who sets up the connection. */
export async function startTwoSides({ subscription = true } = {}) {
  const sap = createSapSimulator({ clock: systemClock, random: seededRandom(1) });
  const bill = createBillSimulator({
    clock: systemClock,
    random: seededRandom(2),
    ...(subscription && { subscription: { notificationUrl: 'https://hooks.example/webhooks/bill' } }),
  });
  bill.office.addChartOfAccount({ name: 'Office supplies', number: '61003000' });
  const servers = [await serveSapSimulator(sap, 0), await serveBillSimulator(bill, 0)] as const;
  const secrets: SecretsOfBoth = { sap: sap.secret(servers[0].url), bill: bill.secret(servers[1].url) };
  return {
    sap,
    bill,
    secrets,
    close: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

/** A file of secrets. */
export function secretsFile(secrets: object): { path: string; read(): SecretsOfBoth } {
  const path = join(mkdtempSync(join(tmpdir(), 'ml-connector-secrets-')), 'secrets.json');
  writeFileSync(path, JSON.stringify(secrets));
  return { path, read: () => JSON.parse(readFileSync(path, 'utf8')) as SecretsOfBoth };
}
