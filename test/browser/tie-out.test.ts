import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SmallFirm, startSmallFirm } from '../support/small-firm.ts';
import { isLeftOut, launch, openPage } from './browser.ts';
import { controlsWithoutName, faintTexts, widthBeyondTheWindow } from './looks.ts';

const posted = '2026-11-02';
const address = {
  street: 'Example Street',
  city: 'Sampleton',
  postalCode: '00001',
  region: 'NY',
  country: 'US',
};

describe.skipIf(isLeftOut)('the tie-out on the page', () => {
  let firm: SmallFirm;
  let browser: Browser;
  let differing: string;

  /** One invoice of a new supplier; gives back its id. */
  const enter = (name: string, amount: string) => {
    const { tenant } = firm.sap;
    const { companyCode, supplierInvoice, fiscalYear } = tenant.postInvoice({
      companyCode: '1710',
      supplier: tenant.addSupplier({ name, address, companies: [{ companyCode: '1710' }] }),
      reference: `${name.slice(0, 1)}-1`,
      documentDate: posted,
      postingDate: posted,
      lines: [{ kind: 'gl-account', glAccount: '61003000', costCenter: '17101401', amount }],
    });
    return `${companyCode}/${supplierInvoice}/${fiscalYear}`;
  };

  const billOf = (id: string) => {
    const bill = Object.values(firm.bill.books.bills).find(({ description }) => description?.includes(id));
    if (bill === undefined) throw new Error(`Invoice ${id} has no bill.`);
    return bill;
  };

  const show = async (page: Page) => {
    await page.getByRole('button', { name: /^Tie-out/ }).click();
    await page.getByRole('heading', { name: /^Tie-out/ }).waitFor();
  };

  /** The amounts of the table's row, under the names of its columns. */
  const amountsOf = async (page: Page, name: string) => {
    const table = page.getByRole('region', { name: 'Company code 1710, USD' }).getByRole('table');
    const columns = await table.getByRole('columnheader').allTextContents();
    const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
    const cells = await row.getByRole('cell').allTextContents();
    return Object.fromEntries(cells.map((cell, index) => [columns[index + 1], cell.trim()]));
  };

  beforeAll(async () => {
    [firm, browser] = [await startSmallFirm(), await launch()];
  });

  afterAll(async () => {
    await browser.close();
    await firm.close();
  });

  test('before the first one it says so', async () => {
    const { page, faults, close } = await openPage(browser, firm.url);
    await show(page);
    await page.getByText(/There is no tie-out yet/).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  test('on a page that was open all along: each vendor’s amounts to the cent, what differs first', async () => {
    const { page, faults, close } = await openPage(browser, firm.url);
    await show(page);
    const agreeing = enter('Agreeable Paper LLC', '12500.00');
    differing = enter('Beyond Compare Inc.', '1234.50');
    await firm.settle();
    const changed = billOf(differing);
    const { office } = firm.bill;
    const fundingAccountId = office.addFundingAccount({ bankName: 'Example Bank', nameOnAccount: 'Example' });
    const bills = [{ billId: billOf(agreeing).id, amount: '2500.00' }];
    office.pay({ bills, disbursementType: 'ACH', fundingAccountId, processDate: '2099-01-04' });
    await firm.settle();
    const [line] = changed.lines;
    office.editBill(changed.id, { lines: [{ id: line?.id ?? '', amount: '1234.51' }] });
    await firm.local.tieOut();

    await page.getByText('1 vendor with a difference.').waitFor();
    const none = { 'Payments posted': '0.00', 'Not posted': '0.00', 'In exceptions': '0.00' };
    expect(await amountsOf(page, 'Beyond Compare Inc.')).toEqual({
      ...none,
      'Open in SAP': '1,234.50',
      'Open in BILL': '1,234.51',
      'In transit': '0.00',
      Difference: '-0.01',
    });
    expect(await amountsOf(page, 'Agreeable Paper LLC')).toEqual({
      ...none,
      'Open in SAP': '12,500.00',
      'Open in BILL': '12,500.00',
      'In transit': '2,500.00',
      Difference: '0.00',
    });
    expect(await amountsOf(page, '2 vendors')).toMatchObject({
      'Open in SAP': '13,734.50',
      'Open in BILL': '13,734.51',
      Difference: '-0.01',
    });
    const names = await page.getByRole('rowheader').allTextContents();
    expect(names[0]).toContain('Beyond Compare Inc.');
    expect(await page.getByRole('button', { name: /^Tie-out/ }).textContent()).toMatch(/Tie-out\s+1/);
    expect(faults).toEqual([]);
    await close();
  });

  test('a document behind a difference opens its story, by keyboard alone, and closing it leads back', async () => {
    const { page, close } = await openPage(browser, firm.url);
    await show(page);
    const documents = page.getByRole('list', { name: 'Documents of Beyond Compare Inc.' });
    expect(await documents.getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(new RegExp(`${differing}\\s+SAP 1,234\\.50\\s+BILL 1,234\\.51`)),
    ]);
    const link = documents.getByRole('button', { name: differing });
    await link.focus();
    await page.keyboard.press('Enter');
    const story = page.getByRole('dialog', { name: 'Beyond Compare Inc.' });
    await story.getByText(differing).first().waitFor();
    expect(decodeURIComponent(new URL(page.url()).hash)).toBe(`#${differing}`);
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => url.hash === '');
    expect(await link.evaluate((button) => button.matches(':focus'))).toBe(true);
    await close();
  });

  test('another day, the file for a spreadsheet, and a comparison now', async () => {
    const { page, faults, close } = await openPage(browser, firm.url);
    await show(page);
    const day = page.getByLabel('Day');
    const today = await day.inputValue();
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download CSV' }).click();
    expect((await downloading).suggestedFilename()).toBe(`tie-out-${today}.csv`);
    await day.fill('2020-02-29');
    await page.getByText(/There is no tie-out of 2020-02-29/).waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
    const bill = billOf(differing);
    const lines = [{ id: bill.lines[0]?.id ?? '', amount: '1234.50' }];
    firm.bill.office.editBill(bill.id, { lines });
    await page.getByRole('button', { name: 'Compare now' }).click();
    await page.getByText('SAP and BILL agree to the cent.').waitFor();
    expect(await day.inputValue()).toBe(today);
    expect((await amountsOf(page, 'Beyond Compare Inc.'))['Open in BILL']).toBe('1,234.50');
    // The browser itself tells of the day that has no tie-out (404).
    expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
    await close();
  });

  test.each([
    { width: 1280, theme: 'light' },
    { width: 1280, theme: 'dark' },
    { width: 400, theme: 'light' },
    { width: 400, theme: 'dark' },
  ] as const)(
    '%o: all of it is within the width, each control is named, and text stands out',
    async (look) => {
      const { page, faults, close } = await openPage(browser, firm.url, look);
      await show(page);
      await page.getByText('Agreeable Paper LLC').waitFor();
      expect(await page.evaluate(widthBeyondTheWindow)).toBe(0);
      expect(await page.evaluate(controlsWithoutName)).toEqual([]);
      expect(await page.evaluate(faintTexts)).toEqual([]);
      expect(faults).toEqual([]);
      await close();
    },
  );
});
