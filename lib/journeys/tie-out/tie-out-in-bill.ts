import type { BillCalls } from '../../bill/bill.ts';
import { type InvoiceRecord, invoiceId } from '../../ledger/invoices.ts';
import type { PaymentRecord } from '../../ledger/payments.ts';
import { negate, subtract, sumDecimals } from '../../money.ts';
import type { Bill, VendorCredit } from '../../rules/bill-documents.ts';
import type { NotPosted, OpenInBill } from '../../rules/tie-out-facts.ts';
import { knownDifference, type PayableBill, payableBills, vendorOf } from './known-differences.ts';
import { isWaiting } from './waiting-payments.ts';

type OurBills = ReadonlyMap<string, { readonly invoice: InvoiceRecord; readonly bill: PayableBill }>;

/**
 * Bills and vendor credits of ours that BILL shows open. A row that does not say what is paid is read by itself; where
 * that does not tell it either, and BILL does not call the bill unpaid, what is open is unknown: missing never means zero
 * (BILL dossier §13, trap 17).
 */
export async function openInBill(
  calls: BillCalls,
  invoices: readonly InvoiceRecord[],
  openInvoices: ReadonlySet<string>,
): Promise<OpenInBill[]> {
  const ours = ourBills(invoices);
  const open: OpenInBill[] = [];
  for (const row of await calls.openBills()) {
    const known = ours.get(row.id);
    if (known === undefined) continue;
    const bill = row.paidAmount === undefined || row.amount === undefined ? await calls.bill(row.id) : row;
    if (bill !== undefined) open.push(openBill(known.invoice, known.bill, bill));
  }
  for (const memo of invoices) {
    if (memo.credit === undefined || !openInvoices.has(invoiceId(memo.key))) continue;
    const credit = await calls.vendorCredit(memo.credit.creditId);
    if (credit !== undefined && !credit.archived)
      open.push({ ...openCredit(memo, credit), usedFor: usersOf(credit, memo, invoices, ours) });
  }
  return open;
}

/**
 * What BILL has paid of our bills and SAP has no entry for, each with the reason. What people book themselves is over once
 * they have cleared the invoice in SAP.
 */
export function notPosted(
  invoices: readonly InvoiceRecord[],
  payments: readonly PaymentRecord[],
  openInvoices: ReadonlySet<string>,
): NotPosted[] {
  const ours = ourBills(invoices);
  const found = creditsUnknownToSap(invoices, openInvoices);
  for (const record of payments.filter(isWaiting)) {
    for (const { billId, amount } of record.billPayments ?? []) {
      const known = ours.get(billId);
      if (known === undefined || isPostedIn(record, known.invoice)) continue;
      if (isBookedByPeople(record) && !openInvoices.has(invoiceId(known.invoice.key))) continue;
      const place = placeOf(known.invoice, known.bill.vendorId);
      const invoice = invoiceId(known.invoice.key);
      found.push({ ...place, document: record.paymentId, invoice, amount, why: record.reason });
    }
  }
  return found;
}

function ourBills(invoices: readonly InvoiceRecord[]): OurBills {
  return new Map(
    invoices.flatMap((invoice) =>
      payableBills(invoice).map((bill) => [bill.billId, { invoice, bill }] as const),
    ),
  );
}

/**
 * A vendor credit that stands for no credit memo, or for one that SAP has reversed, paid a part of an open invoice; where
 * no money did, its exception says so.
 */
function creditsUnknownToSap(
  invoices: readonly InvoiceRecord[],
  openInvoices: ReadonlySet<string>,
): NotPosted[] {
  const isOpen = ({ key }: InvoiceRecord) => openInvoices.has(invoiceId(key));
  const reversed = new Set(
    invoices
      .filter((each) => each.isCreditMemo && !isOpen(each) && knownDifference(each) !== undefined)
      .map(({ key }) => invoiceId(key)),
  );
  return invoices
    .filter((each) => isOpen(each) && (each.exception === undefined || (each.paidBy ?? []).length > 0))
    .flatMap((invoice) =>
      (invoice.creditedBy ?? [])
        .filter(({ creditMemo }) => creditMemo === undefined || reversed.has(creditMemo))
        .map(({ paymentId, amount, creditMemo }) => ({
          ...placeOf(invoice, vendorOf(invoice) ?? ''),
          document: paymentId,
          invoice: invoiceId(invoice.key),
          amount,
          why:
            creditMemo === undefined
              ? 'paid by a vendor credit that SAP does not know'
              : `paid by a vendor credit whose credit memo ${creditMemo} was reversed in SAP`,
        })),
    );
}

/** The connector will post nothing: a person has skipped the payment, or it was made outside BILL. */
function isBookedByPeople({ state, skipped }: PaymentRecord): boolean {
  return state === 'ignored' || skipped !== undefined;
}

function isPostedIn({ postings }: PaymentRecord, { key }: InvoiceRecord): boolean {
  return postings.some(
    ({ reversal, companyCode }) => reversal === undefined && companyCode === key.companyCode,
  );
}

function openBill(invoice: InvoiceRecord, handed: PayableBill, bill: Bill): OpenInBill {
  const { currency } = invoice;
  const amount = bill.amount ?? (handed.sent && sumDecimals(handed.sent.lines.map((line) => line.amount)));
  const paid = bill.paidAmount ?? (bill.paymentStatus === 'UNPAID' ? '0' : undefined);
  return {
    ...placeOf(invoice, handed.vendorId),
    document: invoiceId(invoice.key),
    billId: bill.id,
    ...(amount === undefined || paid === undefined
      ? untold(`what is open of bill ${bill.id}`)
      : { open: subtract(amount, paid, currency) }),
    inTransit: bill.scheduledAmount ?? '0',
  };
}

/** Invoices whose bills used the credit: as BILL shows it, and as the ledger has kept it of payments. */
function usersOf(
  { usage }: VendorCredit,
  { key }: InvoiceRecord,
  invoices: readonly InvoiceRecord[],
  ours: OurBills,
): string[] {
  const shown = usage.flatMap(({ billId = '' }) => ours.get(billId)?.invoice ?? []);
  const kept = invoices.filter(({ creditedBy = [] }) =>
    creditedBy.some(({ creditMemo }) => creditMemo === invoiceId(key)),
  );
  return [...shown, ...kept].map((invoice) => invoiceId(invoice.key));
}

/** What is left of a vendor credit is to be paid less. */
function openCredit(memo: InvoiceRecord, credit: VendorCredit): OpenInBill {
  const { amount = memo.amount, appliedAmount } = credit;
  return {
    ...placeOf(memo, credit.vendorId),
    document: invoiceId(memo.key),
    billId: credit.id,
    ...(appliedAmount === undefined
      ? untold(`what is used of vendor credit ${credit.id}`)
      : { open: negate(subtract(amount, appliedAmount, memo.currency), memo.currency) }),
    inTransit: '0',
  };
}

function untold(what: string) {
  return { open: '0', untold: `BILL does not tell ${what}, not even where it is read by itself` };
}

function placeOf({ key, currency }: InvoiceRecord, vendorId: string) {
  return { companyCode: key.companyCode, currency, vendorId };
}
