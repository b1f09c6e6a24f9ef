import { beforeAll, describe, expect, it } from 'vitest';
import { DriftCase, handOver } from './drift-case.ts';
import { brokenInvariants } from './invariants.ts';
import type { Snapshot } from './world.ts';

let before: Snapshot;
beforeAll(async () => {
  before = await handOver();
});

describe('a bill of ours that people edit in BILL', () => {
  it('is raised once, with the values of both sides field by field', async () => {
    const found = new DriftCase(before);
    found.office.editBill(found.bill().id, { dueDate: '2027-01-31', description: 'for the third floor' });
    await found.settle();
    await found.settle();
    const { dueDate, description } = (await found.record()).bills?.[0]?.sent ?? {};
    expect(await found.exception()).toMatchObject({
      code: 'EDITED_IN_BILL',
      sapValues: { dueDate, description },
      billValues: { bill: found.bill().id, dueDate: '2027-01-31', description: 'for the third floor' },
      choices: [{ keep: 'sap' }, { keep: 'bill' }, { keep: 'leave' }],
    });
    expect(await found.raised('EDITED_IN_BILL')).toBe(1);
    expect(found.bill().dueDate).toBe('2027-01-31');
  });

  it('is raised anew for another change, and clears by itself when it is undone', async () => {
    const found = new DriftCase(before);
    const { id, dueDate } = found.bill();
    for (const day of ['2027-01-31', '2027-02-28']) {
      found.office.editBill(id, { dueDate: day });
      await found.settle();
      expect((await found.exception())?.billValues.dueDate).toBe(day);
    }
    found.office.editBill(id, { dueDate });
    await found.settle();
    expect(await found.exception()).toBeUndefined();
    expect(await found.record()).toMatchObject({ state: 'handed-over', drifts: [] });
  });

  it('is written back where SAP is kept: fields, and lines with their ids', async () => {
    const found = new DriftCase(before);
    const asSent = structuredClone(found.bill());
    found.office.editBill(asSent.id, {
      dueDate: '2027-01-31',
      lines: asSent.lines.map(({ id }) => ({ id, amount: '40.00', description: 'who knows' })),
    });
    await found.settle();
    expect((await found.exception())?.billValues).toMatchObject({
      amount: '80.00',
      'lines[1].amount': '40.00',
    });
    await found.resolve('sap');
    expect({ ...found.bill(), updatedAt: 0 }).toEqual({ ...asSent, updatedAt: 0 });
    expect(await found.exception()).toBeUndefined();
    expect(await found.told()).toContainEqual(
      "Ada Clerk: Decided to keep SAP's values: checked with the buyer",
    );
    expect(await brokenInvariants(found.world)).toEqual([]);
  });

  it('stands where BILL is kept, also through later polls and changes of other fields in SAP', async () => {
    const found = new DriftCase(before);
    found.office.editBill(found.bill().id, { dueDate: '2027-01-31' });
    await found.settle();
    await found.resolve('bill');
    expect(await found.exception()).toBeUndefined();
    found.world.sap.tenant.changeInvoice(found.key(), { itemTexts: { '0001': 'Consulting, November' } });
    await found.settle();
    expect(await found.exception()).toBeUndefined();
    expect(found.bill().dueDate).toBe('2027-01-31');
    expect(found.bill().lines[0]?.description).toContain('Consulting, November');
    expect((await found.told()).join('\n')).toContain('are accepted: dueDate (decided by Ada Clerk');
  });

  it('follows a later change in SAP of the very field, and is raised anew when BILL changes again', async () => {
    const found = new DriftCase(before);
    found.office.editBill(found.bill().id, { dueDate: '2027-01-31' });
    await found.settle();
    await found.resolve('bill');
    found.world.sap.tenant.changeInvoice(found.key(), { paymentTerms: 'NT60' });
    await found.settle();
    expect(await found.exception()).toBeUndefined();
    expect(found.bill().dueDate).toBe((await found.record()).bills?.[0]?.sent.dueDate);
    found.office.editBill(found.bill().id, { dueDate: '2027-02-28' });
    await found.settle();
    expect((await found.exception())?.code).toBe('EDITED_IN_BILL');
  });

  it('cannot be accepted over another total or for another vendor', async () => {
    const found = new DriftCase(before);
    const [line] = found.bill('KC-2').lines;
    found.office.editBill(found.bill('KC-2').id, { lines: [{ id: line?.id ?? '', amount: '249.99' }] });
    await found.settle();
    const exception = await found.exception('second');
    expect(exception?.choices?.find(({ keep }) => keep === 'bill')?.refusal).toContain(
      'SAP owes 250 and BILL would pay 249.99',
    );
    await expect(found.resolve('bill', 'second')).rejects.toMatchObject({ code: 'CANNOT_BE_KEPT' });
    const other = found.office.addVendor({ name: 'Somebody Else Ltd', billCurrency: 'USD' });
    found.office.editBill(found.bill().id, { vendorId: other });
    await found.settle();
    await expect(found.resolve('bill')).rejects.toMatchObject({ code: 'CANNOT_BE_KEPT' });
    await found.resolve('sap');
    await found.resolve('sap', 'second');
    expect(await brokenInvariants(found.world)).toEqual([]);
  });

  it('is left: nothing is written and the same is not raised again, but a new change is', async () => {
    const found = new DriftCase(before);
    found.office.editBill(found.bill().id, { dueDate: '2027-01-31' });
    await found.settle();
    await found.resolve('leave');
    await found.settle({ slowPolls: ['watchInvoices', 'watchPayments'] });
    expect(await found.exception()).toBeUndefined();
    expect(await found.record()).toMatchObject({
      state: 'handed-over',
      drifts: [{ kind: 'edited', decision: { keep: 'leave', by: 'Ada Clerk' } }],
    });
    expect(found.bill().dueDate).toBe('2027-01-31');
    found.office.editBill(found.bill().id, { dueDate: '2027-02-28' });
    await found.settle();
    expect((await found.exception())?.code).toBe('EDITED_IN_BILL');
  });

  it('is left until SAP changes the invoice too', async () => {
    const found = new DriftCase(before);
    found.office.editBill(found.bill().id, { dueDate: '2027-01-31' });
    await found.settle();
    await found.resolve('leave');
    found.world.sap.tenant.changeInvoice(found.key(), { paymentTerms: 'NT60' });
    await found.settle();
    expect((await found.exception())?.code).toBe('EDITED_IN_BILL');
    await found.resolve('leave');
    expect(await found.exception()).toBeUndefined();
    expect(found.bill().dueDate).toBe('2027-01-31');
  });

  it('is decided for what was seen: another edit before the decision is done is raised instead', async () => {
    const found = new DriftCase(before);
    found.office.editBill(found.bill().id, { dueDate: '2027-01-31' });
    await found.settle();
    const deciding = found.resolve('sap');
    found.office.editBill(found.bill().id, { dueDate: '2027-02-28' });
    await deciding;
    expect((await found.exception())?.billValues.dueDate).toBe('2027-02-28');
    expect(found.bill().dueDate).toBe('2027-02-28');
  });

  it('cannot be written back while a payment is scheduled, and can after a retry once it is canceled', async () => {
    const found = new DriftCase(before);
    found.office.editBill(found.bill().id, { dueDate: '2027-01-31' });
    const payment = found.office.pay({
      bills: [{ billId: found.bill().id, amount: '108.33' }],
      disbursementType: 'ACH',
      fundingAccountId: Object.keys(found.world.bill.books.fundingAccounts)[0] ?? '',
      processDate: '2026-12-01',
    });
    await found.settle();
    await expect(found.resolve('sap')).rejects.toMatchObject({ code: 'CANNOT_BE_KEPT' });
    found.office.cancel(payment);
    await found.retry();
    await found.resolve('sap');
    expect(found.bill().dueDate).not.toBe('2027-01-31');
    expect(await found.exception()).toBeUndefined();
  });

  it('is raised together with a change in SAP, and one choice settles both', async () => {
    const found = new DriftCase(before);
    found.office.editBill(found.bill().id, { dueDate: '2027-01-31' });
    found.world.sap.tenant.changeInvoice(found.key(), { paymentTerms: 'NT60' });
    await found.settle();
    expect((await found.exception())?.code).toBe('EDITED_IN_BILL');
    await found.resolve('sap');
    const record = await found.record();
    expect(found.bill().dueDate).toBe(record.bills?.[0]?.sent.dueDate);
    expect(record).toMatchObject({ state: 'handed-over', drifts: [] });
  });

  it('is accepted beside what SAP changed meanwhile, which BILL gets', async () => {
    const found = new DriftCase(before);
    found.office.editBill(found.bill().id, { dueDate: '2027-01-31' });
    found.world.sap.tenant.changeInvoice(found.key(), { itemTexts: { '0001': 'Consulting, November' } });
    await found.settle();
    expect(await found.exception()).toMatchObject({
      code: 'EDITED_IN_BILL',
      billValues: { dueDate: '2027-01-31' },
    });
    await found.resolve('bill');
    expect(await found.exception()).toBeUndefined();
    expect(found.bill().dueDate).toBe('2027-01-31');
    expect(found.bill().lines[0]?.description).toContain('Consulting, November');
    expect(await found.record()).toMatchObject({ state: 'handed-over', drifts: [] });
  });
});

describe('what is no drift', () => {
  it('our own writes, approvals, payments and repeated polls raise nothing', async () => {
    const found = new DriftCase(before, { bill: { billUpdatedTimeMovesOnPayment: true } });
    found.world.sap.tenant.changeInvoice(found.key(), { paymentTerms: 'NT60' });
    found.office.approveBill(found.bill().id);
    const payment = found.office.pay({
      bills: [{ billId: found.bill('KC-2').id, amount: '250.00' }],
      disbursementType: 'ACH',
      fundingAccountId: Object.keys(found.world.bill.books.fundingAccounts)[0] ?? '',
      processDate: '2026-11-25',
    });
    await found.settle({ slowPolls: ['watchPayments'] });
    for (const status of ['PROCESSED', 'CLEARED']) {
      found.office.advance(payment, status);
      await found.settle({ slowPolls: ['watchPayments'] });
    }
    found.office.editBill(found.bill().id, {});
    await found.settle();
    expect([await found.exception(), await found.exception('second')]).toEqual([undefined, undefined]);
    expect((await found.told()).filter((each) => each.includes('Exception'))).toEqual([]);
  });

  it('costs no read of a bill where the list already carries all of it', async () => {
    const found = new DriftCase(before, { bill: { billUpdatedTimeMovesOnPayment: true } });
    found.office.approveBill(found.bill().id);
    const reads = () =>
      found.world.points.filter((point) => point.includes('GET') && /bills\/00n/.test(point)).length;
    const sofar = reads();
    await found.settle();
    expect(reads()).toBe(sofar);
  });

  it('is judged by the whole bill where list rows are thin', async () => {
    const thin = new DriftCase(before, { bill: { thinListRows: true } });
    thin.office.editBill(thin.bill().id, { dueDate: '2027-01-31' });
    thin.office.editBill(thin.bill('KC-2').id, {});
    await thin.settle();
    expect([(await thin.exception())?.code, await thin.exception('second')]).toEqual([
      'EDITED_IN_BILL',
      undefined,
    ]);
  });
});
