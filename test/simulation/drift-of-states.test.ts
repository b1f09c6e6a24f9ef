import { beforeAll, describe, expect, it } from 'vitest';
import { listExceptions } from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { readTieOut } from '../../lib/journeys/tie-out/read-tie-out.ts';
import { invoiceId } from '../../lib/ledger/invoices.ts';
import { isTiedOut } from '../../lib/rules/tie-out.ts';
import { DriftCase, handOver } from './drift-case.ts';
import { brokenInvariants } from './invariants.ts';
import type { Snapshot } from './world.ts';

let before: Snapshot;
let blocked: Snapshot;
beforeAll(async () => {
  before = await handOver();
  blocked = await handOver({ config: { companyCodes: [{ ...company, setHandOverBlock: true }] } });
});

const company = {
  companyCode: '1710',
  clearingAccounts: [{ fundingAccount: '*', glAccount: '11001080' }],
  clearing: { mode: 'off' },
};

const slowly = { slowPolls: ['watchInvoices', 'watchPayments'] } as const;

function paymentBlock(found: DriftCase, { supplierInvoice, fiscalYear } = found.key()): unknown {
  const rows = found.world.sap.books.tables.A_OperationalAcctgDocItemCube ?? [];
  return rows.find((row) => row.OriginalReferenceDocument === `${supplierInvoice}${fiscalYear}`)
    ?.PaymentBlockingReason;
}

describe('a bill of ours that people archive in BILL', () => {
  it('is raised once, and clears by itself when it is restored', async () => {
    const found = new DriftCase(before);
    found.office.archiveBill(found.bill().id);
    await found.settle();
    await found.settle(slowly);
    expect(await found.exception()).toMatchObject({
      code: 'ARCHIVED_IN_BILL',
      sapValues: { record: 'to be paid' },
      billValues: { record: 'archived' },
    });
    expect(await found.raised('ARCHIVED_IN_BILL')).toBe(1);
    found.office.restoreBill(found.bill().id);
    await found.settle();
    expect(await found.exception()).toBeUndefined();
    expect((await found.record()).state).toBe('handed-over');
  });

  it('is restored where SAP is kept', async () => {
    const found = new DriftCase(before);
    found.office.archiveBill(found.bill().id);
    await found.settle();
    await found.resolve('sap');
    expect(found.bill().archived).toBe(false);
    expect(await found.exception()).toBeUndefined();
    expect((await found.record()).state).toBe('handed-over');
    expect(await brokenInvariants(found.world)).toEqual([]);
  });

  it('is restored, and what was edited before is raised then', async () => {
    const found = new DriftCase(before);
    found.office.editBill(found.bill().id, { dueDate: '2027-01-31' });
    found.office.archiveBill(found.bill().id);
    await found.settle();
    await found.resolve('sap');
    expect(found.bill().archived).toBe(false);
    expect((await found.exception())?.code).toBe('EDITED_IN_BILL');
  });

  it('leaves the invoice to SAP where BILL is kept: our block goes, and no other bill is made', async () => {
    const config = { companyCodes: [{ ...company, setHandOverBlock: true }] };
    const found = new DriftCase(blocked, { config });
    expect(paymentBlock(found)).toBe('B');
    found.office.archiveBill(found.bill().id);
    await found.settle();
    await found.resolve('bill');
    await found.settle();
    expect(await found.record()).toMatchObject({
      state: 'skipped',
      reason: 'left to SAP by Ada Clerk: checked with the buyer',
    });
    expect(paymentBlock(found)).toBe('');
    found.world.sap.tenant.changeInvoice(found.key(), { paymentTerms: 'NT60' });
    await found.settle(slowly);
    const bills = Object.values(found.world.bill.books.bills);
    expect(bills.filter(({ invoiceNumber }) => invoiceNumber === 'KC-1')).toHaveLength(1);
    expect(await found.exception()).toBeUndefined();
  });

  it('is not left to SAP while BILL still pays it, neither by choice nor by a skip', async () => {
    const config = { companyCodes: [{ ...company, setHandOverBlock: true }] };
    const found = new DriftCase(blocked, { config, bill: { archiveOfPaidBill: 'accepted' } });
    const funding = { bankName: 'Example Bank', nameOnAccount: 'Example Services Inc.' };
    found.office.pay({
      bills: [{ billId: found.bill().id, amount: '108.33' }],
      disbursementType: 'ACH',
      fundingAccountId: found.office.addFundingAccount(funding),
      processDate: '2026-11-30',
    });
    found.office.archiveBill(found.bill().id);
    await found.settle();
    expect((await found.exception())?.choices).toContainEqual({
      keep: 'bill',
      refusal: expect.stringMatching(/108\.33 is scheduled/),
    });
    await expect(found.resolve('bill')).rejects.toMatchObject({ code: 'CANNOT_BE_KEPT' });
    await found.skip();
    expect(paymentBlock(found)).toBe('B');
  });

  it('and whose invoice has another one that BILL pays, leaves our block where a person skips it', async () => {
    const config = { companyCodes: [{ ...company, setHandOverBlock: true }] };
    const found = new DriftCase(blocked, { config });
    const instalments = [30, 60].map((netDays) => ({ weight: '1', netDays }));
    found.world.sap.books.organization.paymentTerms.IN02 = { netDays: 60, instalments };
    const key = found.world.sap.tenant.postInvoice({
      companyCode: '1710',
      supplier: (await found.record()).supplier,
      documentDate: '2026-11-20',
      postingDate: '2026-11-21',
      reference: 'KC-9',
      paymentTerms: 'IN02',
      lines: [{ kind: 'gl-account', glAccount: '61008000', costCenter: '17101401', amount: '80.00' }],
    });
    await found.settle();
    expect(paymentBlock(found, key)).toBe('B');
    found.office.archiveBill(found.bill('KC-9/1').id);
    await found.settle();
    const open = (await listExceptions(found.world)).find(({ id }) => id === invoiceId(key));
    expect(open?.code).toBe('ARCHIVED_IN_BILL');
    await found.skip(invoiceId(key));
    expect(paymentBlock(found, key)).toBe('B');
    expect(found.bill('KC-9/2').archived).toBe(false);
  });

  it('is raised when it comes back after it was left to SAP, and may be taken up again', async () => {
    const found = new DriftCase(before);
    found.office.archiveBill(found.bill().id);
    await found.settle();
    await found.resolve('bill');
    found.office.restoreBill(found.bill().id);
    await found.settle();
    expect((await found.exception())?.code).toBe('RESTORED_IN_BILL');
    await found.resolve('bill');
    const record = await found.record();
    expect(record).toMatchObject({ state: 'handed-over', bills: [{ archived: false }] });
    expect(record.bills?.[0]?.leftToSap).toBeUndefined();
  });

  it('is left as it is, and the tie-out names who left it', async () => {
    const found = new DriftCase(before);
    found.office.archiveBill(found.bill().id);
    await found.settle();
    await found.resolve('leave');
    await found.settle(slowly);
    expect(await found.exception()).toBeUndefined();
    expect(found.bill().archived).toBe(true);
    await found.world.run((cases) => cases.tieOut());
    const [line] =
      (await readTieOut(found.world.table))?.lines.filter(
        (each) => each.vendorId === found.bill().vendorId,
      ) ?? [];
    expect(line).toMatchObject({
      exceptions: '108.33',
      difference: '0.00',
      documents: [
        { document: found.id(), bill: '0.00', why: expect.stringContaining('Left as it is by Ada Clerk') },
      ],
    });
  });

  it('is no matter for a bill that is paid', async () => {
    const found = new DriftCase(before, { bill: { archiveOfPaidBill: 'accepted' } });
    const payment = found.office.pay({
      bills: [{ billId: found.bill().id, amount: '108.33' }],
      disbursementType: 'ACH',
      fundingAccountId: Object.keys(found.world.bill.books.fundingAccounts)[0] ?? '',
      processDate: '2026-11-25',
    });
    for (const status of ['PROCESSED', 'CLEARED']) found.office.advance(payment, status);
    await found.settle();
    found.office.archiveBill(found.bill().id);
    await found.settle();
    expect(await found.exception()).toBeUndefined();
  });

  it('is what SAP wants where the invoice was paid there meanwhile', async () => {
    const found = new DriftCase(before, { config: { payments: { paidInSap: 'exception' } } });
    found.world.sap.tenant.payInSap(found.key(), '2026-11-24');
    await found.settle(slowly);
    expect((await found.exception())?.code).toBe('PAID_IN_SAP');
    found.office.archiveBill(found.bill().id);
    await found.settle();
    await found.retry();
    expect(await found.exception()).toBeUndefined();
    expect((await found.record()).state).toBe('settled');
  });
});

describe('a bill of ours that an approver denies', () => {
  it.each([true, false])(
    'is raised whether or not updatedTime moves (%s), and clears once it is approved',
    async (moves) => {
      const found = new DriftCase(before, { bill: { billUpdatedTimeMovesOnPayment: moves } });
      found.office.denyBill(found.bill().id);
      await found.settle(moves ? {} : slowly);
      expect(await found.exception()).toMatchObject({
        code: 'DENIED_IN_BILL',
        billValues: { approval: 'DENIED' },
      });
      await expect(found.resolve('sap')).rejects.toMatchObject({ code: 'CANNOT_BE_KEPT' });
      found.office.approveBill(found.bill().id);
      await found.settle(slowly);
      expect(await found.exception()).toBeUndefined();
      expect((await found.record()).state).toBe('handed-over');
    },
  );

  it('is archived where BILL is kept, and the invoice is left to SAP', async () => {
    const found = new DriftCase(before);
    found.office.denyBill(found.bill().id);
    await found.settle(slowly);
    await found.resolve('bill');
    expect(found.bill().archived).toBe(true);
    expect(await found.exception()).toBeUndefined();
    expect((await found.record()).state).toBe('skipped');
    expect(await brokenInvariants(found.world)).toEqual([]);
  });

  it('is left', async () => {
    const found = new DriftCase(before);
    found.office.denyBill(found.bill().id);
    await found.settle(slowly);
    await found.resolve('leave');
    await found.settle(slowly);
    expect(await found.exception()).toBeUndefined();
    expect(await found.raised('DENIED_IN_BILL')).toBe(1);
  });
});

describe('a bill that comes back after SAP withdrew its invoice', () => {
  const withdrawn = async () => {
    const found = new DriftCase(before);
    found.world.sap.tenant.reverseInvoice(found.key());
    await found.settle();
    expect((await found.record()).state).toBe('withdrawn');
    found.office.restoreBill(found.bill().id);
    await found.settle();
    return found;
  };

  it('is raised, cannot be accepted, and is archived again where SAP is kept', async () => {
    const found = await withdrawn();
    expect((await found.exception())?.code).toBe('RESTORED_IN_BILL');
    await expect(found.resolve('bill')).rejects.toMatchObject({ code: 'CANNOT_BE_KEPT' });
    await found.resolve('sap');
    expect(found.bill().archived).toBe(true);
    expect(await found.exception()).toBeUndefined();
    expect((await found.record()).state).toBe('withdrawn');
  });

  it('clears by itself when it is archived again', async () => {
    const found = await withdrawn();
    found.office.archiveBill(found.bill().id);
    await found.settle();
    expect(await found.exception()).toBeUndefined();
    expect((await found.record()).state).toBe('withdrawn');
  });

  it('stands in the tie-out as what BILL would pay and SAP does not owe', async () => {
    const found = await withdrawn();
    await found.world.run((cases) => cases.tieOut());
    const [line] =
      (await readTieOut(found.world.table))?.lines.filter(
        (each) => each.vendorId === found.bill().vendorId,
      ) ?? [];
    expect(line).toMatchObject({
      exceptions: '-108.33',
      difference: '0.00',
      documents: [
        {
          document: found.id(),
          sap: '0.00',
          bill: '108.33',
          why: expect.stringContaining('restored in BILL'),
        },
      ],
    });
  });

  it('is left, and not raised again', async () => {
    const found = await withdrawn();
    await found.resolve('leave');
    await found.settle(slowly);
    expect(await found.exception()).toBeUndefined();
    expect(await found.raised('RESTORED_IN_BILL')).toBe(1);
  });
});

describe('a bill that comes back after another one for another payee took its place', () => {
  it('stands in the tie-out as what BILL would pay twice', async () => {
    const found = new DriftCase(before);
    const old = found.bill();
    const [header] = (found.world.sap.books.tables.A_SupplierInvoice ?? []).filter(
      ({ SupplierInvoice }) => SupplierInvoice === found.key().supplierInvoice,
    );
    const { supplier: payee } = await found.record('third');
    Object.assign(header ?? {}, { AlternativePayeePayer: payee });
    await found.world.run((cases) => cases.handOverInvoice(work(found)));
    expect((await found.exception())?.code).toBe('PAYEE_CHANGED');
    found.office.archiveBill(old.id);
    await found.retry();
    expect(await found.exception()).toBeUndefined();
    found.office.restoreBill(old.id);
    await found.settle();
    expect((await found.exception())?.code).toBe('RESTORED_IN_BILL');
    await found.world.run((cases) => cases.tieOut());
    const lines = (await readTieOut(found.world.table))?.lines ?? [];
    expect(lines.find(({ vendorId }) => vendorId === old.vendorId)).toMatchObject({
      exceptions: '-108.33',
      difference: '0.00',
      documents: [{ document: found.id(), sap: '0.00', bill: '108.33' }],
    });
    expect(lines.every(isTiedOut)).toBe(true);
  });
});

/** The invoice, looked at once more. */
function work(found: DriftCase) {
  return { kind: 'invoice', key: found.key(), changeStamp: '20261124060000', attempt: 2 } as const;
}

describe('an invoice that changes in SAP when its bill cannot follow', () => {
  const scheduled = (found: DriftCase) =>
    found.office.pay({
      bills: [{ billId: found.bill().id, amount: '108.33' }],
      disbursementType: 'ACH',
      fundingAccountId: Object.keys(found.world.bill.books.fundingAccounts)[0] ?? '',
      processDate: '2026-12-01',
    });

  it('is raised with both values; BILL can be kept where the money is the same, SAP not before it is canceled', async () => {
    const found = new DriftCase(before);
    scheduled(found);
    const { dueDate } = found.bill();
    found.world.sap.tenant.changeInvoice(found.key(), { paymentTerms: 'NT60' });
    await found.settle();
    const exception = await found.exception();
    expect(exception).toMatchObject({ code: 'CHANGED_AFTER_SCHEDULING', billValues: { dueDate } });
    expect(exception?.sapValues.dueDate).not.toBe(dueDate);
    await expect(found.resolve('sap')).rejects.toMatchObject({ code: 'CANNOT_BE_KEPT' });
    await found.resolve('bill');
    expect(await found.exception()).toBeUndefined();
    expect(found.bill().dueDate).toBe(dueDate);
    await found.settle(slowly);
    expect(await found.exception()).toBeUndefined();
  });

  it('is left, until SAP changes it again', async () => {
    const found = new DriftCase(before);
    scheduled(found);
    found.world.sap.tenant.changeInvoice(found.key(), { paymentTerms: 'NT60' });
    await found.settle();
    await found.resolve('leave');
    expect(await found.exception()).toBeUndefined();
    found.world.sap.tenant.changeInvoice(found.key(), { paymentTerms: 'NT45' });
    await found.settle();
    expect((await found.exception())?.code).toBe('CHANGED_AFTER_SCHEDULING');
  });

  it('follows by itself once the payment is canceled and somebody retries', async () => {
    const found = new DriftCase(before);
    const payment = scheduled(found);
    found.world.sap.tenant.changeInvoice(found.key(), { paymentTerms: 'NT60' });
    await found.settle();
    found.office.cancel(payment);
    await found.retry();
    expect(await found.exception()).toBeUndefined();
    expect(found.bill().dueDate).toBe((await found.record()).bills?.[0]?.sent.dueDate);
  });
});

describe('an invoice that SAP blocks after the hand-over', () => {
  const blockedInSap = async () => {
    const found = new DriftCase(before);
    found.world.sap.tenant.setFiBlock(found.key(), 'A');
    await found.settle(slowly);
    return found;
  };

  it('is raised; BILL cannot be kept, and it clears by itself when it is freed', async () => {
    const found = await blockedInSap();
    expect((await found.exception())?.code).toBe('NO_LONGER_PAYABLE_IN_SAP');
    await expect(found.resolve('bill')).rejects.toMatchObject({ code: 'CANNOT_BE_KEPT' });
    found.world.sap.tenant.releaseBlock(found.key(), 'fi-only');
    await found.retry();
    expect(await found.exception()).toBeUndefined();
    expect(await found.record()).toMatchObject({ state: 'handed-over', drifts: [] });
  });

  it('has its bill archived where SAP is kept, and gets it back when it is freed', async () => {
    const found = await blockedInSap();
    await found.resolve('sap');
    expect(found.bill().archived).toBe(true);
    expect((await found.record()).state).toBe('kept-back');
    found.world.sap.tenant.releaseBlock(found.key(), 'fi-only');
    await found.settle();
    expect(found.bill().archived).toBe(false);
    expect((await found.record()).state).toBe('handed-over');
    expect(await brokenInvariants(found.world)).toEqual([]);
  });

  it('is left in BILL, and not raised again while SAP says the same', async () => {
    const found = await blockedInSap();
    await found.resolve('leave');
    await found.settle(slowly);
    expect(await found.exception()).toBeUndefined();
    expect((await found.record()).state).toBe('handed-over');
    expect(await found.raised('NO_LONGER_PAYABLE_IN_SAP')).toBe(1);
  });
});
