import { isoTime } from '../../clock.ts';
import { CredentialsError, DocumentError } from '../../errors.ts';
import type { ReferencePart, ReferenceReading } from '../../ledger/reference-data.ts';
import { referenceParts } from '../../ledger/reference-data.ts';
import type { ClassificationKind, GlAccount } from '../../rules/reference-data.ts';
import type { Connector } from '../doors.ts';
import { clearConnection, raiseOnConnection } from '../exceptions/connection-exceptions.ts';
import type { PollReport } from '../use-cases.ts';
import { chartOfAccounts } from './chart-of-accounts.ts';
import { classificationParts } from './reference-data.ts';
import { entriesOf, keepEntries, noteReading, readHead } from './reference-store.ts';

/** Deletions, and texts, whose changes move no stamp of the account, are seen by a full look at least this often. */
const fullEveryMs = 24 * 60 * 60_000;
/** Asked about a list that the organization does not use, BILL refuses; it is asked again no sooner than this. */
const askAgainAfterMs = 24 * 60 * 60_000;
/** What somebody has just mended is looked at again, but not more often than this. */
const readAgainAfterMs = 60_000;

/**
 * On a schedule: reads accounts, cost centers, profit centers and company codes from SAP, chart of accounts,
 * departments, locations and accounting classes from BILL, and keeps them. Nothing is ever written to them. A
 * service of SAP that is in no communication arrangement is left out, and stands as an open exception.
 */
export async function readReferenceData(connector: Connector): Promise<PollReport> {
  const { everyMinutes } = connector.config.reference;
  // A schedule is never on the dot: half of its interval counts as done.
  const oldMs = (everyMinutes * 60_000) / 2;
  await readParts(connector, await partsOlderThan(connector, oldMs));
  await chartOfAccounts(connector, oldMs);
  return { found: 0, queued: 0 };
}

/**
 * Reads again, at once, what was not read within the last minute; true when there was anything. What was never read
 * is left to the schedule, unless bills cannot be coded without it.
 */
export async function refreshReferenceData(connector: Connector): Promise<boolean> {
  const head = await readHead(connector);
  const isNeeded = connector.config.costCenters !== undefined;
  const parts = (await partsOlderThan(connector, readAgainAfterMs)).filter((part) => {
    const reading = head[part];
    return reading === undefined ? isNeeded : reading.state === 'kept';
  });
  await readParts(connector, parts);
  return parts.length > 0;
}

async function partsOlderThan(connector: Connector, ageMs: number): Promise<ReferencePart[]> {
  const head = await readHead(connector);
  const now = connector.clock.now();
  return referenceParts.filter((part) => {
    const reading = head[part];
    if (reading === undefined) return true;
    const age = now - Date.parse(reading.readAt);
    return age >= (reading.state === 'not-used' ? Math.max(ageMs, askAgainAfterMs) : ageMs);
  });
}

async function readParts(connector: Connector, parts: readonly ReferencePart[]): Promise<void> {
  if (parts.length === 0) return;
  const refused: CredentialsError[] = [];
  for (const part of parts) {
    if (part in billKinds) continue;
    try {
      await readSapPart(connector, part);
    } catch (error) {
      if (!isWithoutArrangement(error)) throw error;
      refused.push(error);
      await noteState(connector, part, 'refused');
    }
  }
  await readBillParts(
    connector,
    parts.filter((part) => part in billKinds),
  );
  await tellRefused(connector, refused);
}

const billKinds: Partial<Record<ReferencePart, ClassificationKind>> = Object.fromEntries(
  Object.entries(classificationParts).map(([kind, part]) => [part, kind]),
);

async function readSapPart(connector: Connector, part: ReferencePart): Promise<void> {
  const { sap, config, clock } = connector;
  const codes = config.companyCodes.map((each) => each.companyCode);
  const readAt = isoTime(clock.now());
  const full = { readAt, fullAt: readAt };
  if (part === 'company-codes') await keepEntries(connector, part, await sap.companyCodes(codes), full);
  if (part === 'cost-centers') await keepEntries(connector, part, await sap.costCenters(codes), full);
  if (part === 'profit-centers') await keepEntries(connector, part, await sap.profitCenters(), full);
  if (part === 'gl-accounts') await readGlAccounts(connector, readAt);
}

/** The accounts of the company codes' charts: all of them once a day, else what has changed since. */
async function readGlAccounts(connector: Connector, readAt: string): Promise<void> {
  const head = await readHead(connector);
  const companies = head['company-codes'];
  if (companies?.state !== 'kept') return;
  const charts = (await entriesOf(connector, 'company-codes', companies)) as { chartOfAccounts: string }[];
  const names = [...new Set(charts.map(({ chartOfAccounts }) => chartOfAccounts))];
  if (names.length === 0) return;
  const before = head['gl-accounts'];
  const isFull =
    before?.state !== 'kept' ||
    before.changedAt === undefined ||
    Date.parse(readAt) - Date.parse(before.fullAt) >= fullEveryMs;
  if (isFull) {
    const accounts = await connector.sap.glAccounts(names);
    return keepEntries(connector, 'gl-accounts', accounts, { readAt, fullAt: readAt, ...greatest(accounts) });
  }
  await readChangedAccounts(connector, names, before, readAt);
}

async function readChangedAccounts(
  connector: Connector,
  charts: readonly string[],
  before: ReferenceReading,
  readAt: string,
): Promise<void> {
  const overlapMs = connector.config.polling.overlapMinutes * 60_000;
  const since = isoTime(Date.parse(before.changedAt ?? before.fullAt) - overlapMs);
  const changed = await connector.sap.glAccounts(charts, since);
  const known = (await entriesOf(connector, 'gl-accounts', before)) as readonly GlAccount[];
  const merged = new Map([...known, ...changed].map((each) => [nameOf(each), each]));
  const isNew = changed.some((each) => {
    const old = known.find((other) => nameOf(other) === nameOf(each));
    return JSON.stringify(old) !== JSON.stringify(each);
  });
  if (!isNew) return noteReading(connector, 'gl-accounts', (reading) => ({ ...(reading ?? before), readAt }));
  await keepEntries(connector, 'gl-accounts', [...merged.values()], {
    readAt,
    fullAt: before.fullAt,
    ...greatest([...merged.values()]),
  });
}

function nameOf({ chartOfAccounts, glAccount }: GlAccount): string {
  return `${chartOfAccounts}/${glAccount}`;
}

function greatest(accounts: readonly GlAccount[]): { changedAt?: string } {
  const stamps = accounts.flatMap(({ changedAt }) => (changedAt === undefined ? [] : [changedAt]));
  const last = stamps.sort((left, right) => Date.parse(left) - Date.parse(right)).at(-1);
  return last === undefined ? {} : { changedAt: isoTime(Date.parse(last)) };
}

/** BILL's lists under one lease. */
async function readBillParts(connector: Connector, parts: readonly ReferencePart[]): Promise<void> {
  if (parts.length === 0) return;
  await connector.bill.withLease('set-up', async (calls) => {
    for (const part of parts) {
      const kind = billKinds[part];
      if (kind === undefined) continue;
      const readAt = isoTime(connector.clock.now());
      const entries = await calls.classifications(kind);
      if (entries === undefined) await noteState(connector, part, 'not-used');
      else await keepEntries(connector, part, entries, { readAt, fullAt: readAt });
    }
  });
}

async function noteState(
  connector: Connector,
  part: ReferencePart,
  state: 'not-used' | 'refused',
): Promise<void> {
  const now = isoTime(connector.clock.now());
  await noteReading(connector, part, (before) => ({
    slot: before?.slot ?? 'a',
    pages: 0,
    entries: 0,
    readAt: now,
    fullAt: now,
    contentAt: now,
    state,
  }));
}

function isWithoutArrangement(error: unknown): error is CredentialsError {
  const codes = ['SAP_NOT_AUTHORIZED', 'SAP_SERVICE_NOT_FOUND'];
  return error instanceof CredentialsError && codes.includes(error.code);
}

async function tellRefused(connector: Connector, refused: readonly CredentialsError[]): Promise<void> {
  const head = await readHead(connector);
  if (Object.values(head).every(({ state }) => state !== 'refused')) {
    return clearConnection(connector, 'sap-reference-data', 'All reference data of SAP can be read.');
  }
  if (refused.length === 0) return;
  await raiseOnConnection(
    connector,
    'sap-reference-data',
    new DocumentError({
      code: 'REFERENCE_DATA_NOT_READABLE',
      message: `${refused.map(({ message }) => message).join(' ')} Invoices go on; blocked accounts and expired cost centers are then seen only when SAP refuses a posting.`,
      nextStep: [...new Set(refused.map(({ nextStep }) => nextStep))].join(' '),
    }),
  );
}
