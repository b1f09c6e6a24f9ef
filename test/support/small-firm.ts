import { connectorConfigSchema } from '../../lib/config/connector-config.ts';
import { createBillSimulator } from '../../lib/local/bill-simulator/create-bill-simulator.ts';
import { createHttpDelivery } from '../../lib/local/bill-simulator/http-delivery.ts';
import { serveBillSimulator } from '../../lib/local/bill-simulator/serve.ts';
import { addPage } from '../../lib/local/page/add-page.ts';
import { runOnce } from '../../lib/local/run/run-once.ts';
import { startLocal } from '../../lib/local/run/start-local.ts';
import { createSapSimulator } from '../../lib/local/sap-simulator/create-sap-simulator.ts';
import { serveSapSimulator } from '../../lib/local/sap-simulator/serve.ts';
import { seededRandom } from '../../lib/random.ts';
import type { InvoiceKey } from '../../lib/rules/sap-invoices.ts';
import { passingClock } from './passing-clock.ts';
import { recordedObserve } from './recorded-observe.ts';

/** A name that would do harm where text became markup. */
export const wickedName = `<img src=x onerror="document.title='taken over'"> & "Sons" </script>`;

const date = '2026-11-02';

export type SmallFirm = Awaited<ReturnType<typeof startSmallFirm>>;

/**
 * The connector with its page on loopback sockets between a SAP and a BILL with a few documents: one invoice that is
 * paid and posted, and four that need a person (an account that BILL lacks, of a supplier with a wicked name; a
 * reference that comes twice; another currency; a vendor that has only the name of the supplier).
 */
export async function startSmallFirm() {
  const clock = passingClock();
  const delivery = createHttpDelivery(clock, (eventId, status) => bill.office.noteDelivery(eventId, status));
  const sap = createSapSimulator({ clock, random: seededRandom(1) });
  const bill = createBillSimulator({
    clock,
    random: seededRandom(2),
    subscription: { notificationUrl: 'http://127.0.0.1:1/webhooks/bill' },
    deliver: delivery.deliver,
  });
  const servers = [await serveSapSimulator(sap, 0), await serveBillSimulator(bill, 0)] as const;
  const secrets = { sap: sap.secret(servers[0].url), bill: bill.secret(servers[1].url) };
  const documents = enterDocuments(sap, bill);
  const local = await startLocal({
    config,
    secrets,
    observe: recordedObserve(),
    clock,
    port: 0,
    routes: addPage,
  });
  const settle = () => runOnce(local, { clock, visibilityLagMs: 0, signal: new AbortController().signal });
  await settle();
  const [billId = ''] = Object.keys(bill.books.bills);
  const payment = payBill(bill, billId);
  await settle();
  return {
    clock,
    sap,
    bill,
    secrets,
    local,
    url: local.url,
    /** Works until nothing is left to do. */
    settle,
    documents: { ...documents, billId, payment },
    close: async () => {
      await local.stop();
      delivery.close();
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

const config = connectorConfigSchema.parse({
  connection: 'small-firm',
  goLiveDate: '2026-01-01',
  companyCodes: [{ companyCode: '1710', clearingAccounts: [{ fundingAccount: '*', glAccount: '11001080' }] }],
  polling: { everyMinutes: 1, recheckEveryMinutes: 5, overlapMinutes: 1 },
  bill: { visibilityLagSeconds: 0 },
  sap: { visibilityLagSeconds: 0 },
});

type Sap = ReturnType<typeof createSapSimulator>;
type Bill = ReturnType<typeof createBillSimulator>;

function enterDocuments({ tenant }: Sap, { office }: Bill) {
  office.addChartOfAccount({ name: 'Office supplies', number: '61003000' });
  office.addVendor({ name: 'Sample Signals Inc.', billCurrency: 'USD' });
  const supplier = (name: string) =>
    tenant.addSupplier({ name, address, companies: [{ companyCode: '1710' }] });
  const [good, wicked] = [supplier('Example Supplies LLC'), supplier(wickedName)];
  const enter = (from: string, reference: string, more: object = {}) =>
    idOf(
      tenant.postInvoice({
        companyCode: '1710',
        supplier: from,
        reference,
        documentDate: date,
        postingDate: date,
        lines: [{ kind: 'gl-account', glAccount: '61003000', costCenter: '17101401', amount: '99.99' }],
        ...more,
      }),
    );
  return {
    paid: enter(good, 'ES-1'),
    twice: enter(good, 'ES-1'),
    otherCurrency: enter(good, 'ES-2', { currency: 'EUR' }),
    unsure: enter(supplier('Sample Signals Inc.'), 'SS-1'),
    unmapped: enter(wicked, 'WK-1', {
      lines: [{ kind: 'gl-account', glAccount: '61019000', costCenter: '17101401', amount: '45.00' }],
    }),
  };
}

const address = {
  street: 'Example Street',
  city: 'Sampleton',
  postalCode: '00001',
  region: 'NY',
  country: 'US',
};

function payBill({ office }: Bill, billId: string): string {
  const fundingAccountId = office.addFundingAccount({ bankName: 'Example Bank', nameOnAccount: 'Example' });
  const bills = [{ billId, amount: '99.99' }];
  const payment = office.pay({ bills, disbursementType: 'ACH', fundingAccountId, processDate: date });
  for (const status of ['PROCESSED', 'CLEARED']) office.advance(payment, status);
  return payment;
}

function idOf({ companyCode, supplierInvoice, fiscalYear }: InvoiceKey): string {
  return `${companyCode}/${supplierInvoice}/${fiscalYear}`;
}
