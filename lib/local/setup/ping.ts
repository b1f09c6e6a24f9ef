import type { ConnectorConfig } from '../../config/connector-config.ts';
import { ConnectorError } from '../../errors.ts';
import type { Probe } from '../../probe.ts';
import { mapAccount } from '../../rules/mapping/account-mapping.ts';
import { webhookKeys } from './secret-store.ts';
import type { SetUp } from './set-up.ts';

/** Tries everything that the connector needs, each thing once, and changes nothing. */
export async function* ping(setUp: SetUp, config: ConnectorConfig | undefined): AsyncGenerator<Probe> {
  yield* await setUp.sap.probe();
  if (config?.attachments.send === true) yield await setUp.sap.probeAttachments();
  const bill = await setUp.bill.probe();
  yield* bill;
  yield await probeSecurityKey(setUp);
  if (config !== undefined && bill.every(({ ok, what }) => ok || what !== 'BILL login'))
    yield await probeAccounts(setUp, config);
}

async function probeSecurityKey({ store, webhookUrl }: SetUp): Promise<Probe> {
  const what = 'BILL webhook security key';
  try {
    const { webhookSecurityKey, webhookSecurityKeyPrevious } = await webhookKeys(store);
    const found = webhookSecurityKeyPrevious === undefined ? 'is there' : 'is there, and the one before it';
    if (webhookSecurityKey !== '') return { what, ok: true, found };
  } catch (error) {
    return failed(what, error);
  }
  const url = webhookUrl === undefined ? ' --url URL' : '';
  const fix = `Run "ml-connector webhook create${url} --store", which writes it there, or copy it from where it was kept.`;
  return { what, ok: false, found: `webhookSecurityKey in ${store.place} is empty`, fix };
}

/** The accounts that the configuration names are in BILL. */
async function probeAccounts({ bill }: SetUp, config: ConnectorConfig): Promise<Probe> {
  const what = 'Accounts of the configuration';
  try {
    const chart = await bill.withLease('set-up', (calls) => calls.chartOfAccounts());
    const accounts = config.accounts.map((each) => ('from' in each ? each.from : each.glAccount));
    const mapped = accounts.map((account) => mapAccount(account, config, chart));
    const problems = mapped.flatMap((each) => ('text' in each ? [each.text] : []));
    if (problems.length === 0) return { what, ok: true, found: `all ${mapped.length} are in BILL` };
    return { what, ok: false, found: problems.join('; '), fix: 'Correct "accounts" in the configuration.' };
  } catch (error) {
    return failed(what, error);
  }
}

function failed(what: string, error: unknown): Probe {
  if (!(error instanceof ConnectorError)) throw error;
  return { what, ok: false, found: error.message, fix: error.nextStep };
}
