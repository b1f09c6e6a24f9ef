import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromMinor } from '../../../lib/money.ts';
import { isTiedOut, tieOutLines, totalOf } from '../../../lib/rules/tie-out.ts';
import type { TieOutFacts } from '../../../lib/rules/tie-out-facts.ts';

const place = { companyCode: '1710', currency: 'USD', vendorId: '009EXAMPLE' };
const usd = (cents: number) => fromMinor(BigInt(cents), 'USD');

/** An invoice, how much of it BILL has paid and SAP has posted, and whether SAP has cleared what was posted. */
const lives = fc.array(
  fc
    .record({
      gross: fc.integer({ min: 1, max: 1_000_000 }),
      paid: fc.double({ min: 0, max: 1, noNaN: true }),
      posted: fc.boolean(),
      cleared: fc.boolean(),
      vendor: fc.constantFrom('009EXAMPLE1', '009EXAMPLE2'),
    })
    .map(({ gross, paid, ...life }) => ({ ...life, gross, paid: Math.floor(gross * paid) })),
  { minLength: 1, maxLength: 8 },
);

type Life = { gross: number; paid: number; posted: boolean; cleared: boolean; vendor: string };

function factsOf(all: readonly Life[]): TieOutFacts {
  const at = ({ vendor }: Life) => ({ ...place, vendorId: vendor });
  return {
    sap: all.flatMap((life, index) => {
      const whole = life.posted && life.cleared && life.paid === life.gross;
      if (whole) return [];
      const invoice = {
        ...at(life),
        kind: 'invoice' as const,
        document: `i${index}`,
        amount: usd(-life.gross),
      };
      const payment = {
        ...at(life),
        kind: 'payment' as const,
        document: `p${index}`,
        pays: [`i${index}`],
        amount: usd(life.paid),
      };
      return life.posted && life.paid > 0 ? [invoice, payment] : [invoice];
    }),
    bill: all.map((life, index) => ({
      ...at(life),
      document: `i${index}`,
      billId: `b${index}`,
      open: usd(life.gross - life.paid),
      inTransit: '0',
    })),
    notPosted: all.flatMap((life, index) =>
      life.posted || life.paid === 0
        ? []
        : [
            {
              ...at(life),
              document: `p${index}`,
              invoice: `i${index}`,
              amount: usd(life.paid),
              why: 'in exception',
            },
          ],
    ),
    exceptions: new Map(),
  };
}

describe('the tie-out', () => {
  it('is 0.00 in every line wherever each document has come, cleared in SAP or not', () => {
    fc.assert(
      fc.property(lives, (all) => {
        for (const line of tieOutLines(factsOf(all))) {
          expect(line.difference).toBe('0.00');
          expect(isTiedOut(line)).toBe(true);
        }
      }),
    );
  });

  /** Where just a payment that is not posted makes the difference, both sides agree on the invoice. */
  it('shows every cent that is missing on either side, with its invoice or the payment of it', () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 1, max: 5_000 }), fc.nat(), (all, cents, which) => {
        const facts = factsOf(all);
        const index = which % all.length;
        const bill = facts.bill.map((each, at) =>
          at === index ? { ...each, open: usd((all[at]?.gross ?? 0) - (all[at]?.paid ?? 0) + cents) } : each,
        );
        const lines = tieOutLines({ ...facts, bill });
        expect(totalOf(lines, 'USD').difference).toBe(usd(-cents));
        const [line] = lines.filter(({ difference }) => difference !== '0.00');
        expect(line?.vendorId).toBe(all[index]?.vendor);
        const named = line?.documents.map(({ document }) => document) ?? [];
        const { posted, paid } = all[index] as Life;
        expect(named).toContain(!posted && paid === cents ? `p${index}` : `i${index}`);
      }),
    );
  });

  it('names what differs on two documents of a vendor also where the one makes up for the other', () => {
    fc.assert(
      fc.property(
        lives,
        fc.integer({ min: 1, max: 5_000 }),
        fc.nat(),
        fc.nat(),
        (all, cents, one, another) => {
          const [first, second] = [one % all.length, another % all.length];
          fc.pre(first !== second && all[first]?.vendor === all[second]?.vendor);
          const facts = factsOf(all);
          const shift = (at: number) => (at === first ? cents : 0) - (at === second ? cents : 0);
          const bill = facts.bill.map((each, at) => ({
            ...each,
            open: usd((all[at]?.gross ?? 0) - (all[at]?.paid ?? 0) + shift(at)),
          }));
          const lines = tieOutLines({ ...facts, bill });
          expect(lines.map(({ difference }) => difference)).toEqual(lines.map(() => '0.00'));
          const unexplained = lines.flatMap(({ documents }) => documents.filter((each) => each.unexplained));
          const numbers = new Set(unexplained.map(({ document }) => Number(document.slice(1))));
          expect(numbers).toEqual(new Set([first, second]));
          expect(lines.filter((line) => !isTiedOut(line))).toHaveLength(1);
        },
      ),
    );
  });

  it('takes invoices that one payment or one vendor credit ties together as one sum', () => {
    const invoice = (number: string, amount: string) =>
      ({ ...place, kind: 'invoice', document: number, amount }) as const;
    const bill = (document: string, open: string, usedFor: string[] = []) => ({
      ...{ ...place, document, billId: `b${document}`, open, inTransit: '0', usedFor },
    });
    const payment = {
      ...place,
      kind: 'payment',
      document: 'stp',
      pays: ['i1', 'i2'],
      amount: '30.00',
    } as const;
    const lines = tieOutLines({
      sap: [invoice('i1', '-100.00'), invoice('i2', '-50.00'), payment, invoice('m1', '20.00')],
      bill: [bill('i1', '60.00'), bill('i2', '40.00'), bill('m1', '0.00', ['i1'])],
      notPosted: [],
      exceptions: new Map(),
    });
    expect(lines.map(isTiedOut)).toEqual([true]);
    expect(lines[0]?.documents).toEqual([]);
  });

  it('counts what differs on an invoice with an open exception as explained, and names it', () => {
    const [line] = tieOutLines({
      sap: [],
      bill: [{ ...place, document: '1710/1/2026', billId: '00n', open: '4480.00', inTransit: '4480.00' }],
      notPosted: [],
      exceptions: new Map([['1710/1/2026', 'REVERSED_AFTER_SCHEDULING']]),
    });
    expect(line).toMatchObject({ exceptions: '-4480.00', difference: '0.00', inTransit: '4480.00' });
    expect(line?.documents).toEqual([
      { document: '1710/1/2026', sap: '0.00', bill: '4480.00', why: 'REVERSED_AFTER_SCHEDULING' },
    ]);
  });

  it('leaves an invoice unexplained whose bill does not tell its amount, also where an exception stands on it', () => {
    const [line] = tieOutLines({
      sap: [],
      bill: [
        { ...place, document: '1710/1/2026', billId: '00n', open: '0', inTransit: '0', untold: 'untold' },
      ],
      notPosted: [],
      exceptions: new Map([['1710/1/2026', 'PAID_IN_SAP']]),
    });
    expect(line?.documents).toEqual([
      { document: '1710/1/2026', sap: '0.00', bill: '0.00', why: 'untold', unexplained: true },
    ]);
    expect(line !== undefined && isTiedOut(line)).toBe(false);
  });
});
