import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Notification } from '../../../lib/local/bill-simulator/create-bill-simulator.ts';
import { at, newBill, newVendor, playWithVendor, refusal } from './played.ts';

const HOUR = 3_600_000;
const key = { 'x-idempotent-key': '3d1f0c8e-7a54-4f2b-9c1d-5e6f7a8b9c0d' };
const otherKey = { 'x-idempotent-key': '4d1f0c8e-7a54-4f2b-9c1d-5e6f7a8b9c0d' };
const notificationUrl = 'https://hooks.example.com/bill';
const wanted = {
  name: 'Bill management',
  status: { enabled: true },
  events: [{ type: 'payment.updated', version: '1' }],
  notificationUrl,
};

async function listening(events?: string[]) {
  const sent: Notification[] = [];
  const played = await playWithVendor({
    deliver: (notification) => void sent.push(notification),
    subscription: { notificationUrl, ...(events && { events }) },
  });
  sent.length = 0;
  const types = () => sent.map(({ body }) => at(JSON.parse(body), 'metadata.eventType'));
  return { ...played, sent, types };
}

describe('subscriptions (§9.2)', () => {
  test('are created with an idempotent key; only that answer shows the security key', async () => {
    const { send } = await playWithVendor();
    const created = await send('POST', '/v3/subscriptions', wanted, key);
    expect(created.status).toBe(200);
    expect(created.json).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      organizationId: expect.stringMatching(/^008/),
      ...wanted,
      createdTime: '2026-11-24T05:00:00.000+00:00',
      updatedTime: '2026-11-24T05:00:00.000+00:00',
      securityKey: expect.stringMatching(/^.{20,}$/),
    });
    const read = await send('GET', `/v3/subscriptions/${at(created.json, 'id')}`);
    expect(created.json).toEqual({ ...(read.json as object), securityKey: at(created.json, 'securityKey') });
    expect(at((await send('GET', '/v3/subscriptions')).json, 'results')).toEqual([read.json]);
    expect(read.text).not.toContain('securityKey');
  });

  test('the same key gives the same answer for a day', async () => {
    const { send, clock, login } = await playWithVendor();
    const first = await send('POST', '/v3/subscriptions', wanted, key);
    clock.advance(24 * HOUR - 1);
    await login();
    expect((await send('POST', '/v3/subscriptions', wanted, key)).json).toEqual(first.json);
    clock.advance(1);
    expect(refusal(await send('POST', '/v3/subscriptions', wanted, key))).toEqual([400, 'BDC_1143']);
    const path = `/v3/subscriptions/${at(first.json, 'id')}/security_key`;
    const rotated = await send('POST', path, undefined, key);
    expect((await send('POST', path, undefined, key)).json).toEqual(rotated.json);
    expect((await send('POST', path, undefined, otherKey)).json).not.toEqual(rotated.json);
  });

  test.each([
    ['without the key', {}, wanted, [400, 'BDC_1108']],
    [
      'with a key that is no UUID of version 4',
      { 'x-idempotent-key': '3d1f0c8e-7a54-1f2b-9c1d-5e6f7a8b9c0d' },
      wanted,
      [401, 'BDC_1143'],
    ],
    ['without events', key, { ...wanted, events: [] }, [400, 'BDC_1143']],
    [
      'for an unknown event',
      key,
      { ...wanted, events: [{ type: 'payment.created', version: '1' }] },
      [400, 'BDC_1143'],
    ],
    [
      'for another version',
      key,
      { ...wanted, events: [{ type: 'bill.created', version: '2' }] },
      [400, 'BDC_1143'],
    ],
    ['to plain HTTP', key, { ...wanted, notificationUrl: 'http://hooks.example.com' }, [400, 'BDC_1143']],
    ['to no address', key, { ...wanted, notificationUrl: 'hooks' }, [400, 'BDC_1143']],
    ['without status', key, { ...wanted, status: undefined }, [400, 'BDC_1108']],
  ])('%s they are refused', async (_what, headers, body, expected) => {
    const { send, bill } = await playWithVendor();
    expect(refusal(await send('POST', '/v3/subscriptions', body, headers))).toEqual(expected);
    expect(bill.books.subscriptions).toEqual({});
  });

  test('ten at most, none with the same events and address; loopback may be plain HTTP', async () => {
    const { send, office } = await playWithVendor();
    for (let port = 8001; port <= 8009; port += 1)
      office.addSubscription({ notificationUrl: `http://127.0.0.1:${port}/` });
    expect(() => office.addSubscription({ notificationUrl: 'http://127.0.0.1:8001/' })).toThrow(
      /same events/,
    );
    expect((await send('POST', '/v3/subscriptions', wanted, key)).status).toBe(200);
    expect(
      refusal(
        await send(
          'POST',
          '/v3/subscriptions',
          { ...wanted, notificationUrl: 'https://x.example' },
          otherKey,
        ),
      ),
    ).toEqual([400, 'BDC_1143']);
  });

  test('PATCH changes name, status and address, PUT everything, DELETE ends it', async () => {
    const { send } = await playWithVendor();
    const path = `/v3/subscriptions/${at((await send('POST', '/v3/subscriptions', wanted, key)).json, 'id')}`;
    const events = [{ type: 'bill.created', version: '1' }];
    const patched = await send('PATCH', path, { status: { enabled: false }, events });
    expect(patched.json).toMatchObject({ ...wanted, status: { enabled: false } });
    expect((await send('PUT', path, { ...wanted, events })).json).toMatchObject({
      status: { enabled: true },
      events,
    });
    expect((await send('DELETE', path)).status).toBe(200);
    expect(refusal(await send('GET', path))).toEqual([404, 'BDC_1120']);
  });

  test('the catalogue names what there is (§9.1)', async () => {
    const { send } = await playWithVendor();
    const { json } = await send('GET', '/v3/events/catalog');
    expect(json).toContainEqual({ type: 'payment.updated', versions: ['1'] });
    expect(json).not.toContainEqual({ type: 'payment.created', versions: ['1'] });
  });
});

describe('notifications (§9.3 to §9.5)', () => {
  test('are signed over the bytes that are sent, with the key that the secret has', async () => {
    const { sent, office, bill } = await listening();
    office.addVendor({ name: 'Müller & Söhne' });
    const [notification] = sent;
    const securityKey = bill.secret('').webhookSecurityKey;
    const expected = createHmac('sha256', securityKey)
      .update(Buffer.from(notification?.body ?? ''))
      .digest('base64');
    expect(notification).toMatchObject({
      url: notificationUrl,
      headers: { 'content-type': 'application/json', 'x-bill-sha-signature': expected },
    });
    expect(at(JSON.parse(notification?.body ?? ''), 'metadata.eventId')).toBe(notification?.eventId);
  });

  test('tell of vendors and bills what is listed, and nothing else', async () => {
    const { send, types, office } = await listening();
    const vendor = await send('POST', '/v3/vendors', { ...newVendor, name: 'Second vendor' });
    const vendorId = String(at(vendor.json, 'id'));
    await send('PATCH', `/v3/vendors/${vendorId}`, { email: 'new@example.com' });
    await send('PATCH', `/v3/vendors/${vendorId}`, { name: 'Renamed vendor' });
    await send('POST', `/v3/vendors/${vendorId}/archive`);
    await send('POST', `/v3/vendors/${vendorId}/archive`);
    await send('POST', `/v3/vendors/${vendorId}/restore`);
    expect(types()).toEqual(['vendor.created', 'vendor.updated', 'vendor.archived', 'vendor.restored']);
    const bill = await send('POST', '/v3/bills', newBill(vendorId));
    const path = `/v3/bills/${at(bill.json, 'id')}`;
    await send('PATCH', path, { dueDate: '2027-01-15' });
    office.approveBill(String(at(bill.json, 'id')));
    await send('PATCH', path, { invoice: { invoiceNumber: '202502' } });
    await send('POST', `${path}/archive`);
    await send('POST', `${path}/restore`);
    expect(types().slice(4)).toEqual(['bill.created', 'bill.updated', 'bill.archived', 'bill.restored']);
  });

  test('a refused call tells nothing', async () => {
    const { send, sent, vendorId } = await listening();
    await send('POST', '/v3/bills/bulk', [newBill(vendorId), newBill('009none')]);
    expect(sent).toEqual([]);
  });

  test('a bill is told without lines, paid amounts or approval, its invoice date as a moment', async () => {
    const { send, sent, vendorId } = await listening();
    const created = await send('POST', '/v3/bills', newBill(vendorId, { purchaseOrderNumber: '4500000123' }));
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
      metadata: {
        eventId: sent[0]?.eventId,
        subscriptionId: expect.any(String),
        organizationId: expect.stringMatching(/^008/),
        eventType: 'bill.created',
        version: '1',
      },
      bill: {
        id: at(created.json, 'id'),
        archived: false,
        vendorId,
        vendorName: 'Happy Music Supplies',
        amount: 228.99,
        dueDate: '2026-12-31',
        invoice: { invoiceNumber: '202501', invoiceDate: '2026-11-23T00:00:00.000+00:00' },
        paymentStatus: 'UNPAID',
        purchaseOrderNumber: '4500000123',
        createdBy: expect.stringMatching(/^006/),
        createdTime: '2026-11-24T05:00:00.000+00:00',
        updatedTime: '2026-11-24T05:00:00.000+00:00',
      },
    });
  });

  async function withPayment() {
    const played = await listening(['payment.updated', 'payment.failed']);
    const billId = String(at((await played.send('POST', '/v3/bills', newBill(played.vendorId))).json, 'id'));
    const payment = {
      bills: [{ billId, amount: '100.00' }],
      disbursementType: 'ACH',
      fundingAccountId: played.fundingAccountId,
      processDate: '2026-11-27',
    } as const;
    return { ...played, billId, payment };
  }

  test('a payment is told at every change but its creation, with bills but no amounts, and the currency', async () => {
    const { office, payment, sent, billId, vendorId, fundingAccountId } = await withPayment();
    const id = office.pay(payment);
    expect(sent).toEqual([]);
    office.advance(id, 'CLEARED');
    expect(at(JSON.parse(sent[0]?.body ?? ''), 'payment')).toEqual({
      id,
      billIds: [billId],
      transactionNumber: expect.stringMatching(/^P/),
      status: 'CLEARED',
      createdBy: expect.stringMatching(/^006/),
      createdTime: '2026-11-24T05:00:00.000+00:00',
      updatedTime: '2026-11-24T05:00:00.000+00:00',
      processDate: '2026-11-27',
      funding: {
        amount: 100,
        currency: 'USD',
        fundingAccount: {
          id: fundingAccountId,
          type: 'BANK_ACCOUNT',
          name: 'Example Bank',
          accountNumber: '****2333',
        },
      },
      disbursement: { amount: 100, currency: 'USD', arrivesByDate: '2026-11-27' },
      vendor: { id: vendorId, name: 'Happy Music Supplies' },
      billingType: 'BDC',
    });
    expect(sent[0]?.body).toContain('"amount":100.0,');
    office.returnPayment(id);
    office.void(id, 'VOID_AND_CREDIT');
    expect(sent.map(({ body }) => at(JSON.parse(body), 'payment.status'))).toEqual([
      'CLEARED',
      'DISBURSEMENT_FAILED_ACTION_NEEDED',
      'VOID_PENDING',
      'VOIDED',
    ]);
  });

  test('a payment that never came into being has no id', async () => {
    const { office, payment, sent, billId } = await withPayment();
    office.failPayment(payment, { code: 'BDC_1152', message: 'Invalid process date' });
    const body: unknown = JSON.parse(sent[0]?.body ?? '');
    expect(body).toMatchObject({
      metadata: { eventType: 'payment.failed' },
      payment: { bills: [{ id: billId, amount: 100 }] },
      errors: [{ code: 'BDC_1152', message: 'Invalid process date', timestamp: expect.any(String) }],
    });
    expect(at(body, 'payment.id')).toBeUndefined();
  });

  test('are lost, repeated and reordered on demand; the log has them all', async () => {
    const { office, payment, sent, bill, send } = await withPayment();
    const id = office.pay(payment);
    const steps = ['PROCESSED', 'SENT', 'DELIVERED', 'CLEARED'];
    office.loseNextNotification();
    office.advance(id, 'FUNDING_STARTED');
    office.repeatNextNotification();
    office.advance(id, 'PROCESSED');
    office.holdNotifications();
    for (const step of steps.slice(1)) office.advance(id, step);
    office.releaseNotifications();
    expect(sent.map(({ body }) => at(JSON.parse(body), 'payment.status'))).toEqual([
      'PROCESSED',
      'PROCESSED',
      'CLEARED',
      'DELIVERED',
      'SENT',
    ]);
    expect(sent[0]?.eventId).toBe(sent[1]?.eventId);
    const [subscription] = Object.values(bill.books.subscriptions);
    const log = await send('GET', `/v3/events/subscription/${subscription?.id}?entityId=${id}&max=100`);
    expect(at(log.json, 'results')).toHaveLength(5);
    const [event] = at(log.json, 'results') as { id: string; payload: string }[];
    expect(at(JSON.parse(event?.payload ?? ''), 'metadata.eventId')).toBe(event?.id);
    await send('POST', `/v3/events/subscription/${subscription?.id}/event/${event?.id}`);
    expect(sent.at(-1)?.eventId).toBe(event?.id);
  });

  test('a receiver that fails switches the subscription off; the log goes on', async () => {
    const { office, payment, sent, send, clock } = await withPayment();
    const id = office.pay(payment);
    office.advance(id, 'PROCESSED');
    const eventId = sent[0]?.eventId ?? '';
    office.noteDelivery(eventId, 503);
    clock.advance(1000);
    const [subscription] = at((await send('GET', '/v3/subscriptions')).json, 'results') as { id: string }[];
    expect(subscription).toMatchObject({ status: { enabled: false } });
    office.advance(id, 'CLEARED');
    expect(sent).toHaveLength(1);
    const log = await send('GET', `/v3/events/subscription/${subscription?.id}`);
    expect(at(log.json, 'results')).toMatchObject([{ statusCode: 503 }, { type: 'payment.updated' }]);
    await send('PATCH', `/v3/subscriptions/${subscription?.id}`, { status: { enabled: true } });
    office.returnPayment(id);
    expect(sent).toHaveLength(2);
  });

  test('a rotated key signs at once, or after a while by switch', async () => {
    for (const oldKeySignsForMs of [0, 1000]) {
      const { office, sent, bill, send, clock } = await listening(['vendor.created']);
      bill.switches.oldKeySignsForMs = oldKeySignsForMs;
      const before = bill.secret('').webhookSecurityKey;
      const [subscription] = Object.values(bill.books.subscriptions);
      const { json } = await send(
        'POST',
        `/v3/subscriptions/${subscription?.id}/security_key`,
        undefined,
        key,
      );
      const signedWith = (securityKey: string) => {
        const { body = '', headers } = sent.at(-1) ?? {};
        return (
          headers?.['x-bill-sha-signature'] ===
          createHmac('sha256', securityKey).update(body).digest('base64')
        );
      };
      office.addVendor({ name: 'One' });
      expect(signedWith(before)).toBe(oldKeySignsForMs > 0);
      clock.advance(1000);
      office.addVendor({ name: 'Two' });
      expect(signedWith(String(at(json, 'securityKey')))).toBe(true);
    }
  });

  test('a test sends the sample', async () => {
    const { send, sent, bill } = await listening();
    const [subscription] = Object.values(bill.books.subscriptions);
    const path = `/v3/subscriptions/${subscription?.id}/test`;
    const sample = { id: 'test-bill-id', vendorId: 'test-vendor-id', amount: 100 };
    const { status, json } = await send('POST', path, {
      eventType: 'bill.created',
      version: '1',
      bill: sample,
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      type: 'bill.created',
      subscriptionId: subscription?.id,
      payload: sent[0]?.body,
    });
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
      metadata: { eventType: 'bill.created' },
      bill: sample,
    });
    expect((await send('POST', path, {})).status).toBe(200);
    expect(refusal(await send('POST', path, { eventType: 'payment.created' }))).toEqual([400, 'BDC_1143']);
  });
});
