import { describe, expect, it } from 'vitest';
import { signTestEvent } from '../../lib/bill/webhook-signature.ts';
import { invoiceId, invoiceRecords } from '../../lib/ledger/invoices.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { brokenInvariants } from './invariants.ts';
import { playActs, runStory } from './run-story.ts';
import { type Cast, story } from './story.ts';
import { World } from './world.ts';

const sixHours = 6 * 60 * 60_000;

/** Plays the next act while one side is as `begin` makes it, for so long; then `end`. */
async function during(
  world: World,
  cast: Cast,
  act: number,
  forMs: number,
  begin: () => void,
  end: () => void,
) {
  begin();
  await story[act]?.play(world, cast);
  const until = world.clock.now() + forMs;
  while (world.clock.now() < until) await world.oneRound();
  end();
  await world.settleDown();
}

async function states(world: World): Promise<string[]> {
  const items = (await world.table.queryIndex('kind', 'invoice')).items;
  return items.map((item) => (item.body as { reference: string; state: string }).reference).sort();
}

describe('I7: what is not BILL’s own word changes nothing', () => {
  const body = Buffer.from(
    JSON.stringify({
      metadata: {
        eventId: 'e-1',
        subscriptionId: 's',
        organizationId: 'o',
        eventType: 'payment.updated',
        version: '1',
      },
      payment: {
        id: 'stpEXAMPLE0000000001',
        status: 'CLEARED',
        updatedTime: '2026-11-24T05:00:00.000+00:00',
      },
    }),
  );

  it.each([
    ['no signature', body, undefined, 401],
    ['a signature of another key', body, signTestEvent(body, 'another key'), 401],
    ['a changed body', Buffer.concat([body, Buffer.from(' ')]), 'right', 401],
    ['no JSON', Buffer.from('not JSON'), 'right for it', 400],
    ['another shape', Buffer.from('{"metadata":{}}'), 'right for it', 400],
    ['more bytes than any event has', Buffer.alloc(256 * 1024 + 1, 32), 'right for it', 413],
  ])('%s is answered without a message, a record or a call', async (_, sent, signature, status) => {
    const world = new World();
    const key = world.secretValues.at(-1) ?? '';
    const signed =
      signature === 'right'
        ? signTestEvent(body, key)
        : signature === 'right for it'
          ? signTestEvent(sent, key)
          : signature;
    const answer = await world.receive(sent, signed);
    expect(answer?.status).toBe(status);
    expect(world.queues.isEmpty()).toBe(true);
    expect([...world.table.snapshot().keys()]).toEqual([]);
    expect(world.bill.statistics().calls).toBe(0);
  });

  it('a signed one becomes exactly one message', async () => {
    const world = new World();
    const answer = await world.receive(body, signTestEvent(body, world.secretValues.at(-1) ?? ''));
    expect(answer).toEqual({ status: 200, code: 'TAKEN' });
    expect(await world.queues.receive('sap-work', { max: 10, visibilitySeconds: 1 })).toHaveLength(1);
  });
});

describe('I8: secrets stay in the secrets', () => {
  it('no secret and no session is in the ledger, the queues or the log after whole days', async () => {
    const world = await runStory();
    const kept = JSON.stringify([
      ...[...world.table.snapshot().values()].map((partition) => [...partition.values()]),
      world.queues.deadLetters('bill-work'),
      world.logged,
    ]);
    expect(world.logged.length).toBeGreaterThan(10);
    const sessions = [
      ...Object.keys(world.bill.books.sessions),
      ...Object.keys(world.sap.books.access.sessions),
    ];
    const tokens = Object.keys(world.sap.books.access.tokens);
    for (const secret of [...world.secretValues, ...sessions, ...tokens])
      expect(kept.includes(secret)).toBe(false);
  });
});

describe('I9: what a person changed is not overwritten', () => {
  it('a bill that was edited in BILL becomes an exception when its invoice changes in SAP', async () => {
    const world = new World();
    const cast = await playActs(world, 2);
    const bill = Object.values(world.bill.books.bills).find((each) => each.invoiceNumber === 'KC-2');
    world.bill.office.editBill(bill?.id ?? '', { dueDate: '2027-01-31' });
    const key = cast.invoices.second;
    if (key === undefined) throw new Error('The second invoice is not there.');
    world.sap.tenant.changeInvoice(key, { paymentTerms: 'NT60' });
    world.clock.pass(60_000);
    await world.settleDown();
    const record = await readRecord(world.table, invoiceRecords, invoiceId(key));
    expect(record?.exception).toMatchObject({
      code: 'EDITED_IN_BILL',
      billValues: { dueDate: '2027-01-31' },
    });
    expect(world.bill.books.bills[bill?.id ?? '']?.dueDate).toBe('2027-01-31');
  });
});

describe('I10: six hours without one side lose nothing and need nobody', () => {
  it('BILL is down while invoices arrive', async () => {
    const world = new World();
    const cast = await playActs(world, 1);
    const { switches } = world.bill;
    await during(
      world,
      cast,
      1,
      sixHours,
      () => Object.assign(switches, { outage: true }),
      () => Object.assign(switches, { outage: false }),
    );
    expect(await brokenInvariants(world)).toEqual([]);
    expect(await states(world)).toEqual(['FS-1', 'FS-2', 'FS-3', 'KC-1', 'KC-2']);
    expect(Object.values(world.bill.books.bills)).toHaveLength(3);
  });

  it('SAP is down while payments clear', async () => {
    const world = new World();
    const cast = await playActs(world, 3);
    const { switches } = world.sap;
    await during(
      world,
      cast,
      3,
      sixHours,
      () => Object.assign(switches, { outage: 'maintenance' }),
      () => Object.assign(switches, { outage: undefined }),
    );
    expect(await brokenInvariants(world)).toEqual([]);
  });

  it("another program spends BILL's calls of the hour", async () => {
    const world = new World();
    const cast = await playActs(world, 1);
    await during(
      world,
      cast,
      1,
      60_000,
      () => world.bill.office.spendCalls(20_000),
      () => undefined,
    );
    expect(await brokenInvariants(world)).toEqual([]);
    expect(Object.values(world.bill.books.bills)).toHaveLength(3);
  });

  it('our own budget of the hour is spent', async () => {
    const world = new World({ config: { bill: { callsPerHour: 100, visibilityLagSeconds: 120 } } });
    const cast = await playActs(world, 1);
    await during(
      world,
      cast,
      1,
      sixHours,
      () => undefined,
      () => undefined,
    );
    expect(await brokenInvariants(world)).toEqual([]);
    expect(world.bill.statistics().refused).toBe(0);
  });
});
