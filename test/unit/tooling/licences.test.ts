import { expect, test } from 'vitest';
import { isPermissive, refusedPackages } from '../../licences.ts';

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-or-later)', true],
  ['Apache-2.0 AND MIT', true],
  ['MPL-2.0', false],
  ['(MIT AND CC-BY-3.0)', false],
  ['MIT AND (GPL-3.0-only OR MIT)', false],
  ['SEE LICENSE IN LICENSE.txt', false],
  [undefined, false],
])('%s is permissive: %s', (expression, expected) => {
  expect(isPermissive(expression)).toBe(expected);
});

test('names the packages that may not be used', () => {
  const packages = {
    '': { version: '1.0.0', license: 'Apache-2.0' },
    'node_modules/copyleft': { version: '2.0.0', license: 'AGPL-3.0-only' },
    'node_modules/silent': {},
  };
  expect(refusedPackages({ packages })).toEqual([
    'node_modules/copyleft 2.0.0: AGPL-3.0-only',
    'node_modules/silent ?: no licence named',
  ]);
});
