import { expect, it } from 'vitest';
import type { Http } from '../../lib/http/http.ts';
import { listExceptions } from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { timeline } from '../../lib/ledger/timeline.ts';
import { wantedEvents } from '../../lib/rules/payments/wanted-events.ts';
import { unlucky } from './faults.ts';
import { World } from './world.ts';

const onlyPayments = ['payment.failed', 'payment.updated'];
const connection = { kind: 'connection', id: 'bill-webhook' } as const;

async function later(world: World): Promise<void> {
  world.clock.pass(60_000);
  await world.settleDown();
}

function eventsOf({ bill }: World): string[] {
  const [subscription] = Object.values(bill.books.subscriptions);
  return (subscription?.events ?? []).map(({ type }) => type).sort();
}

it('a subscription that was made for payments gets the events of vendors, once, and keeps its key', async () => {
  const world = new World();
  const key = Object.values(world.bill.books.subscriptions)[0]?.securityKey;
  expect(eventsOf(world)).toEqual(onlyPayments);
  await later(world);
  await later(world);
  expect(eventsOf(world)).toEqual([...wantedEvents].sort());
  expect(Object.values(world.bill.books.subscriptions)[0]?.securityKey).toBe(key);
  expect(world.points.filter((point) => /^bill PUT .*subscriptions/.test(point))).toHaveLength(1);
  const told = await timeline(world.table, connection);
  expect(told.map(({ text }) => text)).toEqual([expect.stringMatching(/vendor\.created.* too from now on/)]);
});

it('one whose events BILL does not let change is raised, tried once, and cleared when a person has mended it', async () => {
  const refusal = {
    status: 400,
    headers: { 'content-type': 'application/json' },
    body: '[{"code":"BDC_1171","severity":"ERROR","category":"REQUEST","message":"not changeable"}]',
  };
  const http = (door: Http) => unlucky(door, ({ method }) => (method === 'PUT' ? refusal : 'none'));
  const world = new World({ http });
  await later(world);
  await later(world);
  expect(await listExceptions(world)).toEqual([
    expect.objectContaining({
      code: 'SUBSCRIPTION_INCOMPLETE',
      what: expect.stringContaining('vendor.created'),
    }),
  ]);
  expect(world.points.filter((point) => point.startsWith('bill PUT'))).toHaveLength(1);
  const [subscription] = Object.values(world.bill.books.subscriptions);
  if (subscription !== undefined) subscription.events = wantedEvents.map((type) => ({ type, version: '1' }));
  await later(world);
  expect(await listExceptions(world)).toEqual([]);
});
