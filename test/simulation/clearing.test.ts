import { describe, expect, it } from 'vitest';
import {
  listExceptions,
  retryException,
  skipException,
} from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { readTieOut } from '../../lib/journeys/tie-out/read-tie-out.ts';
import { clearingId, clearingRecords } from '../../lib/ledger/clearings.ts';
import { paymentRecords } from '../../lib/ledger/payments.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { seededRandom } from '../../lib/random.ts';
import type { InvoiceKey } from '../../lib/rules/sap-invoices.ts';
import { Crash, type Fate } from './faults.ts';
import { brokenInvariants, outcome } from './invariants.ts';
import { World, type WorldOptions } from './world.ts';

interface CaseOptions extends WorldOptions {
  readonly company?: Record<string, unknown>;
  readonly withholding?: string[];
  /** Weights of the parts that the invoice is payable in. */
  readonly instalments?: string[];
}

/** One invoice of 100.00 in a company code that blocks and clears, and what becomes of it. */
class Case {
  readonly world: World;
  readonly key: InvoiceKey;
  readonly #funding: string;

  constructor(options: CaseOptions = {}) {
    const { company = {}, withholding = [], instalments, ...others } = options;
    const code = {
      companyCode: '1010',
      clearingAccounts: [{ fundingAccount: '*', glAccount: '11001080' }],
      ...company,
    };
    this.world = new World({
      ...others,
      config: { companyCodes: [code], handOverBlock: 'B', ...others.config },
    });
    const { sap, bill } = this.world;
    bill.office.addChartOfAccount({ name: 'Consulting', number: '61008000', type: 'EXPENSE' });
    this.#funding = bill.office.addFundingAccount({ bankName: 'Example Bank', nameOnAccount: 'Example Ltd' });
    const supplier = sap.tenant.addSupplier({
      name: 'Single Supplier Ltd',
      address: {
        street: 'Example Street',
        city: 'Sampleton',
        postalCode: '00001',
        region: 'NY',
        country: 'US',
      },
      companies: [{ companyCode: '1010', withholdingTypes: withholding }],
    });
    if (instalments !== undefined) {
      const parts = instalments.map((weight, index) => ({ weight, netDays: 30 * (index + 1) }));
      sap.books.organization.paymentTerms.PART = { netDays: 90, instalments: parts };
    }
    this.key = sap.tenant.postInvoice({
      companyCode: '1010',
      supplier,
      documentDate: '2026-11-20',
      postingDate: '2026-11-21',
      currency: 'USD',
      reference: 'SS-1',
      ...(instalments === undefined ? {} : { paymentTerms: 'PART' }),
      lines: [
        {
          kind: 'gl-account',
          glAccount: '61008000',
          costCenter: '10101101',
          profitCenter: 'YB110',
          amount: '100.00',
        },
      ],
    });
  }

  get id(): string {
    return `1010/${this.key.supplierInvoice}/${this.key.fiscalYear}`;
  }

  pay(amount = '100.00', processDate?: string): string {
    return this.payBills({ 'SS-1': amount }, processDate);
  }

  /** Amounts by the numbers of the bills. */
  payBills(amounts: Record<string, string>, processDate = '2026-11-24'): string {
    const { bill } = this.world;
    const bills = Object.values(bill.books.bills).flatMap(({ id: billId, invoiceNumber }) => {
      const amount = amounts[invoiceNumber];
      return amount === undefined ? [] : [{ billId, amount }];
    });
    const fundingAccountId = this.#funding;
    const id = bill.office.pay({
      bills,
      disbursementType: 'ACH',
      fundingAccountId,
      processDate,
    });
    for (const status of ['FUNDING_STARTED', 'PROCESSED', 'SENT', 'CLEARED']) bill.office.advance(id, status);
    return id;
  }

  async days(count: number): Promise<void> {
    this.world.clock.pass(count * 24 * 60 * 60_000);
    await this.world.settleDown();
  }

  async codes(): Promise<string[]> {
    return (await listExceptions(this.world)).map((each) => each.code);
  }

  async retry(id: string): Promise<void> {
    await retryException({ ...this.store() }, id, 'clerk');
    await this.world.settleDown();
  }

  store() {
    const { table, queues, clock } = this.world;
    return { table, queues, clock, random: seededRandom(3) };
  }

  async clearings(): Promise<unknown> {
    const { clearings } = (await outcome(this.world)) as { clearings: unknown[][] };
    return clearings.map((each) => each.at(-1));
  }

  async blocks(): Promise<unknown> {
    const { blocks } = (await outcome(this.world)) as { blocks: unknown[][] };
    return blocks.map(([, wanted, state]) => `${wanted} ${state}`);
  }

  lines(type = 'RMRP') {
    return (this.world.sap.books.tables.A_OperationalAcctgDocItemCube ?? []).filter(
      (row) => row.FinancialAccountType === 'K' && row.ReferenceDocumentType === type,
    );
  }
}

const clearedBy = (document: string) => ({
  IsCleared: true,
  ClearingAccountingDocument: document,
  ClearingDocFiscalYear: '2026',
});

/** The entry is in SAP and its clearing is noted, but the payment's record does not know it yet. */
function killedBeforeTheEntryIsKept(): Fate {
  let writes: number | undefined;
  const notes = ['the number', 'the invoice', 'the clearing'];
  return {
    before: ({ number, what }) => {
      if (what === 'table.put' && writes !== undefined) writes += 1;
      if (writes !== notes.length + 1) return;
      writes = undefined;
      throw new Crash(`before call ${number}`);
    },
    after: ({ what }) => {
      if (what.endsWith('/journalentrycreaterequestconfi')) writes = 0;
    },
  };
}

describe('clearing', () => {
  it('is held back so many days, and a payment that comes back meanwhile is reversed by itself', async () => {
    const kept = new Case({ company: { clearing: { afterDays: 5 } } });
    await kept.world.settleDown();
    const id = kept.pay();
    await kept.world.settleDown();
    expect(await kept.clearings()).toEqual(['due']);
    await kept.days(4);
    expect(kept.lines()[0]?.IsCleared).not.toBe(true);
    kept.world.bill.office.returnPayment(id);
    kept.world.bill.office.void(id, 'VOID_AND_CREDIT');
    await kept.world.settleDown();
    expect([await kept.clearings(), await kept.codes()]).toEqual([['dropped'], []]);
    await kept.days(3);
    expect(kept.lines()[0]?.IsCleared).not.toBe(true);
  });

  it('happens when its days are over', async () => {
    const kept = new Case({ company: { clearing: { afterDays: 5 } } });
    await kept.world.settleDown();
    kept.pay();
    await kept.world.settleDown();
    await kept.days(5);
    expect(await kept.clearings()).toEqual(['cleared']);
    expect(kept.lines()[0]?.IsCleared).toBe(true);
  });

  it.each(['new-line', 'same-line'] as const)(
    'of a part leaves nothing open between the sides (%s)',
    async (partialClearing) => {
      const part = new Case({ sap: { partialClearing } });
      await part.world.settleDown();
      part.pay('40.00');
      await part.world.settleDown();
      await part.days(1);
      expect(await part.clearings()).toEqual(['cleared']);
      await part.world.run((cases) => cases.tieOut());
      expect((await readTieOut(part.world.table))?.totals).toMatchObject([
        { sapOpen: '60.00', billOpen: '60.00', difference: '0.00' },
      ]);
    },
  );

  it('is left to people where it is off, and does not concern the other profile', async () => {
    for (const company of [{ clearing: { mode: 'off' } }, { postingProfile: 'original-lines' }]) {
      const off = new Case({ company });
      await off.world.settleDown();
      off.pay();
      await off.world.settleDown();
      expect(await off.clearings()).toEqual([]);
    }
  });

  it('that SAP refuses in silence becomes an exception with the steps; cured and retried, it goes on', async () => {
    const taxed = new Case({ withholding: ['42'] });
    await taxed.world.settleDown();
    const id = taxed.pay();
    await taxed.world.settleDown();
    const [exception] = await listExceptions(taxed.world);
    expect(exception).toMatchObject({
      code: 'CLEARING_NOT_CONFIRMED',
      id,
      nextStep: expect.stringContaining('Message Dashboard'),
    });
    taxed.world.sap.books.tables.A_SupplierWithHoldingTax = [];
    await taxed.retry(id);
    expect([await taxed.codes(), await taxed.clearings()]).toEqual([[], ['cleared']]);
    expect(await brokenInvariants(taxed.world)).toEqual([]);
  });

  it('that an accountant did by hand is taken over by a retry', async () => {
    const taxed = new Case({ withholding: ['42'] });
    await taxed.world.settleDown();
    const id = taxed.pay();
    await taxed.world.settleDown();
    for (const row of [...taxed.lines(), ...taxed.lines('BKPFF')]) {
      Object.assign(row, clearedBy('0200009999'));
    }
    await taxed.retry(id);
    expect([await taxed.codes(), await taxed.clearings()]).toEqual([[], ['cleared']]);
  });

  it('of the same document type as the entry is never taken for the entry', async () => {
    const killed = new Case({
      company: { clearing: { documentType: 'KZ' } },
      fate: killedBeforeTheEntryIsKept(),
    });
    await killed.world.settleDown();
    const id = killed.pay('40.00');
    await killed.world.settleDown();
    expect([killed.world.crashes, await killed.codes(), await killed.clearings()]).toEqual([
      1,
      [],
      ['cleared'],
    ]);
    const record = await readRecord(killed.world.table, paymentRecords, id);
    expect(record).toMatchObject({ state: 'posted', postings: [{ amount: '40.00' }] });
  });

  it('takes the instalments that one payment pays together', async () => {
    const parts = new Case({ instalments: ['20', '30', '50'] });
    await parts.world.settleDown();
    parts.payBills({ 'SS-1/1': '20.00', 'SS-1/2': '30.00' });
    await parts.world.settleDown();
    expect([await parts.codes(), await parts.clearings()]).toEqual([[], ['cleared']]);
    expect(parts.lines().map((row) => row.IsCleared === true)).toEqual([true, true, false]);
    expect(parts.world.sap.books.workedOffMessages.map(({ problem }) => problem)).toEqual(['']);
  });

  it('takes the instalment of the paid bill, in whatever order equal ones are paid', async () => {
    const parts = new Case({ instalments: ['50', '50'] });
    const { world } = parts;
    await world.settleDown();
    const cleared = () => parts.lines().map((row) => row.IsCleared === true);
    parts.payBills({ 'SS-1/2': '50.00' });
    await world.settleDown();
    expect([cleared(), await parts.clearings()]).toEqual([[false, true], ['cleared']]);
    world.sap.tenant.changeInvoice(parts.key, { headerText: 'Looked at anew' });
    await world.settleDown({ slowPolls: ['watchInvoices'] });
    expect(await parts.codes()).toEqual([]);
    parts.payBills({ 'SS-1/1': '50.00' });
    await world.settleDown();
    expect([cleared(), await parts.codes()]).toEqual([[true, true], []]);
  });

  it('takes a part of the instalment whose bill is paid in part', async () => {
    const parts = new Case({ instalments: ['50', '50'] });
    await parts.world.settleDown();
    parts.payBills({ 'SS-1/2': '30.00' });
    await parts.world.settleDown();
    expect([await parts.codes(), await parts.clearings()]).toEqual([[], ['cleared']]);
    parts.payBills({ 'SS-1/2': '20.00' });
    await parts.world.settleDown();
    expect([await parts.codes(), await parts.clearings()]).toEqual([[], ['cleared', 'cleared']]);
    expect(parts.lines().map((row) => row.IsCleared === true)).toEqual([false, true]);
  });

  it('of an entry that went into the next period is posted there too', async () => {
    const closed = new Case({ company: { postingDate: 'next-open-period' } });
    await closed.world.settleDown();
    closed.world.sap.tenant.closePeriod('1010', '2026-11');
    closed.pay();
    await closed.world.settleDown();
    expect([await closed.codes(), await closed.clearings()]).toEqual([[], ['cleared']]);
    expect(closed.lines().map((row) => row.ClearingDate)).toEqual(['2026-12-01']);
  });

  it('of an entry that people reversed in SAP says so', async () => {
    const undone = new Case({ company: { clearing: { afterDays: 1 } } });
    await undone.world.settleDown();
    const id = undone.pay();
    await undone.world.settleDown();
    for (const row of undone.lines('BKPFF'))
      Object.assign(row, { ...clearedBy('1599999999'), ReverseDocument: '1599999999' });
    await undone.days(1);
    expect((await listExceptions(undone.world))[0]).toMatchObject({
      id,
      code: 'ENTRY_REVERSED_IN_SAP',
      nextStep: expect.stringContaining('skip'),
    });
  });

  it('of an invoice that SAP has paid too is a case for a person', async () => {
    const twice = new Case();
    await twice.world.settleDown();
    twice.world.sap.tenant.payInSap(twice.key);
    twice.pay();
    await twice.world.settleDown();
    expect(await twice.codes()).toContain('INVOICE_CLEARED_OTHERWISE');
  });
});

describe('a clearing that the connector fails on', () => {
  const refused = { status: 400, headers: {}, body: '<fault/>' };

  /** Two parts are paid and due; what SAP is asked for the first of them goes wrong. */
  async function twoDue() {
    let odd = 'nothing yet';
    const two = new Case({
      company: { clearing: { afterDays: 1 } },
      http: (door, side) => async (request) =>
        side === 'sap' && request.body?.includes(`${odd}-C`) === true ? refused : door(request),
    });
    await two.world.settleDown();
    const ids = [two.pay('40.00'), two.pay('60.00')];
    await two.world.settleDown();
    const [posting] = (await readRecord(two.world.table, paymentRecords, ids[0] ?? ''))?.postings ?? [];
    if (posting === undefined) throw new Error('The first payment should be posted.');
    two.world.clock.pass(24 * 60 * 60_000);
    const askOnly = () => (odd = posting.referenceCode);
    const oddLine = () =>
      two.world.sap.books.tables.A_OperationalAcctgDocItemCube?.find(
        (row) => row.AccountingDocument === posting.accountingDocument && row.FinancialAccountType === 'K',
      );
    const states = () =>
      Promise.all(
        ids.map(async (paymentId) => {
          const id = clearingId({ paymentId, generation: 1, companyCode: '1010' });
          return (await readRecord(two.world.table, clearingRecords, id))?.state;
        }),
      );
    return { world: two.world, ids, askOnly, oddLine, states };
  }

  it('keeps no other waiting, and the poll fails with its name', async () => {
    const { world, ids, askOnly, states } = await twoDue();
    askOnly();
    await expect(world.run((cases) => cases.followUp())).rejects.toThrow(`payment ${ids[0]}: SAP refused`);
    expect(await states()).toEqual(['due', 'asked']);
    expect(world.logged.some((line) => line.includes('poll-failed') && line.includes(ids[0] ?? ''))).toBe(
      true,
    );
    world.clock.pass(600_000);
    await world.run((cases) => cases.followUp());
    expect(await states()).toEqual(['due', 'cleared']);
  });

  it('for the line that SAP shows of it keeps no other waiting either', async () => {
    const { world, ids, oddLine, states } = await twoDue();
    Object.assign(oddLine() ?? {}, { AmountInTransactionCurrency: '40.00001' });
    await expect(world.run((cases) => cases.followUp())).rejects.toThrow(`payment ${ids[0]}: `);
    expect(await states()).toEqual(['due', 'asked']);
  });

  it('for want of the right to block it keeps no clearing waiting', async () => {
    const forbidden = { status: 403, headers: {}, body: '' };
    const both = new Case({
      company: { setHandOverBlock: true, clearing: { afterDays: 1 } },
      http: (door, side) => async (request) =>
        side === 'sap' && request.body?.includes('JournalEntryBulkChangeRequestMessage') === true
          ? forbidden
          : door(request),
    });
    for (let round = 0; round < 8; round += 1) await both.world.oneRound();
    both.pay();
    for (let round = 0; round < 8; round += 1) await both.world.oneRound();
    both.world.clock.pass(24 * 60 * 60_000);
    for (let round = 0; round < 4; round += 1) await both.world.oneRound();
    expect(await both.clearings()).toEqual(['cleared']);
  });
});

describe('the hand-over block', () => {
  const company = { setHandOverBlock: true };

  it('is set once the bill is there, is no foreign block, and stays when a payment fails', async () => {
    const blocked = new Case({ company, sap: { fiBlockMovesStamp: true } });
    await blocked.world.settleDown();
    expect([await blocked.blocks(), blocked.lines()[0]?.PaymentBlockingReason]).toEqual([['set done'], 'B']);
    const id = blocked.pay();
    blocked.world.bill.office.returnPayment(id);
    blocked.world.bill.office.void(id, 'VOID_AND_CREDIT');
    await blocked.days(1);
    expect([await blocked.blocks(), blocked.lines()[0]?.PaymentBlockingReason]).toEqual([['set done'], 'B']);
    expect(await blocked.codes()).toEqual([]);
  });

  it('is not taken for lifted while SAP may still be setting it', async () => {
    const slow = new Case({ company, sap: { messageLagMs: 30 * 60_000 } });
    const { world } = slow;
    const until = async (isSo: () => unknown) => {
      for (let round = 0; round < 20 && !(await isSo()); round += 1) await world.oneRound();
      expect(await isSo()).toBeTruthy();
    };
    await until(() => world.sap.books.waitingMessages.length > 0);
    const [bill] = Object.values(world.bill.books.bills);
    world.bill.office.archiveBill(bill?.id ?? '');
    world.sap.tenant.changeInvoice(slow.key, { paymentTerms: 'NT45' });
    await until(async () => (await slow.codes()).includes('ARCHIVED_IN_BILL'));
    await skipException(slow.store(), slow.id, 'clerk', 'paid by SAP after all');
    await world.settleDown();
    await slow.days(1);
    expect([await slow.blocks(), slow.lines()[0]?.PaymentBlockingReason]).toEqual([['lifted done'], '']);
  });

  it('is not set over the block of somebody else', async () => {
    const blocked = new Case({ company });
    const set = () => blocked.world.sap.tenant.setFiBlock(blocked.key, 'A');
    blocked.world.sap.switches.messageLagMs = 120_000;
    await blocked.world.oneRound();
    await blocked.world.oneRound();
    set();
    await blocked.world.settleDown();
    expect(await blocked.blocks()).toEqual(['set done']);
  });

  it('is lifted when a person has archived the bill and lets the invoice go', async () => {
    for (const liftsBlocks of [true, false]) {
      const gone = new Case({ company, sap: { liftsBlocks } });
      await gone.world.settleDown();
      const [bill] = Object.values(gone.world.bill.books.bills);
      gone.world.bill.office.archiveBill(bill?.id ?? '');
      gone.world.sap.tenant.changeInvoice(gone.key, { paymentTerms: 'NT45' });
      await gone.world.settleDown();
      expect(await gone.codes()).toEqual(['ARCHIVED_IN_BILL']);
      await skipException(gone.store(), gone.id, 'clerk', 'paid by SAP after all');
      await gone.world.settleDown();
      expect(await gone.codes()).toEqual(liftsBlocks ? [] : ['BLOCK_NOT_LIFTED']);
      expect(gone.lines()[0]?.PaymentBlockingReason).toBe(liftsBlocks ? '' : 'B');
    }
  });
});

describe('a closed period', () => {
  const postedOn = (found: Case) => found.lines('BKPFF').map((row) => row.PostingDate);

  it('becomes an exception that says what to do', async () => {
    const closed = new Case();
    await closed.world.settleDown();
    closed.world.sap.tenant.closePeriod('1010', '2026-10');
    closed.pay('100.00', '2026-10-30');
    await closed.world.settleDown();
    const [exception] = await listExceptions(closed.world);
    expect(exception).toMatchObject({
      code: 'SAP_PERIOD_CLOSED',
      nextStep: expect.stringContaining('next-open-period'),
    });
    expect(postedOn(closed)).toEqual([]);
  });

  it.each([
    ['next-open-period', '2026-11-01'],
    ['today', '2026-11-24'],
  ])('is passed over with the policy %s', async (postingDate, expected) => {
    const closed = new Case({ company: { postingDate, clearing: { mode: 'off' } } });
    await closed.world.settleDown();
    for (const period of ['2026-09', '2026-10']) closed.world.sap.tenant.closePeriod('1010', period);
    closed.pay('100.00', '2026-09-30');
    await closed.world.settleDown();
    expect([await closed.codes(), postedOn(closed)]).toEqual([[], [expected]]);
    expect(await brokenInvariants(closed.world)).toEqual([]);
  });
});

it('of its own accord posts on the date where the company code is, not on the UTC date', async () => {
  const timeZone = 'Pacific/Honolulu';
  const west = new Case({ company: { timeZone, postingDate: 'today', clearing: { afterDays: 1 } } });
  await west.world.settleDown();
  const id = west.pay();
  await west.world.settleDown();
  expect(west.lines('BKPFF').map((row) => row.PostingDate)).toEqual(['2026-11-23']);
  west.world.bill.office.returnPayment(id);
  west.world.bill.office.void(id, 'VOID_AND_CREDIT');
  await west.world.settleDown();
  west.pay();
  await west.days(1);
  expect(west.lines('BKPFF').map((row) => row.PostingDate)).toEqual([
    '2026-11-23',
    '2026-11-23',
    '2026-11-24',
  ]);
  await west.days(1);
  expect(west.lines().map((row) => row.ClearingDate)).toEqual(['2026-11-25']);
});
