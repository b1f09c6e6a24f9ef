import { expect, test } from 'vitest';
import { loadConfig } from '../../../../lib/config/load-config.ts';
import { acts } from '../../../../lib/local/scenario/acts.ts';
import { allInvoices } from '../../../../lib/local/scenario/invoices/all-invoices.ts';
import { payments } from '../../../../lib/local/scenario/payments.ts';
import { scenarioConfig } from '../../../../lib/local/scenario/scenario-config.ts';
import { suppliers } from '../../../../lib/local/scenario/suppliers.ts';
import { vendorsBornInBill } from '../../../../lib/local/scenario/vendors-in-bill.ts';

const all = allInvoices;

test('the firm has the documents that the story is told for', () => {
  expect(all.length).toBeGreaterThanOrEqual(60);
  expect(Object.keys(suppliers).length).toBeGreaterThanOrEqual(15);
  expect(all.some(({ orderItems }) => orderItems !== undefined)).toBe(true);
  expect(
    all.filter(({ shares = [] }) => new Set(shares.map((each) => each.costCenter)).size > 1).length,
  ).toBeGreaterThan(5);
  const ways = new Set(Object.values(payments).map(({ by }) => by));
  expect([...ways].sort()).toEqual(['ACH', 'CHECK', 'INTERNATIONAL', 'WALLET']);
});

test('every supplier has invoices or a twin, and nothing of it could be real', () => {
  const used = new Set([...all.map(({ supplier }) => supplier), 'larch', 'larchAgain']);
  expect([...used].sort()).toEqual(Object.keys(suppliers).sort());
  for (const { email, taxNumber } of Object.values(suppliers)) {
    expect(email).toMatch(/@[a-z-]+\.example$/);
    expect(taxNumber.number).toMatch(/^(00-1|000-00-|99\/000\/|0-0000-0000-)/);
  }
});

test('vendors that are born in BILL could not be real either', () => {
  for (const vendor of Object.values(vendorsBornInBill)) {
    expect(vendor.address.zipOrPostalCode).toMatch(/99$/);
    if ('additionalInfo' in vendor) expect(vendor.additionalInfo.taxId).toMatch(/^00-1/);
    if ('email' in vendor) expect(vendor.email).toMatch(/\.example$/);
  }
});

test('no two acts have the same title, and the configuration is a valid one', () => {
  expect(new Set(acts.map(({ title }) => title)).size).toBe(acts.length);
  expect(loadConfig(scenarioConfig).companyCodes.map(({ postingProfile }) => postingProfile)).toEqual([
    'payable',
    'payable',
    'original-lines',
  ]);
});
