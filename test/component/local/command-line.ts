import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../lib/clock.ts';
import { createBillSimulator } from '../../../lib/local/bill-simulator/create-bill-simulator.ts';
import { createSapSimulator } from '../../../lib/local/sap-simulator/create-sap-simulator.ts';
import type { SavedWorld } from '../../../lib/local/scenario/world-file.ts';
import { systemRandom } from '../../../lib/random.ts';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** Resolves with what it says that fits, on stdout or stderr; throws when the process ends before. */
  says(pattern: RegExp): Promise<string>;
  readonly ended: Promise<Ended>;
}

/** `ml-connector …` in a process of its own. */
export function mlConnector(...args: readonly string[]): Running {
  const child = spawn(process.execPath, ['bin/ml-connector.ts', ...args], { stdio: 'pipe' });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      child.emit('said');
    });
  }
  const ended = once(child, 'close').then(([code, signal]): Ended => {
    child.emit('said');
    return { code, signal, ...said };
  });
  const says = async (pattern: RegExp) => {
    for (;;) {
      const found = pattern.exec(`${said.stdout}${said.stderr}`);
      if (found !== null) return found[1] ?? found[0];
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`Ended without ${pattern}:\n${said.stdout}${said.stderr}`);
      await once(child, 'said');
    }
  };
  return { process: child, says, ended };
}

const doors = { clock: systemClock, random: systemRandom };

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'ml-connector-'));
}

/** Everything in the saved world that must not be told: passwords, keys, sessions, tokens. */
export function secretsIn(stateDir: string): string[] {
  const { sap, bill } = savedWorld(stateDir);
  const { access } = sap;
  const { auth } = createSapSimulator({ ...doors, books: sap }).secret('http://127.0.0.1');
  return [
    ...('clientSecret' in auth ? [auth.clientSecret] : []),
    ...Object.keys(access.tokens),
    ...Object.values(access.sessions).flatMap(({ csrfToken, cookies }) => [
      csrfToken,
      ...Object.values(cookies),
    ]),
    ...bill.users.map(({ password }) => password),
    ...bill.developerKeys,
    ...Object.keys(bill.sessions),
    ...Object.values(bill.subscriptions).map(({ securityKey }) => securityKey),
  ];
}

function savedWorld(stateDir: string): SavedWorld {
  return JSON.parse(readFileSync(join(stateDir, 'world.json'), 'utf8')) as SavedWorld;
}

/** Both systems' books by business keys, as a process has left them in its state directory. */
export function booksIn(stateDir: string): { sap: unknown; bill: unknown } {
  const saved = savedWorld(stateDir);
  return asJson({
    sap: createSapSimulator({ ...doors, books: saved.sap }).canonical(),
    bill: createBillSimulator({ ...doors, books: saved.bill }).canonical(),
  });
}

/** As it looks after a way over the network. */
function asJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
