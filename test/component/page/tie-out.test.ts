import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NamedTieOut } from '../../../lib/local/desk/desk.ts';
import type { Overview } from '../../../lib/local/page/api.ts';
import type { InvoiceKey } from '../../../lib/rules/sap-invoices.ts';
import { type SmallFirm, startSmallFirm } from '../../support/small-firm.ts';
import { run } from '../setup/run.ts';

const date = '2026-11-02';
const address = {
  street: 'Example Street',
  city: 'Sampleton',
  postalCode: '00001',
  region: 'NY',
  country: 'US',
};

let firm: SmallFirm;
let at: string[];

beforeAll(async () => {
  firm = await startSmallFirm();
  at = ['--url', firm.url];
});

afterAll(() => firm.close());

/** One invoice of a new supplier. */
function enter(name: string, amount: string): InvoiceKey {
  const { tenant } = firm.sap;
  return tenant.postInvoice({
    companyCode: '1710',
    supplier: tenant.addSupplier({ name, address, companies: [{ companyCode: '1710' }] }),
    reference: `${name.slice(0, 1)}-1`,
    documentDate: date,
    postingDate: date,
    lines: [{ kind: 'gl-account', glAccount: '61003000', costCenter: '17101401', amount }],
  });
}

function idOf({ companyCode, supplierInvoice, fiscalYear }: InvoiceKey): string {
  return `${companyCode}/${supplierInvoice}/${fiscalYear}`;
}

function billOf(key: InvoiceKey) {
  const bills = Object.values(firm.bill.books.bills);
  const found = bills.find(({ description }) => description?.includes(idOf(key)));
  if (found === undefined) throw new Error(`Invoice ${idOf(key)} has no bill.`);
  return found;
}

function schedule(billId: string, amount: string) {
  const { office } = firm.bill;
  const fundingAccountId = office.addFundingAccount({ bankName: 'Example Bank', nameOnAccount: 'Example' });
  const bills = [{ billId, amount }];
  return office.pay({ bills, disbursementType: 'ACH', fundingAccountId, processDate: '2099-01-04' });
}

/** Ids and times are other ones with each run. */
function plain(text: string): string {
  return text
    .replaceAll(/\b009\w{17}/g, 'VENDOR')
    .replaceAll(/\b00n\w{17}/g, 'BILL')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(today(), 'TODAY');
}

const today = () => new Date(firm.clock.now()).toISOString().slice(0, 10);
const shown = async (...flags: string[]) => run('tie-out', ...flags, ...at);
const asJson = async () => JSON.parse((await shown('--json')).stdout) as NamedTieOut;

test('before the first run it says so', async () => {
  const { code, stdout, stderr } = await shown();
  expect([code, stdout, stderr]).toEqual([
    1,
    '',
    expect.stringMatching(/no tie-out yet\.\nIt runs once a day/),
  ]);
});

test('of a firm that owes nothing: a tie-out too, and nothing in it', async () => {
  await firm.local.tieOut();
  const { code, stdout } = await shown();
  expect([code, plain(stdout)]).toEqual([0, 'Tie-out of TODAY, as of TIME\n\nNothing is open.\n']);
  expect(plain((await shown('--csv')).stdout)).toBe(`${header}\r\n`);
});

const header =
  'date,companyCode,currency,vendorId,vendor,document,sapInvoices,sapPayments,sapOpen,billOpen,inTransit,notPosted,exceptions,difference,why';

describe('with a bill that somebody changed, a payment on its way, and an exception', () => {
  let changed: { readonly id: string; readonly bill: ReturnType<typeof billOf> };
  let reversed: { readonly id: string };
  let reversal: InvoiceKey;

  beforeAll(async () => {
    const [onItsWay, toReverse, toChange] = [
      enter('Agreeable Paper LLC', '12500.00'),
      enter('Comma, "Quoted" & Co.', '300.00'),
      enter('Beyond Compare Inc.', '1234.50'),
    ];
    await firm.settle();
    schedule(billOf(onItsWay).id, '2500.00');
    schedule(billOf(toReverse).id, '300.00');
    await firm.settle();
    [reversed, changed] = [{ id: idOf(toReverse) }, { id: idOf(toChange), bill: billOf(toChange) }];
    reversal = firm.sap.tenant.reverseInvoice(toReverse);
    firm.clock.pass(2 * 60_000);
    await firm.settle();
    const lines = [{ id: changed.bill.lines[0]?.id ?? '', amount: '1234.51' }];
    firm.bill.office.editBill(changed.bill.id, { lines });
    await firm.local.tieOut();
  }, 180_000);

  const whyReversed = () =>
    `Invoice ${reversed.id} was reversed in SAP (${reversal.supplierInvoice}), but bill BILL is on its way: a payment of 300.00 is scheduled; cancel the payment in BILL before its process date.`;

  test('the amounts to the cent, and the documents behind what differs', async () => {
    const { code, stdout } = await shown();
    expect(code).toBe(0);
    expect(plain(stdout)).toBe(
      `Tie-out of TODAY, as of TIME

          Open in SAP  Payments posted  Open in BILL  In transit  Not posted  In exceptions  Difference
1710 USD     13734.50             0.00      14034.51     2800.00        0.00        -300.00       -0.01

Open in SAP − payments posted − open in BILL − not posted − in exceptions = difference. What is in transit is part of what is open in BILL.

Beyond Compare Inc. (VENDOR) in 1710: difference -0.01 USD
  ${changed.id}: SAP 1234.50, BILL 1234.51: the sides do not agree

Comma, "Quoted" & Co. (VENDOR) in 1710: difference 0.00 USD
  ${reversed.id}: SAP 0.00, BILL 300.00: ${whyReversed()}
`,
    );
  });

  test('--csv: a row for each vendor and each document; what a spreadsheet reads is what there is', async () => {
    const comma = '"Comma, ""Quoted"" & Co."';
    expect(
      plain((await shown('--csv')).stdout)
        .trimEnd()
        .split('\r\n'),
    ).toEqual([
      header,
      'TODAY,1710,USD,VENDOR,Agreeable Paper LLC,,12500.00,0.00,12500.00,12500.00,2500.00,0.00,0.00,0.00,',
      'TODAY,1710,USD,VENDOR,Beyond Compare Inc.,,1234.50,0.00,1234.50,1234.51,0.00,0.00,0.00,-0.01,',
      `TODAY,1710,USD,VENDOR,Beyond Compare Inc.,${changed.id},,,1234.50,1234.51,,,,,the sides do not agree`,
      `TODAY,1710,USD,VENDOR,${comma},,0.00,0.00,0.00,300.00,300.00,0.00,-300.00,0.00,`,
      `TODAY,1710,USD,VENDOR,${comma},${reversed.id},,,0.00,300.00,,,,,"${whyReversed()}"`,
    ]);
  });

  test('--json and the API of the page say the same', async () => {
    const [told, answer] = [await asJson(), await fetch(new URL('/api/tie-out', firm.url))];
    expect(await answer.json()).toEqual(told);
    const csv = await fetch(new URL('/api/tie-out.csv', firm.url));
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="tie-out-${today()}.csv"`);
    expect(await csv.text()).toBe((await shown('--csv')).stdout);
    const overview = (await (await fetch(new URL('/api/overview', firm.url))).json()) as Overview;
    expect(overview.tieOut).toEqual({ date: today(), ranAt: told.ranAt, differences: 1 });
  });

  test('what a person skipped stays known, with who and why', async () => {
    await run('exceptions', 'skip', reversed.id, '--by', 'A. Clerk', '--why', 'recalled by the bank', ...at);
    await firm.local.tieOut();
    const { lines } = await asJson();
    expect(lines.find(({ vendor }) => vendor.startsWith('Comma'))).toMatchObject({
      exceptions: '-300.00',
      difference: '0.00',
      documents: [{ document: reversed.id, why: 'Skipped by A. Clerk: recalled by the bank' }],
    });
  });

  test('--date: every day is kept', async () => {
    const before = { day: today(), text: (await shown()).stdout };
    firm.bill.office.editBill(changed.bill.id, {
      lines: [{ id: changed.bill.lines[0]?.id ?? '', amount: '1234.50' }],
    });
    firm.clock.pass(24 * 60 * 60_000);
    const answer = await fetch(new URL('/api/tie-out', firm.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(204);
    expect((await shown('--date', before.day)).stdout).toBe(before.text);
    expect((await asJson()).date).toBe(today());
    expect((await asJson()).totals).toMatchObject([{ difference: '0.00' }]);
  });
});

describe('a mistake is told in words, with what to do, and never as a stack', () => {
  test.each([
    [['--date', '2020-02-29'], /There is no tie-out of 2020-02-29\.\nIt runs once a day; choose another day/],
    [['--date', '2026-02-31'], /Give a date of the calendar as yyyy-mm-dd/],
    [['--date', 'yesterday'], /Give a date of the calendar as yyyy-mm-dd/],
    [['--csv', '--json'], /'--csv' cannot be used with option '--json'/],
    [['--url', 'http://127.0.0.1:1'], /No connector answers.*\n.*npm start/],
    [['--url', 'nowhere'], /Give the whole address/],
  ])('%j', async (flags, told) => {
    const { code, stdout, stderr } = await run('tie-out', ...at, ...flags);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(told)]);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('somebody else answers', async () => {
    const { code, stderr } = await run('tie-out', '--url', firm.secrets.bill.baseUrl);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/No connector answers/)]);
  });

  test('the API refuses a day that is none', async () => {
    const answer = await fetch(new URL('/api/tie-out?date=2026-02-31', firm.url));
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: expect.objectContaining({ code: 'REQUEST_INCOMPLETE', nextStep: 'Correct what is named.' }) },
    ]);
  });
});
