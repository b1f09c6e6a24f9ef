import {
  listExceptions,
  resolveException,
  retryException,
  skipException,
} from '../../lib/journeys/exceptions/clear-exceptions.ts';
import type { Keep } from '../../lib/ledger/drifts.ts';
import { type InvoiceRecord, invoiceId, invoiceRecords } from '../../lib/ledger/invoices.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { timeline } from '../../lib/ledger/timeline.ts';
import { seededRandom } from '../../lib/random.ts';
import { newCast, story } from './story.ts';
import { type Snapshot, World, type WorldOptions } from './world.ts';

const cast = newCast();

/** KC-1 over 108.33 (66.67, 33.33 and tax) and KC-2 over 250.00 are in BILL, unpaid, and both lists were polled. */
export async function handOver(options: WorldOptions = {}): Promise<Snapshot> {
  const world = new World({ vendors: true, ...options });
  for (const act of story.slice(0, 2)) {
    await act.play(world, cast);
    world.clock.pass(60_000);
    await world.settleDown();
  }
  return world.snapshot();
}

/** One world in which people do something to KC-1 or KC-2. */
export class DriftCase {
  readonly world: World;
  constructor(from: Snapshot, options: WorldOptions = {}) {
    this.world = new World({ vendors: true, ...options, from });
  }

  get office() {
    return this.world.bill.office;
  }

  key(name = 'first') {
    const key = cast.invoices[name];
    if (key === undefined) throw new Error(`Invoice ${name} was not posted.`);
    return key;
  }

  id(name = 'first'): string {
    return invoiceId(this.key(name));
  }

  bill(number = 'KC-1') {
    const found = Object.values(this.world.bill.books.bills).find((each) => each.invoiceNumber === number);
    if (found === undefined) throw new Error(`Bill ${number} is not in BILL.`);
    return found;
  }

  /** A minute passes, then everything is polled and worked off. */
  async settle(slowPolls: Parameters<World['settleDown']>[0] = {}): Promise<void> {
    this.world.clock.pass(60_000);
    await this.world.settleDown(slowPolls);
  }

  async record(name = 'first'): Promise<InvoiceRecord> {
    const record = await readRecord(this.world.table, invoiceRecords, this.id(name));
    if (record === undefined) throw new Error(`Invoice ${name} is not in the ledger.`);
    return record;
  }

  async exception(name = 'first') {
    return (await listExceptions(this.world)).find(({ id }) => id === this.id(name));
  }

  async resolve(keep: Keep, name = 'first'): Promise<void> {
    await resolveException(this.#store, this.id(name), keep, 'Ada Clerk', 'checked with the buyer');
    await this.settle();
  }

  async retry(name = 'first'): Promise<void> {
    await retryException(this.#store, this.id(name), 'Ada Clerk');
    await this.settle();
  }

  async skip(id = this.id()): Promise<void> {
    await skipException(this.#store, id, 'Ada Clerk', 'seen');
    await this.settle();
  }

  async told(name = 'first'): Promise<string[]> {
    return (await timeline(this.world.table, { kind: 'invoice', id: this.id(name) })).map(
      ({ text, by }) => `${by}: ${text}`,
    );
  }

  /** How often an exception was raised on the invoice. */
  async raised(code: string, name = 'first'): Promise<number> {
    return (await this.told(name)).filter((each) => each.includes(`Exception ${code}:`)).length;
  }

  get #store() {
    const { table, queues, clock } = this.world;
    return { table, queues, clock, random: seededRandom(clock.now()) };
  }
}
