/** Takes page.png and tie-out.png for the README: node docs/pictures/take.ts (needs Chromium, and Inter for the same letters). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { LocalStatus } from '../../lib/local/run/status.ts';

const { CHROMIUM_PATH: executablePath = '/usr/bin/chromium' } = process.env;
const port = 8797;
const url = `http://localhost:${port}`;

const connector = spawn(
  process.execPath,
  ['bin/ml-connector.ts', 'start', '--port', `${port}`, '--pace', '0', '--poll-every', '0.5'],
  { cwd: fileURLToPath(new URL('../..', import.meta.url)), stdio: 'ignore' },
);
const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
try {
  await atTheEnd();
  const viewport = { width: 1280, height: 1010 };
  const context = await browser.newContext({ viewport, colorScheme: 'light', deviceScaleFactor: 1.5 });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByText(/At rest/).waitFor();
  await page.screenshot({ path: pathOf('page.png') });
  await page.getByRole('button', { name: /^Tie-out/ }).click();
  await page.getByText(/vendors? with a difference/).waitFor({ state: 'detached', timeout: 120_000 });
  await page.getByRole('navigation').evaluate((tabs) => tabs.scrollIntoView());
  await page.screenshot({ path: pathOf('tie-out.png') });
} finally {
  await browser.close();
  connector.kill('SIGTERM');
  await once(connector, 'exit');
}

/** The story has come to its end: payments have been posted, and nothing is left to do. */
async function atTheEnd(): Promise<void> {
  for (let quiet = 0; quiet < 5; ) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const status = await fetch(`${url}/api/status`).then(
      async (response) => (await response.json()) as LocalStatus,
      () => undefined,
    );
    const { posted = 0 } = status?.documents.payments ?? {};
    quiet = status?.idle === true && posted > 10 ? quiet + 1 : 0;
  }
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
