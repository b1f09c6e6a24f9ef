import { type Amount, isZero, negate, subtract, sum } from '../money.ts';
import type { OpenInBill, OpenInSap, TieOutFacts } from './tie-out-facts.ts';
import { unexplainedDocuments } from './unexplained-documents.ts';

/** One document on which the sides do not show the same. */
interface TieOutDocument {
  readonly document: string;
  /** Still to be paid, as SAP has it. */
  readonly sap: Amount;
  /** Still to be paid, as BILL has it. */
  readonly bill: Amount;
  readonly why: string;
  /** Nothing known accounts for it, whatever the vendor's sum. */
  readonly unexplained?: true;
}

/** What is open with one vendor, or with all of them, in one company code and currency. */
export interface TieOutAmounts {
  /** Invoices that are open in SAP and have a bill. */
  readonly sapInvoices: Amount;
  /** Posted payments that are not cleared against their invoices yet; they are taken off. */
  readonly sapPayments: Amount;
  readonly sapOpen: Amount;
  readonly billOpen: Amount;
  /** The part of `billOpen` that is on its way to the vendor. */
  readonly inTransit: Amount;
  /** Cleared in BILL, not posted in SAP. */
  readonly notPosted: Amount;
  /** What SAP has more than BILL on invoices with an open exception. */
  readonly exceptions: Amount;
  /** What nothing of this explains: `sapOpen - billOpen - notPosted - exceptions`. */
  readonly difference: Amount;
}

export interface TieOutLine extends TieOutAmounts {
  readonly companyCode: string;
  readonly currency: string;
  readonly vendorId: string;
  readonly documents: readonly TieOutDocument[];
}

/** One line for each company code, currency and vendor; in a fixed order. */
export function tieOutLines(facts: TieOutFacts): TieOutLine[] {
  const places = new Map<string, Place>();
  for (const each of [...facts.sap, ...facts.bill, ...facts.notPosted]) places.set(nameOf(each), each);
  return [...places]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, place]) => lineOf(place, ofPlace(facts, name)));
}

/** Whether nothing is left to explain: neither in the vendor's sum nor on one of its documents. */
export function isTiedOut({
  difference,
  currency,
  documents,
}: Pick<TieOutLine, 'difference' | 'currency' | 'documents'>): boolean {
  return isZero(difference, currency) && !documents.some(({ unexplained }) => unexplained);
}

/** The sum of lines of one company code and currency. */
export function totalOf(lines: readonly TieOutAmounts[], currency: string): TieOutAmounts {
  const total = (of: (line: TieOutAmounts) => Amount) => sum(lines.map(of), currency);
  return {
    sapInvoices: total((line) => line.sapInvoices),
    sapPayments: total((line) => line.sapPayments),
    sapOpen: total((line) => line.sapOpen),
    billOpen: total((line) => line.billOpen),
    inTransit: total((line) => line.inTransit),
    notPosted: total((line) => line.notPosted),
    exceptions: total((line) => line.exceptions),
    difference: total((line) => line.difference),
  };
}

type Place = Pick<TieOutLine, 'companyCode' | 'currency' | 'vendorId'>;

function nameOf({ companyCode, currency, vendorId }: Place): string {
  return `${companyCode} ${currency} ${vendorId}`;
}

function ofPlace({ sap, bill, notPosted, exceptions }: TieOutFacts, name: string): TieOutFacts {
  const isHere = (each: Place) => nameOf(each) === name;
  return {
    sap: sap.filter(isHere),
    bill: bill.filter(isHere),
    notPosted: notPosted.filter(isHere),
    exceptions,
  };
}

function lineOf({ companyCode, currency, vendorId }: Place, facts: TieOutFacts): TieOutLine {
  const invoices = invoicesOf(facts, currency);
  const amounts = amountsOf(facts, invoices, currency);
  const documents = documentsOf(facts, invoices, isZero(amounts.difference, currency), currency);
  return { companyCode, currency, vendorId, ...amounts, documents };
}

function amountsOf(facts: TieOutFacts, invoices: readonly Compared[], currency: string): TieOutAmounts {
  const add = (amounts: readonly Amount[]) => sum(amounts, currency);
  const ofKind = (kind: OpenInSap['kind']) =>
    add(facts.sap.filter((each) => each.kind === kind).map(({ amount }) => amount));
  const sapInvoices = negate(ofKind('invoice'), currency);
  const sapPayments = ofKind('payment');
  const sapOpen = subtract(sapInvoices, sapPayments, currency);
  const billOpen = add(facts.bill.map(({ open }) => open));
  const inTransit = add(facts.bill.map((bill) => bill.inTransit));
  const notPosted = add(facts.notPosted.map(({ amount }) => amount));
  const inException = invoices.filter(({ why }) => why !== undefined);
  const exceptions = add(inException.map(({ sap, bill }) => subtract(sap, bill, currency)));
  const difference = subtract(sapOpen, add([billOpen, notPosted, exceptions]), currency);
  return { sapInvoices, sapPayments, sapOpen, billOpen, inTransit, notPosted, exceptions, difference };
}

/** What is explained, and where the sum is not or a document is not, all that may be the cause. */
function documentsOf(
  facts: TieOutFacts,
  invoices: readonly Compared[],
  isTied: boolean,
  currency: string,
): TieOutDocument[] {
  const open = unexplainedDocuments(facts, currency);
  const untold = untoldOf(facts.bill, invoices);
  const mark = (documents: readonly string[]) =>
    documents.some((each) => open.has(each)) ? { unexplained: true as const } : {};
  const shown = invoices
    .filter(({ document, why }) => !isTied || why !== undefined || open.has(document))
    .filter(({ document }) => !untold.some((each) => each.document === document))
    .filter(({ sap, bill }) => !isZero(subtract(sap, bill, currency), currency));
  const payments = facts.sap
    .filter(({ kind }) => kind === 'payment')
    .filter((payment) => !isTied || paidBy(payment).some((each) => open.has(each)));
  return [
    ...untold,
    ...shown.map(({ why, ...each }) =>
      why === undefined
        ? { ...each, why: 'the sides do not agree', ...mark([each.document]) }
        : { ...each, why },
    ),
    ...facts.notPosted.map(({ document, invoice, amount, why }) => {
      return { document, sap: amount, bill: sum([], currency), why, ...mark([invoice]) };
    }),
    ...payments.map((payment) => ({ ...paymentOf(payment, currency), ...mark(paidBy(payment)) })),
  ];
}

type Compared = Omit<TieOutDocument, 'why'> & { readonly why?: string };

/** Invoices that nobody can compare, because BILL does not tell its amount. */
function untoldOf(bill: readonly OpenInBill[], invoices: readonly Compared[]): TieOutDocument[] {
  return bill.flatMap(({ document, untold }) => {
    const invoice = invoices.find((each) => each.document === document);
    return untold === undefined || invoice === undefined
      ? []
      : [{ ...invoice, why: untold, unexplained: true as const }];
  });
}

/** Each invoice with what either side has open on it, and what its exception says; that of one untold explains nothing. */
function invoicesOf({ sap, bill, exceptions }: TieOutFacts, currency: string): Compared[] {
  const items = sap.filter(({ kind }) => kind === 'invoice');
  const names = new Set([...items, ...bill].map(({ document }) => document));
  return [...names].sort().map((document) => {
    const ofDocument = <T extends { document: string }>(all: readonly T[]) =>
      all.filter((each) => each.document === document);
    const amounts = ofDocument(items).map(({ amount }) => amount);
    const bills = ofDocument(bill);
    const isTold = bills.every(({ untold }) => untold === undefined);
    const why = isTold ? exceptions.get(document) : undefined;
    const open = bills.map((each) => each.open);
    return {
      document,
      sap: negate(sum(amounts, currency), currency),
      bill: sum(open, currency),
      ...(why === undefined ? {} : { why }),
    };
  });
}

/** The documents that an open payment in SAP belongs to. */
function paidBy({ document, pays = [document] }: OpenInSap): readonly string[] {
  return pays;
}

function paymentOf({ document, amount }: OpenInSap, currency: string): TieOutDocument {
  return {
    document,
    sap: negate(amount, currency),
    bill: sum([], currency),
    why: 'posted, not cleared against its invoices',
  };
}
