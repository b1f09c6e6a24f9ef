import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** One file of the page as it goes to the browser. */
export interface Asset {
  readonly type: string;
  readonly body: string;
}

const folder = new URL('client/', import.meta.url);

const types: Readonly<Record<string, string>> = {
  '/page.js': 'text/javascript; charset=utf-8',
  '/page.css': 'text/css; charset=utf-8',
};

/** Path -> file; put together once, from the sources, without anything on disk or from elsewhere. */
export async function readAssets(): Promise<ReadonlyMap<string, Asset>> {
  const [html, icon, bundled] = await Promise.all([text('page.html'), text('icon.svg'), bundle()]);
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: html }],
    ['/icon.svg', { type: 'image/svg+xml', body: icon }],
    ...bundled,
  ]);
}

function text(name: string): Promise<string> {
  return readFile(new URL(name, folder), 'utf8');
}

async function bundle(): Promise<[path: string, Asset][]> {
  const { outputFiles } = await build({
    entryPoints: ['page.ts', 'page.css'].map((name) => fileURLToPath(new URL(name, folder))),
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    outdir: '/',
    legalComments: 'inline',
    logLevel: 'silent',
  });
  return outputFiles.map(({ path, text: body }) => [path, { type: types[path] ?? 'text/plain', body }]);
}
