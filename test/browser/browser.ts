import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Nothing but the page itself: no services of the browser's maker, no sandbox where the machine allows none. */
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where this machine has Chromium; undefined where it has none. */
const chromiumPath = process.env.CHROMIUM_PATH ?? places.find((path) => existsSync(path));

/** Without Chromium these tests are left out on a person's machine, never where all of them must run. */
export const isLeftOut = chromiumPath === undefined && process.env.CI === undefined;
if (isLeftOut)
  console.warn('The browser tests are left out: install Chromium, or name it with CHROMIUM_PATH.');

export function launch(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('There is no Chromium: see .ci/run, which installs it.');
  return chromium.launch({ executablePath: chromiumPath, args: flags });
}

export interface Look {
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
}

/** The page as somebody sees it for the first time; `faults` gets what the browser has to complain about. */
export async function openPage(browser: Browser, url: string, { width = 1280, theme = 'light' }: Look = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
  const page: Page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  await page.goto(url);
  await page.getByRole('region', { name: 'Both journeys' }).waitFor();
  return { page, faults, close: () => context.close() };
}
