import { isoDate, isoTime } from '../clock.ts';
import { type InvoiceRecord, invoiceId } from '../ledger/invoices.ts';
import type { PaymentRecord } from '../ledger/payments.ts';
import { bodyOf, updateRecord } from '../ledger/record.ts';
import { type TieOut, tieOutDetails, tieOuts } from '../ledger/tie-outs.ts';
import { compareAmounts, isZero, subtract, sum } from '../money.ts';
import type { Bill } from '../rules/bill-documents.ts';
import type { OpenSupplierItem } from '../rules/sap-documents.ts';
import { type NotPosted, type OpenInBill, type OpenInSap, tieOutLines, totalOf } from '../rules/tie-out.ts';
import type { Connector } from './doors.ts';
import type { PollReport } from './use-cases.ts';

/**
 * Daily: what SAP and BILL still have to pay, per company code, currency and vendor, compared to the cent and kept.
 * Reads SAP's open supplier items and BILL's open bills in a handful of calls; a bill whose list row does not say
 * what is paid is read by itself (missing never means zero, BILL dossier §13, trap 17).
 */
export async function tieOut(connector: Connector): Promise<PollReport> {
  const { config, clock, table } = connector;
  const invoices = (await recordsOf<InvoiceRecord>(table, 'invoice')).filter(
    ({ bill }) => bill?.archived === false,
  );
  const payments = await recordsOf<PaymentRecord>(table, 'payment');
  const codes = config.companyCodes.map((each) => each.companyCode);
  const items = await connector.sap.openSupplierItems(codes, config.goLiveDate);
  const { bills, notPosted } = await readBill(connector, invoices, payments);
  const lines = tieOutLines({
    sap: openInSap(items, invoices, payments),
    bill: bills,
    notPosted,
    exceptions: new Map(
      invoices.flatMap(({ key, exception, paidBy = [] }) =>
        exception === undefined || paidBy.length > 0 ? [] : [[invoiceId(key), exception.code] as const],
      ),
    ),
  });
  const ranAt = isoTime(clock.now());
  const date = isoDate(clock.now());
  for (const line of lines) {
    const { companyCode, currency, vendorId } = line;
    const id = `${date} ${companyCode} ${currency} ${vendorId}`;
    await updateRecord(connector, tieOutDetails, id, () => ({ ...line, ranAt }));
  }
  const groups = [...Map.groupBy(lines, ({ companyCode, currency }) => `${companyCode} ${currency}`)];
  for (const [name, ofGroup] of groups) {
    const [companyCode = '', currency = ''] = name.split(' ');
    const amounts = totalOf(ofGroup, currency);
    const total: TieOut = { date, companyCode, currency, vendors: ofGroup.length, ranAt, ...amounts };
    await updateRecord(connector, tieOuts, `${date} ${name}`, () => total);
  }
  const open = lines.filter(({ difference, currency }) => !isZero(difference, currency));
  connector.observe.count('TieOutDifferences', open.length);
  return { found: open.length, queued: 0 };
}

async function recordsOf<T extends object>({ queryIndex }: Connector['table'], kind: string): Promise<T[]> {
  const found: T[] = [];
  let after: string | undefined;
  do {
    const page = await queryIndex('kind', kind, after === undefined ? {} : { after });
    found.push(...page.items.flatMap((item) => bodyOf<T>(item) ?? []));
    after = page.next;
  } while (after !== undefined);
  return found;
}

/** Items of invoices that have a bill, and of the payments that we posted for them. */
function openInSap(
  items: readonly OpenSupplierItem[],
  invoices: readonly InvoiceRecord[],
  payments: readonly PaymentRecord[],
): OpenInSap[] {
  const byReference = new Map(
    invoices.map((each) => [`${each.key.companyCode} ${each.key.supplierInvoice}${each.key.fiscalYear}`, each]),
  );
  const byEntry = new Map(
    payments.flatMap((payment) =>
      payment.postings
        .filter(({ reversal }) => reversal === undefined)
        .map((each) => [`${each.companyCode} ${each.accountingDocument} ${each.fiscalYear}`, payment] as const),
    ),
  );
  return items.flatMap(({ companyCode, currency, amount, originalReference, ...item }): OpenInSap[] => {
    const invoice = byReference.get(`${companyCode} ${originalReference}`);
    const common = { companyCode, currency, amount };
    if (invoice?.bill !== undefined) {
      const { vendorId } = invoice.bill;
      return [{ ...common, kind: 'invoice', document: invoiceId(invoice.key), vendorId }];
    }
    const payment = byEntry.get(`${companyCode} ${item.accountingDocument} ${item.fiscalYear}`);
    if (payment === undefined) return [];
    return [{ ...common, kind: 'payment', document: payment.paymentId, vendorId: payment.vendorId }];
  });
}

async function readBill(
  connector: Connector,
  invoices: readonly InvoiceRecord[],
  payments: readonly PaymentRecord[],
): Promise<{ bills: OpenInBill[]; notPosted: NotPosted[] }> {
  const byBill = new Map(invoices.map((each) => [each.bill?.billId ?? '', each]));
  const waiting = payments.filter(isCleared);
  return connector.bill.withLease('poll', async (calls) => {
    const bills: OpenInBill[] = [];
    for (const row of await calls.openBills()) {
      const invoice = byBill.get(row.id);
      if (invoice === undefined) continue;
      const bill = row.paidAmount === undefined || row.amount === undefined ? await calls.bill(row.id) : row;
      if (bill !== undefined) bills.push(openInBill(invoice, bill));
    }
    const notPosted: NotPosted[] = [];
    for (const record of waiting) {
      const payment = await calls.payment(record.paymentId);
      for (const { billId, amount } of payment?.billPayments ?? []) {
        const invoice = byBill.get(billId);
        if (invoice === undefined || isPostedIn(record, invoice)) continue;
        notPosted.push({ ...placeOf(invoice), document: record.paymentId, amount, why: record.reason });
      }
    }
    return { bills, notPosted };
  });
}

/** Cleared in BILL, and not all of it posted. */
function isCleared({ singleStatus, amount, currency = 'USD', postings }: PaymentRecord): boolean {
  if (singleStatus !== 'CLEARED') return false;
  const live = postings.filter(({ reversal }) => reversal === undefined);
  const posted = sum(
    live.map((each) => each.amount),
    currency,
  );
  return compareAmounts(posted, amount, currency) < 0;
}

function isPostedIn({ postings }: PaymentRecord, { key }: InvoiceRecord): boolean {
  return postings.some(
    ({ reversal, companyCode }) => reversal === undefined && companyCode === key.companyCode,
  );
}

function openInBill(invoice: InvoiceRecord, bill: Bill): OpenInBill {
  const { currency, amount } = invoice;
  const open = subtract(bill.amount ?? amount, bill.paidAmount ?? '0', currency);
  return {
    ...placeOf(invoice),
    document: invoiceId(invoice.key),
    billId: bill.id,
    open,
    inTransit: bill.scheduledAmount ?? '0',
  };
}

function placeOf({ key, currency, bill }: InvoiceRecord) {
  return { companyCode: key.companyCode, currency, vendorId: bill?.vendorId ?? '' };
}
