import { isoDate, isoTime } from '../clock.ts';
import { type HandedOver, type InvoiceRecord, invoiceId, liveBills } from '../ledger/invoices.ts';
import type { PaymentRecord } from '../ledger/payments.ts';
import { bodyOf, updateRecord } from '../ledger/record.ts';
import { type TieOut, tieOutDetails, tieOutRuns, tieOuts } from '../ledger/tie-outs.ts';
import { compareAmounts, isZero, negate, sameAmount, subtract, sum, sumDecimals } from '../money.ts';
import type { Bill, VendorCredit } from '../rules/bill-documents.ts';
import type { OpenSupplierItem } from '../rules/sap-documents.ts';
import { type NotPosted, type OpenInBill, type OpenInSap, tieOutLines, totalOf } from '../rules/tie-out.ts';
import type { Connector } from './doors.ts';
import { knownDifference, payableBills } from './known-differences.ts';
import type { PollReport } from './use-cases.ts';

/**
 * Daily: what SAP and BILL still have to pay, per company code, currency and vendor, compared to the cent and kept.
 * Reads SAP's open supplier items and BILL's open bills in a handful of calls; a bill whose list row does not say
 * what is paid is read by itself (missing never means zero, BILL dossier §13, trap 17).
 */
export async function tieOut(connector: Connector): Promise<PollReport> {
  const { config, clock, table } = connector;
  const invoices = (await recordsOf<InvoiceRecord>(table, 'invoice')).filter(
    (each) => vendorOf(each) !== undefined,
  );
  const payments = await recordsOf<PaymentRecord>(table, 'payment');
  const codes = config.companyCodes.map((each) => each.companyCode);
  const items = await connector.sap.openSupplierItems(codes, config.goLiveDate);
  const sap = openInSap(config, items, invoices, payments);
  const openInvoices = new Set(sap.map(({ document }) => document));
  const { bills, notPosted } = await readBill(connector, invoices, payments, openInvoices);
  const lines = tieOutLines({
    sap,
    bill: bills,
    notPosted,
    exceptions: new Map([...invoices.flatMap(inHands), ...payments.flatMap(cameBackCleared)]),
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
  await updateRecord(connector, tieOutRuns, date, () => ({ date, ranAt }));
  const open = lines.filter(({ difference, currency }) => !isZero(difference, currency));
  connector.observe.count('TieOutDifferences', open.length);
  return { found: open.length, queued: 0 };
}

async function recordsOf<T extends object>(table: Connector['table'], kind: string): Promise<T[]> {
  const found: T[] = [];
  let after: string | undefined;
  do {
    const page = await table.queryIndex('kind', kind, after === undefined ? {} : { after });
    found.push(...page.items.flatMap((item) => bodyOf<T>(item) ?? []));
    after = page.next;
  } while (after !== undefined);
  return found;
}

function inHands(invoice: InvoiceRecord): (readonly [string, string])[] {
  const why = knownDifference(invoice);
  return why === undefined || (invoice.paidBy ?? []).length > 0 ? [] : [[invoiceId(invoice.key), why]];
}

/** A payment came back, but SAP keeps its entry until an accountant has reset the clearing. */
function cameBackCleared({ exception, postings }: PaymentRecord): (readonly [string, string])[] {
  if (exception?.code !== 'ENTRY_CLEARED_RESET_FIRST') return [];
  return postings
    .filter(({ reversal }) => reversal === undefined)
    .flatMap(({ invoices }) => invoices.map((id) => [id, exception.what] as const));
}

/**
 * Items of invoices that have a bill, of the payments that we posted for them, and of parts of them that are paid:
 * a partial clearing leaves a line that refers to the invoice. Where the original lines are
 * debited, a payment leaves no supplier item: it counts by what was posted, as long as its invoices are open.
 */
function openInSap(
  config: Connector['config'],
  items: readonly OpenSupplierItem[],
  invoices: readonly InvoiceRecord[],
  payments: readonly PaymentRecord[],
): OpenInSap[] {
  const byReference = new Map(
    invoices.map((each) => [
      `${each.key.companyCode} ${each.key.supplierInvoice}${each.key.fiscalYear}`,
      each,
    ]),
  );
  const byEntry = new Map(
    payments.flatMap((payment) =>
      payment.postings
        .filter(({ reversal }) => reversal === undefined)
        .map(
          (each) => [`${each.companyCode} ${each.accountingDocument} ${each.fiscalYear}`, payment] as const,
        ),
    ),
  );
  const byDocument = new Map(
    items.flatMap(({ companyCode, accountingDocument, fiscalYear, originalReference }) => {
      const invoice = byReference.get(`${companyCode} ${originalReference}`);
      return invoice === undefined
        ? []
        : [[`${companyCode} ${accountingDocument} ${fiscalYear}`, invoice] as const];
    }),
  );
  const ofSuppliers = items.flatMap(
    ({ companyCode, currency, amount, originalReference, ...item }): OpenInSap[] => {
      const invoice = byReference.get(`${companyCode} ${originalReference}`);
      const common = { companyCode, currency, amount };
      const vendorId = invoice && vendorOf(invoice);
      if (invoice !== undefined && vendorId !== undefined)
        return [{ ...common, kind: 'invoice', document: invoiceId(invoice.key), vendorId }];
      const { accountingDocument = '', fiscalYear = '' } = item.paysInPart ?? {};
      const paid = byDocument.get(`${companyCode} ${accountingDocument} ${fiscalYear}`);
      const payee = paid && vendorOf(paid);
      if (paid !== undefined && payee !== undefined)
        return [{ ...common, kind: 'payment', document: invoiceId(paid.key), vendorId: payee }];
      const payment = byEntry.get(`${companyCode} ${item.accountingDocument} ${item.fiscalYear}`);
      if (payment === undefined) return [];
      return [{ ...common, kind: 'payment', document: payment.paymentId, vendorId: payment.vendorId }];
    },
  );
  const open = new Set(ofSuppliers.map(({ document }) => document));
  return [
    ...ofSuppliers,
    ...toBeWithheld(ofSuppliers, invoices),
    ...withoutSupplierItem(config, payments, open),
  ];
}

/** Tax that SAP withholds when it is paid still stands on the open items; it will never be paid to the vendor. */
function toBeWithheld(open: readonly OpenInSap[], invoices: readonly InvoiceRecord[]): OpenInSap[] {
  return invoices.flatMap((invoice) => {
    const items = open.filter(
      ({ kind, document }) => kind === 'invoice' && document === invoiceId(invoice.key),
    );
    const { currency } = invoice;
    const [first] = items;
    const withheld = sum(
      liveBills(invoice).map((bill) => bill.withheld ?? '0'),
      currency,
    );
    const owed = negate(
      sum(
        items.map(({ amount }) => amount),
        currency,
      ),
      currency,
    );
    const isGross = sameAmount(owed, invoice.amount, currency);
    return first === undefined || !isGross ? [] : [{ ...first, amount: withheld }];
  });
}

function withoutSupplierItem(
  { companyCodes }: Connector['config'],
  payments: readonly PaymentRecord[],
  openInvoices: ReadonlySet<string>,
): OpenInSap[] {
  const codes = companyCodes.filter((each) => each.postingProfile === 'original-lines');
  return payments.flatMap(({ paymentId, vendorId, postings }) =>
    postings
      .filter(
        ({ companyCode, reversal, invoices }) =>
          reversal === undefined &&
          codes.some((each) => each.companyCode === companyCode) &&
          invoices.some((each) => openInvoices.has(each)),
      )
      .map(({ companyCode, currency, amount }) => ({
        kind: 'payment' as const,
        document: paymentId,
        companyCode,
        currency,
        vendorId,
        amount,
      })),
  );
}

async function readBill(
  connector: Connector,
  invoices: readonly InvoiceRecord[],
  payments: readonly PaymentRecord[],
  openInvoices: ReadonlySet<string>,
): Promise<{ bills: OpenInBill[]; notPosted: NotPosted[] }> {
  const byBill = new Map(
    invoices.flatMap((invoice) =>
      payableBills(invoice).map((bill) => [bill.billId, { invoice, bill }] as const),
    ),
  );
  const credits = invoices.filter(
    ({ key, credit }) => credit !== undefined && openInvoices.has(invoiceId(key)),
  );
  const waiting = payments.filter(isCleared);
  return connector.bill.withLease('poll', async (calls) => {
    const bills: OpenInBill[] = [];
    for (const row of await calls.openBills()) {
      const ours = byBill.get(row.id);
      if (ours === undefined) continue;
      const bill = row.paidAmount === undefined || row.amount === undefined ? await calls.bill(row.id) : row;
      if (bill !== undefined) bills.push(openInBill(ours.invoice, ours.bill, bill));
    }
    for (const memo of credits) {
      const credit = await calls.vendorCredit(memo.credit?.creditId ?? '');
      if (credit !== undefined && !credit.archived) bills.push(openCredit(memo, credit));
    }
    const notPosted: NotPosted[] = creditsUnknownToSap(invoices, openInvoices);
    for (const record of waiting) {
      const payment = await calls.payment(record.paymentId);
      for (const { billId, amount } of payment?.billPayments ?? []) {
        const ours = byBill.get(billId);
        if (ours === undefined || isPostedIn(record, ours.invoice)) continue;
        notPosted.push({
          ...placeOf(ours.invoice, ours.bill.vendorId),
          document: record.paymentId,
          amount,
          why: record.reason,
        });
      }
    }
    return { bills, notPosted };
  });
}

/** A vendor credit that stands for no credit memo paid a part of an open invoice; where no money did, its exception says so. */
function creditsUnknownToSap(
  invoices: readonly InvoiceRecord[],
  openInvoices: ReadonlySet<string>,
): NotPosted[] {
  return invoices
    .filter(
      ({ key, exception, paidBy = [] }) =>
        openInvoices.has(invoiceId(key)) && (exception === undefined || paidBy.length > 0),
    )
    .flatMap((invoice) =>
      (invoice.creditedBy ?? [])
        .filter(({ creditMemo }) => creditMemo === undefined)
        .map(({ paymentId, amount }) => ({
          ...placeOf(invoice, vendorOf(invoice) ?? ''),
          document: paymentId,
          amount,
          why: 'paid by a vendor credit that SAP does not know',
        })),
    );
}

/** Cleared in BILL, and not all of it posted. What the connector recorded there came from SAP. */
function isCleared({
  singleStatus,
  amount,
  currency = 'USD',
  postings,
  recordedFor,
}: PaymentRecord): boolean {
  if (singleStatus !== 'CLEARED' || recordedFor !== undefined) return false;
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

function openInBill(invoice: InvoiceRecord, handed: HandedOver, bill: Bill): OpenInBill {
  const { currency } = invoice;
  const sent = sumDecimals(handed.sent.lines.map(({ amount }) => amount));
  return {
    ...placeOf(invoice, handed.vendorId),
    document: invoiceId(invoice.key),
    billId: bill.id,
    open: subtract(bill.amount ?? sent, bill.paidAmount ?? '0', currency),
    inTransit: bill.scheduledAmount ?? '0',
  };
}

/** What is left of a vendor credit is to be paid less. */
function openCredit(memo: InvoiceRecord, credit: VendorCredit): OpenInBill {
  const left = subtract(credit.amount ?? memo.amount, credit.appliedAmount ?? '0', memo.currency);
  return {
    ...placeOf(memo, credit.vendorId),
    document: invoiceId(memo.key),
    billId: credit.id,
    open: negate(left, memo.currency),
    inTransit: '0',
  };
}

/** The vendor of what stands for the invoice in BILL now; undefined where nothing does. */
function vendorOf(invoice: InvoiceRecord): string | undefined {
  const [bill] = payableBills(invoice);
  const { credit } = invoice;
  return bill?.vendorId ?? (credit?.archived === false ? credit.vendorId : undefined);
}

function placeOf({ key, currency }: InvoiceRecord, vendorId: string) {
  return { companyCode: key.companyCode, currency, vendorId };
}
