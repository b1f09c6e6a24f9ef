import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchSupplier } from '../../../../lib/rules/vendors/supplier-matching.ts';
import { supplier, vendor } from '../documents.ts';

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

it('tosses no coin where name and address say one and the tax id another', () => {
  const here = { line1: '12 Sample Street', city: 'Springfield', zipOrPostalCode: '01101', country: 'US' };
  const named = supplier({ supplier: '17300002', taxNumbers: [], email: 'else@example.test' });
  const holding = supplier({ name: 'Holding Example', address: {}, email: 'holding@example.test' });
  const match = matchSupplier(born({ address: here, taxId: '12-3456789' }), [named, holding]);
  expect(match).toMatchObject({ kind: 'unsure', candidates: [{ score: 50 }, { score: 50 }] });
});

it('is sure by the tax id alone where SAP has more suppliers of such a name than were read', () => {
  const email = 'billing@example-supplies.test';
  expect(matchSupplier(born({ email }), [supplier()], false)).toMatchObject({
    kind: 'unsure',
    candidates: [{ signs: ['name', 'e-mail'] }],
  });
  expect(matchSupplier(born({ email, taxId: '12-3456789' }), [supplier()], false).kind).toBe('match');
});

it('finds none where only the e-mail agrees, or the tax id differs', () => {
  const other = born({ name: 'Another Firm', email: 'billing@example-supplies.test' });
  expect(matchSupplier(other, [supplier()]).kind).toBe('none');
  expect(matchSupplier(born({ taxId: '99-9999999' }), [supplier()]).kind).toBe('none');
});

describe('the score', () => {
  const here = { line1: '12 Sample Street', city: 'Springfield', zipOrPostalCode: '01101', country: 'US' };

  it.each([
    ['name and address', { address: here }, 50, ['name', 'address']],
    [
      'all of it',
      { address: here, taxId: '12-3456789', email: 'billing@example-supplies.test' },
      130,
      ['name', 'tax id', 'e-mail', 'address'],
    ],
    [
      'the supplier number that we once wrote, and the name',
      { shortName: '17300001' },
      80,
      ['name', 'supplier number'],
    ],
    [
      'the supplier number and the address under another name',
      { name: 'Renamed', shortName: '17300001', address: here },
      70,
      ['supplier number', 'address'],
    ],
  ])('comes with its reasons: %s', (_, change, score, signs) => {
    expect(matchSupplier(born(change), [supplier()])).toEqual({
      kind: 'match',
      found: { supplier: supplier(), score, signs },
    });
  });

  it('puts the likeliest candidate first when it asks', () => {
    const named = supplier({ supplier: '17300002', email: 'else@example.test', taxNumbers: [] });
    const match = matchSupplier(born({ name: 'EXAMPLE SUPPLIES', address: here }), [
      named,
      supplier({ address: {} }),
    ]);
    expect(match.kind === 'match' ? match.found.supplier.supplier : match).toBe('17300002');
    const two = matchSupplier(born(), [supplier(), named]);
    expect(two.kind === 'unsure' ? two.candidates.map(({ score }) => score) : two).toEqual([30, 30]);
  });
});

describe('a supplier that is marked for deletion', () => {
  const sure = { taxId: '12-3456789' };
  const marked = supplier({ supplier: '17300009', deletionFlag: true });

  it('is never linked by itself, and keeps a second one from being created', () => {
    expect(matchSupplier(born(sure), [marked])).toMatchObject({
      kind: 'unsure',
      candidates: [{ score: 80 }],
    });
  });

  it('gives way to the one that took its place', () => {
    expect(matchSupplier(born(sure), [marked, supplier()])).toMatchObject({
      kind: 'match',
      found: { supplier: { supplier: '17300001' } },
    });
  });

  it('is no reason to leave out one that is only blocked', () => {
    const blocked = supplier({ postingBlocked: true, paymentBlocked: true });
    expect(matchSupplier(born(sure), [blocked]).kind).toBe('match');
  });
});

it('a masked tax id says nothing, neither for nor against', () => {
  expect(matchSupplier(born({ taxId: '*****6789' }), [supplier()]).kind).toBe('unsure');
  expect(
    matchSupplier(born({ taxId: '*****6789', email: 'billing@example-supplies.test' }), [supplier()]),
  ).toMatchObject({ kind: 'match', found: { signs: ['name', 'e-mail'] } });
});

it('whatever the order of the suppliers, the outcome is the same', () => {
  const one = fc.record({
    supplier: fc.constantFrom('17300001', '17300002', '17300003'),
    name: fc.constantFrom('Example Supplies Inc.', 'Another Firm'),
    deletionFlag: fc.boolean(),
    email: fc.constantFrom('billing@example-supplies.test', 'else@example.test'),
  });
  const some = fc.uniqueArray(one, { selector: (each) => each.supplier, maxLength: 3 });
  fc.assert(
    fc.property(some, (changes) => {
      const suppliers = changes.map((change) => supplier(change));
      const wanted = born({ email: 'billing@example-supplies.test' });
      const outcome = (match: ReturnType<typeof matchSupplier>) =>
        match.kind === 'match' ? match.found.supplier.supplier : match.kind;
      expect(outcome(matchSupplier(wanted, suppliers.toReversed()))).toBe(
        outcome(matchSupplier(wanted, suppliers)),
      );
    }),
  );
});
