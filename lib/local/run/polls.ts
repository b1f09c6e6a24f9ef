import { type Clock, isoTime } from '../../clock.ts';
import { ConfigurationError, ConnectorError, CredentialsError } from '../../errors.ts';
import type { PollReport } from '../../journeys/use-cases.ts';

export const pollNames = [
  'read-reference-data',
  'find-invoices',
  'recheck-invoices',
  'watch-invoices',
  'find-suppliers',
  'compare-suppliers',
  'find-payments',
  'follow-up',
  'watch-payments',
  'find-vendors',
] as const;
export type PollName = (typeof pollNames)[number];

/** How the last poll of a kind ended. */
export interface LastPoll extends PollReport {
  /** ISO time of its end. */
  readonly at: string;
  readonly failure?: PollFailure;
}

/** Why a poll found nothing: an outage, a closed gate, refused credentials, a wrong configuration. */
export interface PollFailure {
  readonly code: string;
  readonly message: string;
  readonly nextStep: string;
  /** It does not pass by itself. */
  readonly needsPerson: boolean;
}

export interface Polls {
  /** Runs one poll and keeps how it ended; never throws. */
  run(name: PollName): Promise<LastPoll>;
  readonly last: Readonly<Partial<Record<PollName, LastPoll>>>;
  /** Documents that all polls since the start have found. */
  found(): number;
  /** Every poll has run, whatever it came to. */
  haveAllRun(): boolean;
  /** Every poll has run, and the last ones found nothing new. */
  foundNothing(): boolean;
}

export function createPolls(clock: Clock, poll: (name: PollName) => Promise<PollReport>): Polls {
  const last: Partial<Record<PollName, LastPoll>> = {};
  let foundInAll = 0;
  return {
    last,
    run: async (name) => {
      const ended = await outcomeOf(() => poll(name));
      const { failure, found = 0, queued = 0 } = ended;
      const outcome = { at: isoTime(clock.now()), found, queued, ...(failure && { failure }) };
      last[name] = outcome;
      foundInAll += found;
      return outcome;
    },
    found: () => foundInAll,
    haveAllRun: () => pollNames.every((name) => last[name] !== undefined),
    foundNothing: () =>
      pollNames.every((name) => last[name] !== undefined && !last[name].failure && last[name].found === 0),
  };
}

async function outcomeOf(
  poll: () => Promise<PollReport>,
): Promise<Partial<PollReport> & { failure?: PollFailure }> {
  try {
    return await poll();
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

function failureOf(error: unknown): PollFailure {
  if (error instanceof ConnectorError) {
    const { code, message, nextStep } = error;
    const needsPerson = error instanceof CredentialsError || error instanceof ConfigurationError;
    return { code, message, nextStep, needsPerson };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'UNEXPECTED', message, nextStep: 'Report this with the log.', needsPerson: true };
}
