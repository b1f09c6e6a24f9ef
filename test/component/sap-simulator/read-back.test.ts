import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Http } from '../../../lib/http/http.ts';
import { createSapSimulator } from '../../../lib/local/sap-simulator/create-sap-simulator.ts';
import { fromMinor, sum, toMinor } from '../../../lib/money.ts';
import { seededRandom } from '../../../lib/random.ts';
import { entriesFromPayment } from '../../../lib/rules/payments/journal-entry.ts';
import { paymentParts } from '../../../lib/rules/payments/payment-parts.ts';
import type { JournalEntry } from '../../../lib/rules/sap-accounting.ts';
import { createSap } from '../../../lib/sap/create-sap.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { recordedObserve } from '../../support/recorded-observe.ts';
import { config, payment } from '../../unit/rules/documents.ts';
import { basic, itemsPath, origin } from './played.ts';

const cents = fc.bigInt({ min: 1n, max: 10n ** 8n });
const anyInvoice = fc.record({
  lines: fc.array(
    fc.record({
      amount: cents,
      glAccount: fc.constantFrom('61008000', '61003000'),
      costCenter: fc.constantFrom('17101301', '17101401'),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  tax: fc.option(cents, { nil: undefined }),
  /** What is paid of it, and how much of that by a vendor credit. */
  perMille: fc.bigInt({ min: 1n, max: 1000n }),
  creditPerMille: fc.bigInt({ min: 0n, max: 1000n }),
});
const anyPayment = fc.record({
  currency: fc.constantFrom('USD', 'JPY', 'KWD'),
  postingProfile: fc.constantFrom('payable', 'original-lines'),
  countsCreditsIn: fc.boolean(),
  invoices: fc.array(anyInvoice, { minLength: 1, maxLength: 35 }),
});
type Given = typeof anyPayment extends fc.Arbitrary<infer T> ? T : never;

function tenant() {
  const clock = manualClock();
  const random = seededRandom(7);
  const simulator = createSapSimulator({ clock, random, switches: { authentication: 'basic' } });
  const http: Http = async (request) => simulator.handle(request);
  const secrets = {
    sap: async () => simulator.secret(origin),
    bill: () => Promise.reject(new Error('BILL has no part in this.')),
  };
  const sap = createSap({ secrets, http, clock, random, observe: recordedObserve() });
  const { auth } = simulator.secret(origin);
  if (auth.type !== 'basic') throw new Error('The tenant should take Basic.');
  return { sap, simulator, http, authorization: basic(auth.username, auth.password) };
}

/** People enter the invoices in SAP; the connector's client reads them. */
async function readInvoices({ sap, simulator }: ReturnType<typeof tenant>, { currency, invoices }: Given) {
  const supplier = simulator.tenant.addSupplier({
    name: 'Happy Music Supplies',
    companies: [{ companyCode: '1710' }],
  });
  const money = (minor: bigint) => fromMinor(minor, currency);
  const keys = invoices.map(({ lines, tax }, index) =>
    simulator.tenant.postInvoice({
      companyCode: '1710',
      supplier,
      reference: `INV-${index}`,
      documentDate: '2026-11-20',
      postingDate: '2026-11-21',
      currency,
      lines: lines.map((line) => ({ ...line, kind: 'gl-account', amount: money(line.amount) })),
      taxes: tax === undefined ? [] : [{ taxCode: 'I1', amount: money(tax) }],
    }),
  );
  const payable = await sap.payableLines(keys);
  return (await sap.invoices(keys)).map((invoice) => ({
    invoice,
    payable: payable.filter((line) => line.invoice.supplierInvoice === invoice.key.supplierInvoice),
  }));
}

/** BILL pays a part of each, some of it with credits; whether a part counts its credits in is not documented. */
function paymentOf({ currency, countsCreditsIn, invoices }: Given, gross: readonly string[]) {
  const splits = invoices.map(({ perMille, creditPerMille }, index) => {
    const paid = (toMinor(gross[index] ?? '0', currency) * perMille) / 1000n;
    const credit = (paid * creditPerMille) / 1000n;
    return { cash: paid - credit, credit };
  });
  return payment({
    amount: fromMinor(
      splits.reduce((total, { cash }) => total + cash, 0n),
      currency,
    ),
    billPayments: splits.map(({ cash, credit }, index) => ({
      billId: `00n${index}`,
      amount: fromMinor(countsCreditsIn ? cash + credit : cash, currency),
      vendorCredits: credit === 0n ? [] : [{ id: `vcr${index}`, amount: fromMinor(credit, currency) }],
    })),
  });
}

/** Minor units by account or supplier, and cost center; debits positive. */
function meant({ currency, supplierItems, glItems }: JournalEntry): Record<string, bigint> {
  const items = [
    ...supplierItems.map(({ supplier, amount }) => [supplier, amount] as const),
    ...glItems.map((item) => [`${item.glAccount} ${item.costCenter ?? ''}`.trim(), item.amount] as const),
  ];
  return totals(items, currency);
}

async function readBack(
  { http, authorization }: ReturnType<typeof tenant>,
  document: string,
  currency: string,
): Promise<Record<string, bigint>> {
  const filter = `CompanyCode eq '1710' and AccountingDocument eq '${document}' and Ledger eq '0L'`;
  const answer = await http({
    method: 'GET',
    url: `${origin}${itemsPath}/A_OperationalAcctgDocItemCube?$filter=${encodeURIComponent(filter)}&$top=500`,
    headers: { accept: 'application/json', authorization },
  });
  const rows: Record<string, string>[] = JSON.parse(answer.body).d.results;
  const items = rows.map((row) => {
    const bare = (value: string | undefined) => (value ?? '').replace(/^0+/, '');
    const account = bare(row.FinancialAccountType === 'K' ? row.Supplier : row.GLAccount);
    expect(row.DebitCreditCode).toBe(row.AmountInTransactionCurrency?.startsWith('-') ? 'H' : 'S');
    return [`${account} ${bare(row.CostCenter)}`.trim(), row.AmountInTransactionCurrency ?? ''] as const;
  });
  return totals(items, currency);
}

function totals(items: readonly (readonly [string, string])[], currency: string): Record<string, bigint> {
  const groups = Map.groupBy(items, ([place]) => place);
  return Object.fromEntries(
    [...groups].map(([place, each]) => {
      const amounts = each.map(([, amount]) => amount.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''));
      return [place, toMinor(sum(amounts, currency), currency)];
    }),
  );
}

test('what SAP shows after a payment of up to 35 bills, credits in it, is what was meant', async () => {
  await fc.assert(
    fc.asyncProperty(anyPayment, async (given) => {
      const world = tenant();
      const facts = await readInvoices(world, given);
      const paid = paymentOf(
        given,
        facts.map(({ invoice }) => invoice.grossAmount),
      );
      const drafts = entriesFromPayment({
        payment: paid,
        generation: 1,
        vendorCurrency: given.currency,
        config: config({
          companyCodes: [
            {
              companyCode: '1710',
              postingProfile: given.postingProfile,
              clearingAccounts: [{ fundingAccount: '*', glAccount: '11001080' }],
            },
          ],
        }),
        invoices: paymentParts(paid).flatMap((part, index) => {
          const fact = facts[index];
          return fact === undefined ? [] : [{ ...part, ...fact }];
        }),
      });
      let posted = 0n;
      for (const { entry } of drafts) {
        const { accountingDocument } = await world.sap.postJournalEntry(entry, 'M-1');
        const shown = await readBack(world, accountingDocument, given.currency);
        expect(shown).toEqual(meant(entry));
        expect(Object.values(shown).reduce((left, right) => left + right)).toBe(0n);
        posted -= shown['11001080'] ?? 0n;
      }
      expect(posted).toBe(toMinor(paid.amount, given.currency));
    }),
    { numRuns: 30 },
  );
});
