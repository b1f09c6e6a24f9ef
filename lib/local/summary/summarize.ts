import { type InvoiceRecord, invoiceId, liveBills } from '../../ledger/invoices.ts';
import { sum } from '../../money.ts';
import { isTiedOut } from '../../rules/tie-out.ts';
import type { BillStatistics } from '../bill-simulator/books.ts';
import { type BooksSide, differencesToBooks, payableInSap } from './books-side.ts';
import { differencesInClearings, stateOf, waitsForReset } from './clearings-side.ts';
import { differencesInLedger, type LedgerSide, liveCredit, livePostings, sentAmount } from './ledger-side.ts';
import { differencesToPlanted, type WantedException } from './planted-side.ts';
import type { BillUse, Summary, Total } from './summary.ts';

/** What the simulators add to what the ledger says. */
export interface Witness {
  readonly books: BooksSide;
  readonly billStatistics: BillStatistics;
  /** The exceptions that are to be open, where that is known. */
  readonly planted?: readonly WantedException[];
}

export function summarize(ledger: LedgerSide, witness?: Witness): Summary {
  const books = witness?.books;
  return {
    source: witness === undefined ? 'ledger' : 'simulators-and-ledger',
    documents: { invoices: countBy(ledger.invoices, state), payments: countBy(ledger.payments, state) },
    clearings: countBy(ledger.asynchronous.clearings, (each) => stateOf(each, ledger.now)),
    exceptions: countBy(ledger.exceptions, ({ code }) => code),
    totals: [
      ...handedOverTotals(ledger, books),
      ...creditTotals(ledger, books),
      ...exceptionTotals(ledger),
      ...clearedTotals(ledger, books),
    ],
    tieOut: ledger.tieOut?.totals ?? [],
    bill: billUse(ledger, witness?.billStatistics),
    differences: [
      ...differencesInLedger(ledger),
      ...tieOutDifferences(ledger),
      ...differencesInClearings(ledger.asynchronous, ledger.now, books?.supplierLines),
      ...(books === undefined ? [] : differencesToBooks(ledger, books)),
      ...(witness?.planted === undefined ? [] : differencesToPlanted(ledger.exceptions, witness.planted)),
    ],
  };
}

/** What nothing explains, with the documents behind it. */
function tieOutDifferences({ tieOut }: LedgerSide): string[] {
  return (tieOut?.lines ?? [])
    .filter((line) => !isTiedOut(line))
    .map(
      ({ companyCode, currency, vendorId, difference, documents }) =>
        `Vendor ${vendorId} in ${companyCode}: SAP and BILL differ by ${difference} ${currency} (${documents.map((each) => `${each.document}: SAP ${each.sap}, BILL ${each.bill}`).join('; ')}).`,
    );
}

function handedOverTotals({ invoices }: LedgerSide, books: BooksSide | undefined): Total[] {
  const handedOver = invoices.filter((invoice) => liveBills(invoice).length > 0);
  return perCurrency(handedOver, (currency, ofCurrency) => {
    const total = {
      what: 'invoices handed over',
      currency,
      ledger: sum(ofCurrency.map(sentAmount), currency),
    } as const;
    if (books === undefined) return total;
    const billIds = new Set(ofCurrency.flatMap((invoice) => liveBills(invoice).map(({ billId }) => billId)));
    return {
      ...total,
      sap: sum(
        ofCurrency.map((invoice) => payableInSap(invoice, books)),
        currency,
      ),
      bill: sum(books.bills.filter(({ id }) => billIds.has(id)).map(amountOf), currency),
    };
  });
}

function creditTotals({ invoices }: LedgerSide, books: BooksSide | undefined): Total[] {
  const memos = invoices.filter((invoice) => liveCredit(invoice) !== undefined);
  return perCurrency(memos, (currency, ofCurrency) => {
    const total = {
      what: 'credit memos handed over',
      currency,
      ledger: sum(ofCurrency.map(sentCredit), currency),
    } as const;
    if (books === undefined) return total;
    const ids = new Set(ofCurrency.map(({ key }) => invoiceId(key)));
    const creditIds = new Set(ofCurrency.map((memo) => liveCredit(memo)?.creditId));
    return {
      ...total,
      sap: sum(
        books.sapInvoices.filter(({ id }) => ids.has(id)).map(({ gross }) => gross),
        currency,
      ),
      bill: sum(books.credits.filter(({ id }) => creditIds.has(id)).map(amountOf), currency),
    };
  });
}

function sentCredit(memo: InvoiceRecord): string {
  const lines = liveCredit(memo)?.sent.lines ?? [];
  return sum(
    lines.map(({ amount }) => amount),
    memo.currency,
  );
}

function exceptionTotals({ invoices }: LedgerSide): Total[] {
  const waiting = invoices.filter(
    (invoice) =>
      invoice.state === 'exception' && liveBills(invoice).length === 0 && liveCredit(invoice) === undefined,
  );
  return perCurrency(waiting, (currency, ofCurrency) => ({
    what: 'invoices in exception',
    currency,
    ledger: sum(ofCurrency.map(amountOf), currency),
  }));
}

/** Without what came back and waits for an accountant: those entries stand in SAP although BILL has voided them. */
function clearedTotals(ledger: LedgerSide, books: BooksSide | undefined): Total[] {
  const payments = ledger.payments.filter((each) => !waitsForReset(each));
  const waiting = new Set(
    ledger.payments
      .filter(waitsForReset)
      .flatMap(livePostings)
      .map((each) => `${each.companyCode}/${each.accountingDocument}/${each.fiscalYear}`),
  );
  const postings = payments.flatMap(livePostings);
  const posted = new Set(
    payments.filter((each) => livePostings(each).length > 0).map((each) => each.paymentId),
  );
  return perCurrency(postings, (currency, ofCurrency) => {
    const total = {
      what: 'payments cleared',
      currency,
      ledger: sum(ofCurrency.map(amountOf), currency),
    } as const;
    if (books === undefined) return total;
    const isOfCurrency = (each: { currency: string }) => each.currency === currency;
    const entries = books.entries.filter(
      (each) => each.isLive && isOfCurrency(each) && !waiting.has(each.id),
    );
    const cleared = books.clearedPayments.filter((each) => posted.has(each.id) && isOfCurrency(each));
    return {
      ...total,
      sap: sum(
        entries.map(({ debits }) => debits),
        currency,
      ),
      bill: sum(cleared.map(amountOf), currency),
    };
  });
}

function perCurrency<T extends { readonly currency: string }>(
  items: readonly T[],
  totalOf: (currency: string, items: readonly T[]) => Total,
): Total[] {
  const groups = [...Map.groupBy(items, ({ currency }) => currency)];
  return groups
    .toSorted(([one], [other]) => (one > other ? -1 : 1))
    .map(([currency, of]) => totalOf(currency, of));
}

function billUse({ invoices, gate }: LedgerSide, counted: BillStatistics | undefined): BillUse {
  const newBills = invoices.flatMap(({ bills = [] }) => bills).length;
  const journey1 = gate.callsByPurpose['hand-over-invoice'] ?? 0;
  return {
    calls: counted?.calls ?? gate.calls,
    callsByPurpose: gate.callsByPurpose,
    newBills,
    callsPerNewBill: newBills === 0 ? 0 : Math.round((100 * journey1) / newBills) / 100,
    mostInFlight: Math.max(gate.mostInFlight, counted?.mostInFlight ?? 0),
    logins: counted?.logins ?? gate.logins,
  };
}

function amountOf({ amount }: Pick<InvoiceRecord, 'amount'>): string {
  return amount;
}

function state(record: { readonly state: string }): string {
  return record.state;
}

function countBy<T>(items: readonly T[], nameOf: (item: T) => string): Record<string, number> {
  const groups = [...Map.groupBy(items, nameOf)].map(([name, of]) => [name, of.length] as const);
  return Object.fromEntries(groups.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
