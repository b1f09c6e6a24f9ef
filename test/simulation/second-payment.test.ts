import { describe, expect, it } from 'vitest';
import type { Http } from '../../lib/http/http.ts';
import { retryException } from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { type InvoiceRecord, invoiceId, invoiceRecords } from '../../lib/ledger/invoices.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import type { InvoiceKey } from '../../lib/rules/sap-invoices.ts';
import { crashAt } from './faults.ts';
import { playActs } from './run-story.ts';
import { World, type WorldOptions } from './world.ts';

async function recordOf({ table }: World, key: InvoiceKey): Promise<InvoiceRecord> {
  const record = await readRecord(table, invoiceRecords, invoiceId(key));
  if (record === undefined) throw new Error('The invoice is not known.');
  return record;
}

async function retry(world: World, key: InvoiceKey): Promise<void> {
  const { table, queues, clock, random } = {
    ...world,
    random: { next: () => 0, uuid: () => crypto.randomUUID() },
  };
  await retryException({ table, queues, clock, random }, invoiceId(key), 'clerk');
  await world.settleDown();
}

/** BILL that leaves the lines' descriptions out of a new bill, as it does with what it does not know (§3.4). */
function forgetful(door: Http, side: 'sap' | 'bill'): Http {
  return async (request) => {
    const isNewBill = side === 'bill' && request.method === 'POST' && request.url.endsWith('/v3/bills');
    if (!isNewBill || request.body === undefined) return door(request);
    const body = JSON.parse(request.body) as { billLineItems: { description?: string }[] };
    for (const line of body.billLineItems) delete line.description;
    return door({ ...request, body: JSON.stringify(body) });
  };
}

describe('a bill that BILL made otherwise than it was sent', () => {
  const options: WorldOptions = { http: forgetful };

  it('stays an exception however often it is retried, until it is mended in BILL', async () => {
    const world = new World(options);
    const { invoices } = await playActs(world, 2);
    const key = invoices.third as InvoiceKey;
    expect((await recordOf(world, key)).exception?.code).toBe('BILL_DIFFERS_FROM_WHAT_WAS_SENT');
    await retry(world, key);
    expect((await recordOf(world, key)).exception?.code).toBe('BILL_DIFFERS_FROM_WHAT_WAS_SENT');

    const [handed] = (await recordOf(world, key)).bills ?? [];
    const bill = world.bill.books.bills[handed?.billId ?? ''];
    const lines = (bill?.lines ?? []).map(({ id }, index) => {
      const { amount = '', description = '', chartOfAccountId = '' } = handed?.sent.lines[index] ?? {};
      return { id, amount, description, chartOfAccountId };
    });
    world.bill.office.editBill(bill?.id ?? '', { lines });
    await retry(world, key);
    expect(await recordOf(world, key)).toMatchObject({ state: 'handed-over' });
    expect((await recordOf(world, key)).exception).toBeUndefined();
  });

  it('is an exception too when the process was killed right after BILL had it', async () => {
    const calm = new World(options);
    await playActs(calm, 2);
    const posts = calm.points.flatMap((what, index) =>
      what === 'bill POST /connect/v3/bills' ? [index + 1] : [],
    );
    expect(posts).toHaveLength(3);
    for (const post of posts) {
      const world = new World({ ...options, fate: crashAt(new Set([`${post} after`])) });
      const { invoices } = await playActs(world, 2);
      expect(world.crashes).toBe(1);
      for (const key of [invoices.first, invoices.second, invoices.third] as InvoiceKey[]) {
        expect((await recordOf(world, key)).exception?.code).toBe('BILL_DIFFERS_FROM_WHAT_WAS_SENT');
      }
    }
  });
});

describe('a bill for another payee that BILL made otherwise than it was sent', () => {
  it('is an exception', async () => {
    const world = new World({ http: forgetful });
    const { invoices, suppliers } = await playActs(world, 2);
    const key = invoices.third as InvoiceKey;
    const header = world.sap.books.tables.A_SupplierInvoice?.find(
      (row) => row.SupplierInvoice === key.supplierInvoice,
    );
    Object.assign(header ?? {}, { AlternativePayeePayer: suppliers.known });
    await retry(world, key);
    const before = await recordOf(world, key);
    expect(before.exception?.code).toBe('PAYEE_CHANGED');
    world.bill.office.archiveBill(before.bills?.[0]?.billId ?? '');
    await retry(world, key);
    const after = await recordOf(world, key);
    expect(after.bills?.[0]?.billId).not.toBe(before.bills?.[0]?.billId);
    expect(after.exception?.code).toBe('BILL_DIFFERS_FROM_WHAT_WAS_SENT');
  });
});

describe('a vendor credit that BILL made otherwise than it was sent', () => {
  const http = (door: Http, side: 'sap' | 'bill'): Http => {
    return async (request) => {
      const isNew =
        side === 'bill' && request.method === 'POST' && request.url.endsWith('/v3/vendor-credits');
      if (!isNew || request.body === undefined) return door(request);
      const body = JSON.parse(request.body) as { vendorCreditLineItems: { amount: number }[] };
      for (const line of body.vendorCreditLineItems) line.amount += 1;
      return door({ ...request, body: JSON.stringify(body) });
    };
  };

  async function credited(options: WorldOptions = {}): Promise<{ world: World; key: InvoiceKey }> {
    const world = new World({ http, ...options });
    const { suppliers } = await playActs(world, 1);
    const key = world.sap.tenant.postInvoice({
      companyCode: '1710',
      supplier: suppliers.fresh ?? '',
      documentDate: '2026-11-20',
      postingDate: '2026-11-21',
      reference: 'CM-1',
      creditMemo: true,
      lines: [{ kind: 'gl-account', glAccount: '61008000', costCenter: '17101101', amount: '99.99' }],
    });
    await world.settleDown();
    return { world, key };
  }

  it('stays an exception however often it is retried', async () => {
    const { world, key } = await credited();
    expect((await recordOf(world, key)).exception?.code).toBe('CREDIT_DIFFERS_FROM_WHAT_WAS_SENT');
    await retry(world, key);
    expect((await recordOf(world, key)).exception?.code).toBe('CREDIT_DIFFERS_FROM_WHAT_WAS_SENT');
    for (const { lines } of Object.values(world.bill.books.vendorCredits))
      lines.splice(0, lines.length, ...lines.map((line) => ({ ...line, amount: line.amount - 100 })));
    await retry(world, key);
    expect((await recordOf(world, key)).exception).toBeUndefined();
  });

  it('is an exception too when the process was killed right after BILL had it', async () => {
    const calm = await credited();
    const place = calm.world.points.indexOf('bill POST /connect/v3/vendor-credits') + 1;
    const { world, key } = await credited({ fate: crashAt(new Set([`${place} after`])) });
    expect(world.crashes).toBe(1);
    expect((await recordOf(world, key)).exception?.code).toBe('CREDIT_DIFFERS_FROM_WHAT_WAS_SENT');
  });
});

describe('an invoice that BILL has paid in part and SAP pays in full', () => {
  it('is raised: the rest of its bill would be paid a second time', async () => {
    const world = new World();
    const { invoices } = await playActs(world, 4);
    const key = invoices.blocked as InvoiceKey;
    expect((await recordOf(world, key)).paidBy).toHaveLength(1);
    world.sap.tenant.payInSap(key);
    world.sap.tenant.changeInvoice(key, { headerText: 'Paid at the counter' });
    world.clock.pass(60_000);
    await world.settleDown();
    expect((await recordOf(world, key)).exception?.code).toBe('NO_LONGER_PAYABLE_IN_SAP');
  });

  it('is at rest when BILL has paid all of it', async () => {
    const world = new World();
    const { invoices } = await playActs(world, 4);
    const key = invoices.second as InvoiceKey;
    world.sap.tenant.payInSap(key);
    world.sap.tenant.changeInvoice(key, { headerText: 'Paid' });
    world.clock.pass(60_000);
    await world.settleDown();
    expect(await recordOf(world, key)).toMatchObject({ state: 'handed-over' });
    expect((await recordOf(world, key)).exception).toBeUndefined();
  });
});
