import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SmallFirm, startSmallFirm, wickedName } from '../support/small-firm.ts';
import { isLeftOut, launch, openPage } from './browser.ts';
import { controlsWithoutName, faintTexts, widthBeyondTheWindow } from './looks.ts';

describe.skipIf(isLeftOut)('the page in a browser', () => {
  let firm: SmallFirm;
  let browser: Browser;

  beforeAll(async () => {
    [firm, browser] = [await startSmallFirm(), await launch()];
  });

  afterAll(async () => {
    await browser.close();
    await firm.close();
  });

  test('a supplier’s name stays text, and the browser has nothing to complain about', async () => {
    const { page, faults, close } = await openPage(browser, firm.url);
    const heading = page.getByRole('heading', { name: wickedName });
    await heading.waitFor();
    expect((await heading.textContent())?.trim()).toBe(wickedName);
    expect(await page.locator('#main img').count()).toBe(0);
    expect(await page.title()).toBe('(4) ml-connector');
    await page.getByRole('button', { name: wickedName, exact: true }).click();
    await page.getByRole('dialog', { name: wickedName }).waitFor();
    expect(await page.locator('dialog img').count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  test('every number of a document finds it, and its story opens from the address', async () => {
    const { page, faults, close } = await openPage(browser, firm.url);
    await page.getByRole('searchbox').fill(firm.documents.billId);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: firm.documents.paid, exact: true }).click();
    const story = page.getByRole('dialog', { name: 'Example Supplies LLC' });
    await story.getByText(/Journal entry 1710.*posted for 99.99 USD/).waitFor();
    for (const side of ['SAP', 'BILL']) await story.getByRole('region', { name: side }).waitFor();
    await story.getByRole('button', { name: firm.documents.payment }).click();
    await page.getByText('BILL payment').first().waitFor();
    await page.goBack();
    await story.getByText(firm.documents.paid).first().waitFor();
    await page.reload();
    await story.waitFor();
    await page.keyboard.press('Escape');
    await story.waitFor({ state: 'hidden' });
    // The browser hides the dialog first and tells of its closing afterwards.
    await page.waitForURL((url) => url.hash === '');
    expect(faults).toEqual([]);
    await close();
  });

  test('a stage of a lane lists its documents', async () => {
    const { page, close } = await openPage(browser, firm.url);
    const paid = page.getByRole('button', { name: /1\s+Paid/ });
    await paid.click();
    await page.getByRole('heading', { name: 'Supplier invoices: Paid' }).waitFor();
    expect(await paid.getAttribute('aria-pressed')).toBe('true');
    expect(await page.getByRole('row').count()).toBe(2);
    await close();
  });

  test('by keyboard alone: a skip asks for name and reason, and gives the focus back', async () => {
    const { page, close } = await openPage(browser, firm.url);
    const skip = page.getByRole('button', { name: /^Skip: Example Supplies LLC/ }).last();
    await skip.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: /^Skip/ });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await skip.evaluate((button) => button.matches(':focus'))).toBe(true);
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
      await page.getByRole('button', { name: /All documents/ }).click();
      await page.getByRole('table').waitFor();
      for (const view of ['All documents', 'Needs a person']) {
        await page
          .getByRole('button', { name: new RegExp(`^${view}`) })
          .first()
          .click();
        expect(await page.evaluate(widthBeyondTheWindow)).toBe(0);
        expect(await page.evaluate(controlsWithoutName)).toEqual([]);
        expect(await page.evaluate(faintTexts)).toEqual([]);
      }
      expect(faults).toEqual([]);
      await close();
    },
  );

  test('where SAP and BILL differ, the dialog shows both sides and three choices', async () => {
    const { paid, billId } = firm.documents;
    firm.bill.office.editBill(billId, { description: 'Supplies for the lobby' });
    firm.clock.pass(2 * 60_000);
    await firm.settle();
    const { page, faults, close } = await openPage(browser, firm.url, { width: 400 });
    await page.getByRole('button', { name: `Decide: Example Supplies LLC, ${paid}` }).click();
    const dialog = page.getByRole('dialog', { name: /^Decide/ });
    await dialog.getByRole('region', { name: 'BILL' }).getByText('Supplies for the lobby').waitFor();
    expect(await dialog.getByRole('button', { name: 'Keep SAP’s' }).isDisabled()).toBe(true);
    await dialog.getByText(/“Keep SAP’s” is not possible: .* is paid/).waitFor();
    expect(await page.evaluate(widthBeyondTheWindow)).toBe(0);
    expect(await page.evaluate(controlsWithoutName)).toEqual([]);
    expect(await page.evaluate(faintTexts)).toEqual([]);
    await dialog.getByLabel('Your name').fill('A. Clerk');
    await dialog.getByLabel('Why').fill('as the buyer asked');
    await dialog.getByRole('button', { name: 'Keep BILL’s' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await firm.settle();
    await page
      .getByRole('button', { name: `Decide: Example Supplies LLC, ${paid}` })
      .waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
    await close();
  });
});
