import type { Clock } from '../../clock.ts';
import type { BillSecret, SapSecret } from '../../config/secrets.ts';
import { ConfigurationError } from '../../errors.ts';
import { seededRandom } from '../../random.ts';
import { type BillSimulator, createBillSimulator } from '../bill-simulator/create-bill-simulator.ts';
import type { Deliver } from '../bill-simulator/notifications.ts';
import { createSapSimulator, type SapSimulator } from '../sap-simulator/create-sap-simulator.ts';
import { acts } from './acts.ts';
import { openBill, openSap } from './opening.ts';
import { type PlantedException, plantedExceptions } from './planted.ts';
import { createStory, type Story } from './story.ts';
import type { Ports, WorldFile } from './world-file.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly clock: Clock;
  readonly file: WorldFile;
  readonly deliver: Deliver;
  /** Where BILL's notifications go until the connector says otherwise. */
  readonly notificationUrl: string;
  /** At least so long from act to act, in milliseconds. */
  readonly paceMs: number;
  /** Told the title of each act that was played. */
  readonly onAct?: (title: string) => void;
}

/** Both systems of the firm, and what happens in them. */
export interface World {
  readonly sap: SapSimulator;
  readonly bill: BillSimulator;
  readonly story: Story;
  /** Exceptions that the acts so far have planted. */
  planted(): PlantedException[];
  /** 0 until they are served. */
  readonly ports: Ports;
  /** Saves the world, whole. */
  save(): void;
}

/**
 * Opens the firm's world, a new one or as the file has it. It moves on by one act with every poll of the connector,
 * and is saved, whole, before anybody learns of a change in it.
 * Throws ConfigurationError `STATE_OF_ANOTHER_SEED`.
 */
export function openWorld(options: WorldOptions): World {
  const { seed, clock, file, deliver, paceMs } = options;
  const saved = file.load();
  if (saved !== undefined && saved.seed !== seed) throw anotherSeed(saved.seed, seed);
  const progress = saved?.progress ?? { played: 0, lastPlayedAt: 0 };
  const names = saved?.names ?? {};
  const ports = saved?.ports ?? { sap: 0, bill: 0 };
  let isComplete = false;
  const save = () => {
    if (isComplete) file.save({ seed, progress, names, ports, sap: sap.books, bill: bill.books });
  };
  const goOn = () => {
    isComplete = false;
    const title = story.goOn();
    isComplete = true;
    if (title === undefined) return;
    save();
    options.onAct?.(title);
  };
  const sap = createSapSimulator({
    clock,
    random: seededRandom(seed),
    beforeInvoicePoll: goOn,
    onChange: save,
    ...(saved && { books: saved.sap }),
  });
  const bill = createBillSimulator({
    clock,
    random: seededRandom(seed),
    beforePaymentPoll: goOn,
    onChange: save,
    deliver,
    ...(saved && { books: saved.bill }),
  });
  const stage = { sap, bill, names };
  const story = createStory({ acts, stage, progress, clock, paceMs });
  const planted = () => {
    const played = acts.slice(0, progress.played);
    return plantedExceptions(
      stage,
      played.flatMap(({ raises = [] }) => raises),
    );
  };
  if (saved === undefined) {
    openSap(sap);
    openBill(bill, options.notificationUrl);
  }
  isComplete = true;
  save();
  return { sap, bill, story, planted, ports, save };
}

/** The secrets that fit the world at these origins. */
export function secretsOf(
  { sap, bill }: Pick<World, 'sap' | 'bill'>,
  origins: { sap: string; bill: string },
): { sap: SapSecret; bill: BillSecret } {
  return { sap: sap.secret(origins.sap), bill: bill.secret(origins.bill) };
}

function anotherSeed(saved: number, wanted: number): ConfigurationError {
  return new ConfigurationError({
    code: 'STATE_OF_ANOTHER_SEED',
    message: `The state directory holds the world of seed ${saved}, not of seed ${wanted}.`,
    nextStep: `Go on with --seed ${saved}, or name another directory with --state.`,
  });
}
