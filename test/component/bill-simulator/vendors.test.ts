import { expect, test } from 'vitest';
import { at, newVendor, play, refusal } from './played.ts';

async function loggedIn(options: Parameters<typeof play>[0] = {}) {
  const played = play(options);
  await played.login();
  return played;
}

test('a vendor is created as BILL shows it (§4.2, §4.3)', async () => {
  const { send } = await loggedIn();
  const { status, json } = await send('POST', '/v3/vendors', {
    ...newVendor,
    shortName: '17300001',
    additionalInfo: { taxId: '12-3456789', combinePayments: true },
    paymentInformation: { payeeName: 'Happy Music Supplies' },
    externalId: 'dropped without a word',
  });
  expect(status).toBe(201);
  expect(json).toEqual({
    id: expect.stringMatching(/^009[A-Za-z0-9]{17}$/),
    archived: false,
    recordStatus: 'ACTIVE',
    ...newVendor,
    shortName: '17300001',
    additionalInfo: { taxId: '12-3456789', combinePayments: true },
    paymentInformation: { payeeName: 'Happy Music Supplies' },
    bankAccountStatus: 'NO_ACCOUNT',
    recurringPayments: false,
    networkStatus: 'NOT_CONNECTED',
    createdTime: '2026-11-24T05:00:00.000+00:00',
    updatedTime: '2026-11-24T05:00:00.000+00:00',
  });
  const read = await send('GET', `/v3/vendors/${at(json, 'id')}`);
  expect(read.json).toEqual(json);
});

test('bank details never come back', async () => {
  const { send } = await loggedIn();
  const bankAccount = { nameOnAccount: 'Vendor', accountNumber: '111222333', routingNumber: '074000010' };
  const { text, json } = await send('POST', '/v3/vendors', {
    ...newVendor,
    paymentInformation: { bankAccount },
  });
  expect(text).not.toContain('111222333');
  expect(at(json, 'bankAccountStatus')).toBe('NO_NET_LINKED_ACCOUNT');
});

test.each([
  ['no name', { name: undefined }, [400, 'BDC_1108']],
  ['an empty name', { name: '' }, [400, 'BDC_1143']],
  ['a name of 101 characters', { name: 'x'.repeat(101) }, [400, 'BDC_1143']],
  ['a name that is a number', { name: 4711 }, [400, 'BDC_1124']],
  ['a null', { email: null }, [400, 'BDC_1124']],
  ['no address', { address: undefined }, [400, 'BDC_1108']],
  ['no postal code', { address: { ...newVendor.address, zipOrPostalCode: undefined } }, [400, 'BDC_1108']],
  ['a country in words', { address: { ...newVendor.address, country: 'Germany' } }, [400, 'BDC_1143']],
  ['a short name of 41 characters', { shortName: 'x'.repeat(41) }, [400, 'BDC_1143']],
  ['an unknown account type', { accountType: 'COMPANY' }, [400, 'BDC_1143']],
  ['automatic payment', { autoPay: { enabled: true } }, [403, 'BDC_1361']],
])('a vendor with %s is refused', async (_what, change, expected) => {
  const { send, bill } = await loggedIn();
  expect(refusal(await send('POST', '/v3/vendors', { ...newVendor, ...change }))).toEqual(expected);
  expect(bill.books.vendors).toEqual({});
});

test('the longest names are taken', async () => {
  const { send } = await loggedIn();
  const longest = { ...newVendor, name: 'x'.repeat(100), shortName: 'x'.repeat(40) };
  expect((await send('POST', '/v3/vendors', longest)).status).toBe(201);
});

test('a change keeps what it does not name; archiving twice changes nothing', async () => {
  const { send, clock, bill } = await loggedIn();
  const path = `/v3/vendors/${at((await send('POST', '/v3/vendors', newVendor)).json, 'id')}`;
  clock.advance(1000);
  const { json } = await send('PATCH', path, { address: { city: 'Houston' } });
  expect(json).toMatchObject({ name: newVendor.name, address: { ...newVendor.address, city: 'Houston' } });
  expect(at(json, 'updatedTime')).toBe('2026-11-24T05:00:01.000+00:00');
  const archived = await send('POST', `${path}/archive`);
  expect(archived.json).toMatchObject({ archived: true, recordStatus: 'INACTIVE' });
  clock.advance(1000);
  expect((await send('POST', `${path}/archive`)).json).toEqual(archived.json);
  expect((await send('POST', `${path}/restore`)).json).toMatchObject({ archived: false });
  expect(refusal(await send('PATCH', path, { name: '' }))).toEqual([400, 'BDC_1143']);
  expect(refusal(await send('PATCH', '/v3/vendors/009none', { name: 'x' }))).toEqual([404, 'BDC_1120']);
  bill.switches.notFoundStatus = 422;
  expect(refusal(await send('GET', '/v3/vendors/constructor'))).toEqual([422, 'BDC_1120']);
});

test('twenty in bulk, all or nothing', async () => {
  const { send, bill } = await loggedIn();
  const vendors = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ ...newVendor, name: `V${index}` }));
  expect(refusal(await send('POST', '/v3/vendors/bulk', vendors(21)))).toEqual([400, 'BDC_1143']);
  expect(refusal(await send('POST', '/v3/vendors/bulk', [...vendors(3), { name: 'No address' }]))[0]).toBe(
    400,
  );
  expect(bill.books.vendors).toEqual({});
  const { status, json } = await send('POST', '/v3/vendors/bulk', vendors(20));
  expect([status, (at(json, 'vendors') as unknown[]).length]).toEqual([201, 20]);
});

test('a second vendor with the name, by switch (§4.4)', async () => {
  const { send, bill } = await loggedIn();
  const create = () => send('POST', '/v3/vendors', newVendor);
  const [first, second] = [await create(), await create()];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(at(first.json, 'id')).not.toBe(at(second.json, 'id'));
  bill.switches.duplicateVendorNames = 'refused';
  expect(refusal(await create())).toEqual([422, 'BDC_1143']);
});
