import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at, newBill, playWithVendor, type Reply, refusal } from './played.ts';

const query = (parameters: Record<string, string>) => `?${new URLSearchParams(parameters)}`;
const names = ({ json }: Reply) => (at(json, 'results') as { name: string }[]).map(({ name }) => name);

async function withVendors(count: number) {
  const played = await playWithVendor();
  for (let number = 2; number <= count; number += 1) {
    played.clock.advance(1000);
    played.office.addVendor({ name: `Vendor ${number}`, billCurrency: number % 2 === 0 ? 'EUR' : 'USD' });
  }
  return played;
}

describe('pages (§3.1)', () => {
  test('20 rows when nothing else is asked, 100 at most', async () => {
    const { send } = await withVendors(25);
    const first = await send('GET', '/v3/vendors');
    expect(names(first)).toHaveLength(20);
    expect(at(first.json, 'prevPage')).toBeUndefined();
    for (const max of ['0', '101', '-1', '1.5', 'all', '']) {
      expect(refusal(await send('GET', `/v3/vendors${query({ max })}`))).toEqual([400, 'BDC_1129']);
    }
    expect(names(await send('GET', `/v3/vendors${query({ max: '100' })}`))).toHaveLength(25);
  });

  test('every row comes once, whatever the page size, order and number of empty pages', async () => {
    const { send, bill } = await withVendors(12);
    const sorts = ['name:asc', 'name:desc', 'updatedTime:desc,name:asc', 'archived:asc'];
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 13 }),
        fc.constantFrom(...sorts),
        fc.boolean(),
        async (max, sort, empty) => {
          bill.switches.emptyPages = empty;
          const found: string[] = [];
          let page: string | undefined;
          do {
            const reply = await send(
              'GET',
              `/v3/vendors${query({ max: `${max}`, sort, ...(page && { page }) })}`,
            );
            found.push(...names(reply));
            page = at(reply.json, 'nextPage') as string | undefined;
          } while (page !== undefined);
          expect(found).toHaveLength(12);
          expect(new Set(found).size).toBe(12);
          if (sort === 'name:asc') expect(found).toEqual([...found].sort());
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a row that moves while the list is read pushes another one out only where pages drift', async () => {
    for (const [pagesDrift, expected] of [
      [false, 'Vendor 3'],
      [true, 'Vendor 4'],
    ] as const) {
      const { send, bill, office, vendorId } = await withVendors(6);
      bill.switches.pagesDrift = pagesDrift;
      const list = { sort: 'updatedTime:asc', max: '2' };
      const first = await send('GET', `/v3/vendors${query(list)}`);
      office.editVendor(vendorId, { email: 'moved@example.com' });
      const second = await send(
        'GET',
        `/v3/vendors${query({ ...list, page: String(at(first.json, 'nextPage')) })}`,
      );
      expect(names(second)[0]).toBe(expected);
    }
  });

  test('a page token belongs to its list, filters and sort', async () => {
    const { send } = await withVendors(6);
    const token = String(at((await send('GET', `/v3/vendors${query({ max: '2' })}`)).json, 'nextPage'));
    for (const other of [{ sort: 'name:asc' }, { filters: 'archived:eq:false' }]) {
      expect(refusal(await send('GET', `/v3/vendors${query({ page: token, ...other })}`))).toEqual([
        400,
        'BDC_1129',
      ]);
    }
    expect(refusal(await send('GET', `/v3/bills${query({ page: token })}`))[0]).toBe(400);
    expect(refusal(await send('GET', `/v3/vendors${query({ page: 'abc' })}`))[0]).toBe(400);
    const back = await send('GET', `/v3/vendors${query({ max: '2', page: token })}`);
    expect(at(back.json, 'prevPage')).toBeTypeOf('string');
  });
});

describe('filters (§3.2)', () => {
  test.each([
    ['name:eq:Vendor 3', ['Vendor 3']],
    ['name:sw:"Vendor"', ['Vendor 2', 'Vendor 3', 'Vendor 4']],
    ['billCurrency:in:"EUR,GBP"', ['Vendor 2', 'Vendor 4']],
    ['archived:eq:false,billCurrency:ne:EUR', ['Happy Music Supplies', 'Vendor 3']],
    ['updatedTime:gte:"2026-11-24T05:00:02.000+00:00"', ['Vendor 3', 'Vendor 4']],
    ['updatedTime:gt:"2026-11-24T06:00:02.000+01:00"', ['Vendor 4']],
    ['createdTime:lt:"2026-11-24T05:00:01"', ['Happy Music Supplies']],
    ['createdTime:gte:2026-11-24', ['Happy Music Supplies', 'Vendor 2', 'Vendor 3', 'Vendor 4']],
    ['createdTime:gte:2026-11-25', []],
  ])('%s', async (filters, expected) => {
    const { send } = await withVendors(4);
    expect(names(await send('GET', `/v3/vendors${query({ filters })}`))).toEqual(expected);
  });

  test.each([
    ['vendors', 'shortName:eq:1', 'BDC_1130'],
    ['vendors', 'constructor:eq:1', 'BDC_1130'],
    ['vendors', 'name:ne:Acme', 'BDC_1131'],
    ['vendors', 'updatedTime:eq:"2026-11-24"', 'BDC_1131'],
    ['vendors', 'updatedTime:after:"2026-11-24"', 'BDC_1131'],
    ['vendors', 'name:sw:Vendor', 'BDC_1129'],
    ['vendors', 'id:in:a,b', 'BDC_1129'],
    ['vendors', 'archived:eq:0', 'BDC_1129'],
    ['vendors', 'name', 'BDC_1129'],
    ['vendors', '', 'BDC_1129'],
    ['vendors', 'name:eq:a"b', 'BDC_1129'],
    ['vendors', 'updatedTime:gte:2026-11-24T05:00:00.000+00:00', 'BDC_1129'],
    ['vendors', 'updatedTime:gte:"2026-11-24T05:00:00.000Z"', 'BDC_1129'],
    ['vendors', 'updatedTime:gte:"2026-11-31"', 'BDC_1129'],
    ['vendors', 'updatedTime:gte:"24.11.2026"', 'BDC_1129'],
    ['bills', 'invoice.invoiceNumber:eq:1', 'BDC_1130'],
    ['bills', 'vendorId:ne:1', 'BDC_1131'],
    ['bills', 'dueDate:gte:2026-11', 'BDC_1129'],
    ['payments', 'billId:eq:00n1', 'BDC_1130'],
    ['payments', 'singleStatus:eq:CLEARED', 'BDC_1130'],
    ['payments', 'amount:gte:1.001', 'BDC_1129'],
    ['classifications/chart-of-accounts', 'name:eq:x', 'BDC_1130'],
  ])('%s: %s is refused', async (list, filters, code) => {
    const { send } = await playWithVendor();
    expect(refusal(await send('GET', `/v3/${list}${query({ filters })}`))).toEqual([400, code]);
  });

  test('a plus sign that is not encoded is a blank, and no time', async () => {
    const { send } = await playWithVendor();
    const reply = await send('GET', '/v3/vendors?filters=updatedTime:gte:"2026-11-24T05:00:00.000+00:00"');
    expect(refusal(reply)).toEqual([400, 'BDC_1129']);
  });

  test.each(['name', 'name:up', 'shortName:asc', 'constructor:asc'])('sort=%s is refused', async (sort) => {
    const { send } = await playWithVendor();
    expect(refusal(await send('GET', `/v3/vendors${query({ sort })}`))).toEqual([400, 'BDC_1129']);
  });

  test('upper and lower case of names by switch', async () => {
    const { send, bill } = await withVendors(2);
    const search = () => send('GET', `/v3/vendors${query({ filters: 'name:eq:vendor 2' })}`);
    expect(names(await search())).toEqual([]);
    bill.switches.vendorNameFilterCaseSensitive = false;
    expect(names(await search())).toEqual(['Vendor 2']);
  });

  test('the filter by invoice number by switch', async () => {
    const { send, bill, vendorId } = await playWithVendor();
    for (const invoiceNumber of ['A', 'B']) {
      await send(
        'POST',
        '/v3/bills',
        newBill(vendorId, { invoice: { invoiceNumber, invoiceDate: '2026-11-23' } }),
      );
    }
    const rows = async () =>
      at((await send('GET', `/v3/bills${query({ filters: 'invoice.invoiceNumber:eq:B' })}`)).json, 'results');
    bill.switches.invoiceNumberFilter = 'works';
    expect(await rows()).toHaveLength(1);
    bill.switches.invoiceNumberFilter = 'ignored';
    expect(await rows()).toHaveLength(2);
  });
});

test('new bills come late to lists and to reads by id, settings do not (§14.17)', async () => {
  const { send, bill, clock, office, vendorId } = await playWithVendor({
    switches: { listLagMs: 2000, readLagMs: 1000 },
  });
  const id = String(at((await send('POST', '/v3/bills', newBill(vendorId))).json, 'id'));
  const listed = async () => (at((await send('GET', '/v3/bills')).json, 'results') as unknown[]).length;
  expect([await listed(), (await send('GET', `/v3/bills/${id}`)).status]).toEqual([0, 404]);
  clock.advance(1000);
  expect([await listed(), (await send('GET', `/v3/bills/${id}`)).status]).toEqual([0, 200]);
  clock.advance(1000);
  expect(await listed()).toBe(1);
  office.addChartOfAccount({ name: 'Travel' });
  expect(at((await send('GET', '/v3/classifications/chart-of-accounts')).json, 'results')).toHaveLength(2);
  bill.switches.thinListRows = true;
  expect(at((await send('GET', '/v3/bills')).json, 'results.0.billLineItems')).toBeUndefined();
  expect(at((await send('GET', `/v3/bills/${id}`)).json, 'billLineItems')).toHaveLength(2);
});
