import type { Clock } from '../../clock.ts';
import { ConfigurationError } from '../../errors.ts';
import { type LastPoll, type PollFailure, pollNames } from './polls.ts';
import type { LocalConnector } from './start-local.ts';
import { isAtRest } from './status.ts';

const lookAgainMs = 40;
/** Something was found that nobody here can do anything about: SAP takes its time. */
const whileSapWorksMs = 250;
const afterFailureMs = 2_000;
/** So long without a document found or a message done: nothing comes any more by itself. */
const longestStandstillMs = 10 * 60_000;

export interface RunOnceOptions {
  readonly clock: Clock;
  /** How long either side may hide something new from its lists, in milliseconds. */
  readonly visibilityLagMs: number;
  /** Ends the run early. */
  readonly signal: AbortSignal;
}

/**
 * Polls both sides and works off what they find, until two rounds in a row have found nothing; between them lies
 * the time for which SAP or BILL may hide something new. Resolves early, with false, on the signal.
 * Throws ConfigurationError with the code of a failed poll that needs a person, `STANDSTILL` when nothing has moved
 * for ten minutes.
 */
export async function runOnce(local: LocalConnector, options: RunOnceOptions): Promise<boolean> {
  const { clock, visibilityLagMs, signal } = options;
  const progress = watchProgress(local, clock);
  let idleRounds = 0;
  while (idleRounds < 2 && !signal.aborted) {
    const polls = await pollAll(local);
    const wasAtRest = isAtRest(await local.rest());
    const failures = polls.flatMap(({ failure }) => failure ?? []);
    const found = polls.reduce((sum, poll) => sum + poll.found, 0);
    refuseWhatNeedsAPerson(failures);
    if (found > 0) progress.moved();
    if (failures.length > 0) await clock.sleep(afterFailureMs);
    if (found > 0 && polls.every(({ queued }) => queued === 0)) await clock.sleep(whileSapWorksMs);
    await workOff(local, options, () => progress.check(failures));
    idleRounds = wasAtRest && found === 0 && failures.length === 0 ? idleRounds + 1 : 0;
    if (idleRounds === 1) await clock.sleep(visibilityLagMs);
    progress.check(failures);
  }
  return idleRounds === 2;
}

async function pollAll(local: LocalConnector): Promise<LastPoll[]> {
  const polls: LastPoll[] = [];
  for (const name of pollNames) polls.push(await local.poll(name));
  return polls;
}

async function workOff(
  local: LocalConnector,
  { clock, signal }: RunOnceOptions,
  check: () => void,
): Promise<void> {
  while (!signal.aborted && !isAtRest(await local.rest())) {
    check();
    await clock.sleep(lookAgainMs);
  }
}

function refuseWhatNeedsAPerson(failures: readonly PollFailure[]): void {
  const failure = failures.find(({ needsPerson }) => needsPerson);
  if (failure !== undefined) throw new ConfigurationError(failure);
}

function watchProgress(local: LocalConnector, clock: Clock) {
  let seen = local.messagesDone();
  let movedAt = clock.now();
  const moved = () => {
    movedAt = clock.now();
  };
  return {
    moved,
    check: (failures: readonly PollFailure[]) => {
      if (local.messagesDone() > seen) moved();
      seen = local.messagesDone();
      if (clock.now() - movedAt > longestStandstillMs) throw standstill(failures);
    },
  };
}

function standstill(failures: readonly PollFailure[]): ConfigurationError {
  const polls = failures.map(({ code, message }) => `${code}: ${message}`);
  const what = polls.length === 0 ? 'messages wait in the queues for SAP or BILL' : polls.join(' ');
  return new ConfigurationError({
    code: 'STANDSTILL',
    message: `Nothing has moved for ${longestStandstillMs / 60_000} minutes: ${what}.`,
    nextStep: 'See GET /api/status and the log for what waits. With the same --state the work goes on later.',
  });
}
