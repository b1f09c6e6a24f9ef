import { type Cast, newCast, story } from '../simulation/story.ts';
import { World } from '../simulation/world.ts';

/**
 * Calls to both sides for each document, when documents come one at a time and when many come with one poll. They are
 * counted, not timed (both sides limit calls: BILL dossier §2.1, SAP dossier §3.3), so every machine prints the same.
 */
const documents = 40;

type Side = 'sap' | 'bill';

interface Row {
  readonly document: string;
  readonly withOnePoll: number;
  readonly sap: number;
  readonly bill: number;
}

/** A firm with one supplier that BILL knows already, and a count of what its connector calls. */
class CountedFirm {
  readonly calls: Record<Side, number> = { sap: 0, bill: 0 };
  readonly cast: Cast = newCast();
  readonly world = new World({
    http: (door, side) => (request) => {
      this.calls[side] += 1;
      return door(request);
    },
  });

  async open(): Promise<void> {
    await story[0]?.play(this.world, this.cast);
    this.postInvoices(0, 1);
    await this.world.settleDown();
  }

  /** Calls of one round of polls and of all the work that it finds. */
  async round(): Promise<Record<Side, number>> {
    const before = { ...this.calls };
    await this.world.oneRound();
    return { sap: this.calls.sap - before.sap, bill: this.calls.bill - before.bill };
  }

  postInvoices(from: number, count: number): void {
    for (let number = from; number < from + count; number += 1) {
      this.world.sap.tenant.postInvoice({
        companyCode: '1710',
        supplier: this.cast.suppliers.known ?? '',
        documentDate: '2026-11-20',
        postingDate: '2026-11-21',
        reference: `KC-${number}`,
        lines: [{ kind: 'gl-account', glAccount: '61008000', costCenter: '17101101', amount: '100.00' }],
      });
    }
  }

  pay(from: number, count: number): void {
    const { office, books } = this.world.bill;
    const bills = Object.values(books.bills);
    for (let number = from; number < from + count; number += 1) {
      const bill = bills.find(({ invoiceNumber }) => invoiceNumber === `KC-${number}`);
      if (bill === undefined) throw new Error(`Invoice KC-${number} has no bill.`);
      const payment = office.pay({
        bills: [{ billId: bill.id, amount: '100.00' }],
        disbursementType: 'ACH',
        fundingAccountId: this.cast.funding,
        processDate: '2026-11-25',
      });
      for (const status of ['PROCESSED', 'SENT', 'CLEARED']) office.advance(payment, status);
    }
  }
}

async function countCalls(withOnePoll: number): Promise<Row[]> {
  const firm = new CountedFirm();
  await firm.open();
  const idle = await firm.round();
  const perDocument = async (document: string, come: (from: number) => void): Promise<Row> => {
    const sums = { sap: 0, bill: 0 };
    for (let from = 1; from <= documents; from += withOnePoll) {
      come(from);
      const { sap, bill } = await firm.round();
      sums.sap += sap - idle.sap;
      sums.bill += bill - idle.bill;
    }
    return { document, withOnePoll, sap: sums.sap / documents, bill: sums.bill / documents };
  };
  return [
    await perDocument('invoice', (from) => firm.postInvoices(from, withOnePoll)),
    await perDocument('payment', (from) => firm.pay(from, withOnePoll)),
  ];
}

const [alone = [], ...together] = await Promise.all([1, 10, documents].map(countCalls));
console.table(
  [alone, ...together].flat().map((row) => {
    const single = alone.find(({ document }) => document === row.document) ?? row;
    const ratio = (side: Side) => (row[side] / single[side]).toFixed(3);
    return {
      ...row,
      'sap, to one that comes alone': ratio('sap'),
      'bill, to one that comes alone': ratio('bill'),
    };
  }),
);
