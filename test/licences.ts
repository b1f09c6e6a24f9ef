import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Permissive licences only, development dependencies too. Judged from package-lock.json: it names the licence of
 * every package, also of the optional ones that this machine did not install.
 */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
]);

/** True when a choice that the SPDX expression offers needs permissive licences alone; no nested brackets. */
export function isPermissive(expression: string | undefined): boolean {
  if (expression === undefined) return false;
  const choices = expression.replace(/^\((.*)\)$/, '$1').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((licence) => permissive.has(licence)));
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string }>>;
}

/** `name version: licence` of each package that may not be used. */
export function refusedPackages(lock: Lock): string[] {
  return Object.entries(lock.packages)
    .filter(([, entry]) => !isPermissive(entry.license))
    .map(([path, { version, license }]) => `${path} ${version ?? '?'}: ${license ?? 'no licence named'}`);
}

if (import.meta.main) {
  const lockFile = fileURLToPath(new URL('../package-lock.json', import.meta.url));
  const lock: Lock = JSON.parse(readFileSync(lockFile, 'utf8'));
  const refused = refusedPackages(lock);
  for (const line of refused) console.error(`Not permissive: ${line}`);
  console.log(
    `${Object.keys(lock.packages).length} packages, ${refused.length} with a licence that is not permissive.`,
  );
  if (refused.length > 0) process.exitCode = 1;
}
