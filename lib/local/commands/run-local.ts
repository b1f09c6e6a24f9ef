import { type Clock, systemClock } from '../../clock.ts';
import type { ConnectorConfig } from '../../config/connector-config.ts';
import { addPage } from '../page/add-page.ts';
import { consoleObserve } from '../run/console-observe.ts';
import type { PollName } from '../run/polls.ts';
import { runOnce } from '../run/run-once.ts';
import { type LocalConnector, type LocalOptions, startLocal } from '../run/start-local.ts';
import { openWireFile } from '../run/wire-file.ts';
import { readLedgerSide } from '../summary/ledger-side.ts';
import { summarize, type Witness } from '../summary/summarize.ts';
import { agrees } from '../summary/summary.ts';
import { summaryText } from '../summary/summary-text.ts';
import { stopSignal, untilRaised } from './until-stopped.ts';

export interface RunLocalOptions extends Omit<LocalOptions, 'observe' | 'wire' | 'onSecurityKey' | 'routes'> {
  readonly once: boolean;
  readonly json: boolean;
  /** File of the recording. */
  readonly wiretap?: string | undefined;
  readonly pollEveryMs: number;
  /** What the simulators know, where they run in this process. */
  readonly witness?: () => Witness;
  /** Told the addresses once everything runs. */
  readonly onStarted: (local: LocalConnector) => void;
}

/** Runs the connector to its end (`--once`) or until it is stopped; gives back the exit code. */
export async function runLocal(options: RunLocalOptions): Promise<number> {
  const stop = stopSignal();
  const wire = options.wiretap === undefined ? undefined : openWireFile(options.wiretap);
  const toStderr = (line: string) => void process.stderr.write(line);
  try {
    const local = await startLocal({
      ...options,
      observe: consoleObserve(toStderr, systemClock, options.once ? 'error' : 'info'),
      wire: wire?.write,
      onSecurityKey: tellSecurityKey,
      routes: addPage,
    });
    try {
      options.onStarted(local);
      return options.once
        ? await toTheEnd(local, options, systemClock, stop)
        : await untilStopped(local, options, stop);
    } finally {
      await local.stop();
    }
  } finally {
    wire?.close();
  }
}

async function toTheEnd(
  local: LocalConnector,
  options: RunLocalOptions,
  clock: Clock,
  signal: AbortSignal,
): Promise<number> {
  const visibilityLagMs = longestLagMs(options.config);
  if (!(await runOnce(local, { clock, visibilityLagMs, signal }))) {
    process.stderr.write('Stopped before the end.\n');
    return 1;
  }
  await local.tieOut();
  const summary = summarize(await readLedgerSide(local.doors.table, clock), options.witness?.());
  process.stdout.write(options.json ? `${JSON.stringify(summary, null, 2)}\n` : summaryText(summary));
  return agrees(summary) ? 0 : 1;
}

async function untilStopped(
  local: LocalConnector,
  { config, pollEveryMs }: RunLocalOptions,
  signal: AbortSignal,
): Promise<number> {
  local.startPolling(cadence(config, pollEveryMs));
  await untilRaised(signal);
  process.stderr.write('Finishing what is in flight …\n');
  return 0;
}

/** Kept-back invoices are looked at so much less often than changed ones, as the configuration says. */
function cadence(
  { polling, payments, reference, vendors }: ConnectorConfig,
  pollEveryMs: number,
): Record<PollName, number> {
  const slower = (minutes: number) => Math.max(pollEveryMs, (pollEveryMs * minutes) / polling.everyMinutes);
  return {
    'find-invoices': pollEveryMs,
    'recheck-invoices': slower(polling.recheckEveryMinutes),
    'watch-invoices': slower(payments.watchEveryMinutes),
    'watch-payments': slower(payments.watchEveryMinutes),
    'find-suppliers': pollEveryMs,
    'compare-suppliers': vendors.compareEveryHours * 3_600_000,
    'find-payments': pollEveryMs,
    'read-reference-data': reference.everyMinutes * 60_000,
    'follow-up': (pollEveryMs * polling.followUpEveryMinutes) / polling.everyMinutes,
    'find-vendors': pollEveryMs,
  };
}

function longestLagMs({ bill, sap }: ConnectorConfig): number {
  return 1000 * Math.max(bill.visibilityLagSeconds, sap.visibilityLagSeconds);
}

/** BILL shows the key once, so it has to go to whoever runs this, and nowhere else. */
function tellSecurityKey(key: string): void {
  process.stderr.write(
    `BILL has a new webhook subscription. Write its key into the secrets file as "webhookSecurityKey":\n${key}\n`,
  );
}
