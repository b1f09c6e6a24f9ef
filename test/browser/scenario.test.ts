import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../lib/config/load-config.ts';
import type { Task } from '../../lib/local/desk/desk.ts';
import { addPage } from '../../lib/local/page/add-page.ts';
import { runOnce } from '../../lib/local/run/run-once.ts';
import { type LocalConnector, startLocal } from '../../lib/local/run/start-local.ts';
import { scenarioConfig } from '../../lib/local/scenario/scenario-config.ts';
import { type ServedWorld, serveWorld } from '../../lib/local/scenario/serve-world.ts';
import { suppliers } from '../../lib/local/scenario/suppliers.ts';
import { noFile } from '../../lib/local/scenario/world-file.ts';
import { readBooksSide } from '../../lib/local/summary/books-side.ts';
import { readLedgerSide } from '../../lib/local/summary/ledger-side.ts';
import { summarize } from '../../lib/local/summary/summarize.ts';
import { run } from '../component/setup/run.ts';
import { passingClock } from '../support/passing-clock.ts';
import { recordedObserve } from '../support/recorded-observe.ts';
import { isLeftOut, launch, openPage } from './browser.ts';

const minutes = 60_000;

describe.skipIf(isLeftOut)('the scenario on the page', { timeout: 2 * minutes }, () => {
  const clock = passingClock();
  let world: ServedWorld;
  let local: LocalConnector;
  let browser: Browser;
  let page: Page;
  let faults: string[];

  /** The clerk of the firm mends something in BILL; by then some time has passed. */
  const office = () => {
    clock.pass(2 * minutes);
    return world.world.bill.office;
  };
  const settle = () => runOnce(local, { clock, visibilityLagMs: 0, signal: new AbortController().signal });
  const tasks = async () => (await (await fetch(`${local.url}/api/exceptions`)).json()) as Task[];
  const taskOf = async (code: string, party = '') => {
    const task = (await tasks()).find((each) => each.code === code && each.document?.party.includes(party));
    if (task === undefined) throw new Error(`The scenario has no open exception ${code} ${party}.`);
    return task;
  };
  const vendorNamed = (name: string) =>
    Object.values(world.world.bill.books.vendors).find(({ fields }) => fields.name === name)?.id ?? '';

  beforeAll(async () => {
    world = await serveWorld({
      sapPort: 0,
      billPort: 0,
      seed: 1,
      clock,
      file: noFile,
      notificationUrl: 'http://127.0.0.1:1/webhooks/bill',
      paceMs: 0,
    });
    const config = loadConfig(scenarioConfig);
    const { secrets } = world;
    local = await startLocal({
      config,
      secrets,
      observe: recordedObserve(),
      clock,
      port: 0,
      routes: addPage,
    });
    browser = await launch();
    ({ page, faults } = await openPage(browser, local.url));
    await settle();
  }, 6 * minutes);

  afterAll(async () => {
    await browser.close();
    await local.stop();
    await world.close();
  });

  test('the page that was open all along shows both journeys at their end', async () => {
    await page.getByText(/At rest, \d+ documents for you/).waitFor();
    const { documents } = summarize(await readLedgerSide(local.doors.table, clock));
    const { 'handed-over': handedOver = 0, ...invoices } = documents.invoices;
    const count = async (name: string) => {
      const station = page.getByRole('button', { name: new RegExp(`^\\d+\\s+${name}`) });
      return Number(await station.locator('.count').textContent());
    };
    expect(await count('Found in SAP')).toBe(
      Object.values(invoices).reduce((sum, each) => sum + each, handedOver),
    );
    expect((await count('In BILL')) + (await count('Paid'))).toBe(handedOver);
    expect(await count('Posted in SAP')).toBe(documents.payments.posted);
    const open = (await tasks()).length;
    expect(await page.getByRole('article', { name: /, / }).count()).toBe(open);
    expect(new Set((await tasks()).map(({ code }) => code)).size).toBeGreaterThanOrEqual(6);
  });

  /** What a person does on the page: the first decision asks for the name, later ones know it. */
  const decideOnPage = async (task: Task, decision: 'Retry' | 'Skip', why = '') => {
    const card = page.getByRole('article', { name: new RegExp(`, ${task.id}$`) });
    await card.getByRole('button', { name: new RegExp(`^${decision}`) }).click();
    const dialog = page.getByRole('dialog');
    if (decision === 'Skip' || (await dialog.isVisible())) {
      await dialog.getByLabel('Your name').fill('A. Clerk');
      if (decision === 'Skip') await dialog.getByLabel('Why').fill(why);
      await dialog.getByRole('button', { name: new RegExp(`^${decision}`) }).click();
    }
    await card.waitFor({ state: 'detached' });
  };

  const storyOf = async (id: string) =>
    (await (await fetch(`${local.url}/api/documents/${encodeURIComponent(id)}`)).json()) as {
      stage: string;
      events: { by: string; text: string }[];
    };

  describe('three different exceptions are cleared through the page', () => {
    test('an account that BILL lacked: entered in BILL, retried', async () => {
      const task = await taskOf('ACCOUNT_NOT_MAPPED', 'Copperleaf');
      office().addChartOfAccount({ name: 'Client gifts', number: '61019000' });
      await decideOnPage(task, 'Retry');
      expect((await storyOf(task.id)).stage).toBe('handed-over');
    });

    test('a vendor that had only the name of the supplier: its tax id entered in BILL, retried', async () => {
      const task = await taskOf('VENDOR_NOT_SURE');
      const { name, taxNumber } = suppliers.kestrel;
      office().editVendor(vendorNamed(name), {
        additionalInfo: { taxId: taxNumber.number, taxIdType: 'EIN' },
      });
      await decideOnPage(task, 'Retry');
      const { stage, events } = await storyOf(task.id);
      expect(stage).toBe('handed-over');
      expect(events).toContainEqual(expect.objectContaining({ by: 'A. Clerk', text: 'Retry asked for.' }));
    });

    test('an invoice in another currency: skipped, with the reason', async () => {
      const task = await taskOf('CURRENCY_DIFFERS');
      await decideOnPage(task, 'Skip', 'paid by the bank in EUR');
      const { stage, events } = await storyOf(task.id);
      expect(stage).toBe('skipped');
      expect(events.at(-1)).toMatchObject({
        by: 'A. Clerk',
        text: expect.stringContaining('paid by the bank'),
      });
    });
  });

  test('a retry with nothing mended says so on the card', async () => {
    const task = await taskOf('SAME_REFERENCE_TWICE');
    const card = page.getByRole('article', { name: new RegExp(`, ${task.id}$`) });
    await card.getByRole('button', { name: /^Retry/ }).click();
    await card.getByText(/Tried again at .*: it still needs you/).waitFor();
  });

  describe('three different exceptions are cleared through the command line', () => {
    const at = () => ['--by', 'B. Clerk', '--url', local.url];

    test('two vendors for one supplier: the wrong one archived in BILL, retried', async () => {
      const { id } = await taskOf('VENDOR_NOT_UNIQUE');
      office().archiveVendor(vendorNamed('Juniper Lane Recruiting LLC'));
      expect((await run('exceptions', 'retry', id, ...at())).code).toBe(0);
      await settle();
      expect((await storyOf(id)).stage).toBe('handed-over');
    });

    test.each([
      ['SAME_REFERENCE_TWICE', 'entered twice, reversed by hand'],
      ['PAID_BILL_NOT_FROM_SAP', 'posted by hand'],
    ])('%s: skipped, with the reason', async (code, why) => {
      const { id } = await taskOf(code);
      expect((await run('exceptions', 'skip', id, '--why', why, ...at())).code).toBe(0);
      expect((await run('trace', id, '--url', local.url)).stdout).toContain(`Skipped by B. Clerk: ${why}`);
    });
  });

  test('after all of it SAP, BILL and the ledger agree to the cent, and the page had nothing to complain about', async () => {
    await settle();
    const { sap, bill } = world.world;
    const witness = { books: readBooksSide(sap.books, bill.books), billStatistics: bill.statistics() };
    const summary = summarize(await readLedgerSide(local.doors.table, clock), witness);
    expect(summary.differences).toEqual([]);
    expect(summary.bill.mostInFlight).toBeLessThanOrEqual(3);
    expect(faults).toEqual([]);
  });
});
