import { expect, it } from 'vitest';
import { matchSupplier } from '../../../lib/rules/supplier-matching.ts';
import { supplier, vendor } from './documents.ts';

const elsewhere = { line1: '9 Other Road', city: 'Elsewhere', zipOrPostalCode: '99999', country: 'US' };
const born = (change = {}) => vendor({ address: elsewhere, ...change });

it.each([
  ['name and tax id', { taxId: '12-3456789' }, 80],
  ['name and e-mail', { email: 'billing@example-supplies.test' }, 60],
  [
    'tax id and e-mail under another name',
    { name: 'Renamed', taxId: '123456789', email: 'billing@example-supplies.test' },
    80,
  ],
])('is sure by %s', (_, change, score) => {
  expect(matchSupplier(born(change), [supplier()])).toMatchObject({ kind: 'match', found: { score } });
});

it.each([
  ['the name alone', {}],
  ['the tax id alone', { name: 'Renamed', taxId: '12-3456789' }],
])('asks a person by %s', (_, change) => {
  expect(matchSupplier(born(change), [supplier()]).kind).toBe('unsure');
});

it('tosses no coin between two that are sure', () => {
  const two = [supplier(), supplier({ supplier: '17300002', businessPartner: '17300002' })];
  expect(matchSupplier(born({ taxId: '12-3456789' }), two).kind).toBe('unsure');
});

it('finds none where only the e-mail agrees, or the tax id differs', () => {
  const other = born({ name: 'Another Firm', email: 'billing@example-supplies.test' });
  expect(matchSupplier(other, [supplier()]).kind).toBe('none');
  expect(matchSupplier(born({ taxId: '99-9999999' }), [supplier()]).kind).toBe('none');
});
