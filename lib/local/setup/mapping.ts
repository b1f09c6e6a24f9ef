import { isoDate } from '../../clock.ts';
import type { ConnectorConfig } from '../../config/connector-config.ts';
import type { ClassificationKind, Coding } from '../../rules/reference-data.ts';
import type { SupplierInvoice } from '../../rules/sap-invoices.ts';
import type { InvoicePosition } from '../../sap/sap.ts';
import type { SetUp } from './set-up.ts';

/** What both sides say now, and the invoices that the mapping is measured on. */
export interface MappingFacts extends Coding {
  readonly invoices: readonly SupplierInvoice[];
}

const recentDays = 90;
const dayMs = 24 * 60 * 60_000;

/** Reads reference data and the invoices of the last 90 days from both sides; nothing is kept. */
export async function readMappingFacts(
  { sap, bill }: SetUp,
  config: ConnectorConfig,
  now: number,
): Promise<MappingFacts> {
  const codes = config.companyCodes.map((each) => each.companyCode);
  const companyCodes = await sap.companyCodes(codes);
  const charts = [...new Set(companyCodes.map(({ chartOfAccounts }) => chartOfAccounts))];
  const glAccounts = charts.length === 0 ? [] : await sap.glAccounts(charts);
  const costCenters = await sap.costCenters(codes);
  const kind: ClassificationKind = config.costCenters?.as ?? 'department';
  const ofBill = await bill.withLease('set-up', async (calls) => ({
    chart: await calls.chartOfAccounts(),
    entries: await calls.classifications(kind),
  }));
  const { chart, entries } = ofBill;
  return {
    chart,
    reference: {
      companyCodes,
      glAccounts,
      costCenters,
      ...(entries === undefined ? {} : { classifications: { [kind]: entries } }),
    },
    invoices: await recentInvoices(sap, codes, now),
  };
}

async function recentInvoices(
  sap: SetUp['sap'],
  companyCodes: readonly string[],
  now: number,
): Promise<SupplierInvoice[]> {
  const changeStamp = await sap.changeStamp();
  const since = now - recentDays * dayMs;
  const iso = new Date(since).toISOString();
  const stamps = {
    dates: isoDate(since),
    LastChangeDateTime: iso,
    SuplrInvcLstChgDteTmeTxt: iso.replace(/\D/g, '').slice(0, 14),
  };
  const found: SupplierInvoice[] = [];
  let after: InvoicePosition | undefined = {
    stamp: stamps[changeStamp],
    supplierInvoice: '',
    fiscalYear: '',
  };
  while (after !== undefined) {
    const page = await sap.invoicesChangedSince({
      changeStamp,
      companyCodes,
      after,
      reReadDays: 0,
    });
    found.push(...page.invoices);
    after = page.next;
  }
  return found;
}
