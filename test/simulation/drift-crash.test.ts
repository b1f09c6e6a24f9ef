import { describe, expect, it } from 'vitest';
import { listExceptions, resolveException } from '../../lib/journeys/exceptions/clear-exceptions.ts';
import type { Keep } from '../../lib/ledger/drifts.ts';
import { type InvoiceRecord, invoiceId } from '../../lib/ledger/invoices.ts';
import { bodyOf } from '../../lib/ledger/record.ts';
import { seededRandom } from '../../lib/random.ts';
import { DriftCase, handOver } from './drift-case.ts';
import { crashAt, type Fate } from './faults.ts';
import { brokenInvariants } from './invariants.ts';
import type { Snapshot, World } from './world.ts';

const slowPolls = ['watchInvoices', 'watchPayments'] as const;

interface Walk {
  readonly name: string;
  /** What people do in SAP or BILL. */
  readonly happens: (found: DriftCase) => void;
  /** What a person decides then; without it, the walk goes through the raising. */
  readonly keep?: Keep;
}

const editing = (found: DriftCase) => found.office.editBill(found.bill().id, { dueDate: '2027-01-31' });
const walks: readonly Walk[] = [
  { name: 'an edit in BILL is seen and raised', happens: editing },
  { name: 'an edited bill is written back', happens: editing, keep: 'sap' },
  { name: 'an edited bill is accepted', happens: editing, keep: 'bill' },
  {
    name: 'an archived bill is restored',
    happens: (found) => found.office.archiveBill(found.bill().id),
    keep: 'sap',
  },
  {
    name: 'an archived bill is left to SAP',
    happens: (found) => found.office.archiveBill(found.bill().id),
    keep: 'bill',
  },
  {
    name: 'a denied bill is archived and left to SAP',
    happens: (found) => found.office.denyBill(found.bill().id),
    keep: 'bill',
  },
  {
    name: 'the bill of a blocked invoice is archived',
    happens: (found) => found.world.sap.tenant.setFiBlock(found.key(), 'A'),
    keep: 'sap',
  },
];

describe('the connector is killed before and after every single I/O call while', () => {
  it.each(walks.map((walk) => [walk.name, walk] as const))(
    '%s',
    async (_, walk) => {
      const start = await stateBefore(walk);
      const rehearsed = await play(walk, start);
      const end = await endOf(rehearsed);
      const places = rehearsed.points.flatMap((_, index) => [`${index + 1} before`, `${index + 1} after`]);
      const broken: string[] = [];
      for (const place of places) {
        const world = await play(walk, start, crashAt(new Set([place])));
        const found = await brokenInvariants(world);
        if ((await endOf(world)) !== end) found.push('it ended otherwise than without faults');
        const at = rehearsed.points[Number(place.split(' ')[0]) - 1];
        broken.push(...found.map((each) => `killed ${place} (${at}): ${each}`));
      }
      expect(broken).toEqual([]);
    },
    300_000,
  );
});

/** Where a decision is walked through, the difference has been raised already. */
async function stateBefore({ happens, keep }: Walk): Promise<Snapshot> {
  const before = await handOver();
  if (keep === undefined) return before;
  const found = new DriftCase(before);
  happens(found);
  await found.settle({ slowPolls });
  expect(await found.exception()).toBeDefined();
  return found.world.snapshot();
}

async function play({ happens, keep }: Walk, from: Snapshot, fate?: Fate): Promise<World> {
  const found = new DriftCase(from, { patience: 1, ...(fate === undefined ? {} : { fate }) });
  const { world } = found;
  if (keep === undefined) happens(found);
  else {
    const { table, queues, clock } = world;
    const id = invoiceId(found.key());
    await resolveException({ table, queues, clock, random: seededRandom(7) }, id, keep, 'Ada', 'as agreed');
  }
  await found.settle();
  return world;
}

/** Bills and invoices by what they say, without ids and times, and what needs a person. */
async function endOf(world: World): Promise<string> {
  const records = (await world.table.queryIndex('kind', 'invoice')).items.flatMap(
    (item) => bodyOf<InvoiceRecord>(item) ?? [],
  );
  return JSON.stringify({
    bills: Object.values(world.bill.books.bills).map(({ invoiceNumber, dueDate, archived }) => [
      invoiceNumber,
      dueDate,
      archived,
    ]),
    invoices: records
      .map(({ key, state, bills = [], drifts = [] }) => [
        invoiceId(key),
        state,
        bills.map(({ archived, leftToSap, stands }) => [archived, leftToSap?.why, stands?.dueDate]),
        drifts.map(({ kind, decision }) => [kind, decision?.keep]),
      ])
      .sort(),
    exceptions: (await listExceptions(world)).map(({ id, code }) => `${id} ${code}`).sort(),
  });
}
