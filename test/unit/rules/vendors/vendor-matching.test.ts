import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchVendor, normalizedName } from '../../../../lib/rules/vendors/vendor-matching.ts';
import { supplier, vendor } from '../documents.ts';

const address = {
  line1: '12 Sample Street',
  city: 'Springfield',
  zipOrPostalCode: '01101-2345',
  country: 'US',
};

describe('normalizedName', () => {
  it.each([
    ['Example Supplies, Inc.', 'EXAMPLE SUPPLIES LLC'],
    ['A.B.C. Plumbing Co.', 'ABC Plumbing'],
    ['A B C Plumbing', 'ABC Plumbing Company'],
    ['Müller & Söhne GmbH & Co. KG', 'Muller and Sohne'],
    ['Café Exemple S.A.', 'CAFE EXEMPLE'],
    ['Ejemplo S.A. de C.V.', 'ejemplo'],
    ['Ejemplo, S. de R.L. de C.V.', 'Ejemplo'],
    ["O'Example Ltd", 'OExample Limited'],
    ['Straße AG', 'STRASSE'],
    ['Example  Pty. Ltd.', 'example'],
  ])('takes %s and %s for one name', (left, right) => {
    expect(normalizedName(left)).toBe(normalizedName(right));
  });

  it.each([
    ['Example Supplies Inc', 'Example Supply Inc'],
    ['Example One LLC', 'Example Two LLC'],
    ['Co', 'Inc'],
  ])('tells %s from %s', (left, right) => {
    expect(normalizedName(left)).not.toBe(normalizedName(right));
  });

  it('changes nothing the second time, and ignores case and outer spaces', () => {
    const anyName = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[A-Za-z.,& ]{0,30}$/));
    fc.assert(
      fc.property(anyName, (name) => {
        expect(normalizedName(normalizedName(name))).toBe(normalizedName(name));
        expect(normalizedName(`  ${name} `)).toBe(normalizedName(name));
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z.,& ]{0,30}$/), (name) => {
        expect(normalizedName(name.toUpperCase())).toBe(normalizedName(name.toLowerCase()));
      }),
    );
  });
});

describe('matchVendor', () => {
  it.each([
    ['tax id', { taxId: '123456789' }],
    ['e-mail', { email: 'Billing@Example-Supplies.test ' }],
    ['address', { address }],
    ['address', { address: { ...address, city: 'Elsewhere', line1: 'Sample Street 12' } }],
    ['address', { address: { ...address, line1: 'PO Box 9' } }],
    ['supplier number', { shortName: '17300001' }],
  ])('matches by name and %s', (sign, change) => {
    const only = vendor(change);
    const others = [vendor({ id: 'other', name: 'Another Example' })];
    expect(matchVendor(supplier(), [...others, only])).toEqual({
      kind: 'match',
      vendor: only,
      signs: [sign],
    });
  });

  it('finds nothing where no name agrees, even if everything else does', () => {
    const other = vendor({ name: 'Another Example', taxId: '12-3456789', address });
    expect(matchVendor(supplier(), [other])).toEqual({ kind: 'none' });
    expect(matchVendor(supplier(), [])).toEqual({ kind: 'none' });
    expect(matchVendor(supplier({ name: '…' }), [vendor({ name: '!' })])).toEqual({ kind: 'none' });
  });

  it('is unsure where only the name agrees', () => {
    const weak = [
      vendor(),
      vendor({ email: 'someone@elsewhere.test' }),
      vendor({ taxId: '*****6789' }),
      vendor({ address: { ...address, zipOrPostalCode: '99999' } }),
      vendor({ address: { ...address, country: 'CA' } }),
      vendor({ address: { city: 'Springfield' } }),
    ];
    for (const each of weak) {
      expect(matchVendor(supplier(), [each])).toMatchObject({ kind: 'unsure', candidates: [each] });
    }
  });

  it('is for a person where two vendors agree', () => {
    const twins = [vendor({ taxId: '123456789' }), vendor({ id: '009EXAMPLE00000002', address })];
    expect(matchVendor(supplier(), twins)).toEqual({ kind: 'many', candidates: twins });
  });

  it('passes over archived vendors and prefers the one with a second sign', () => {
    const right = vendor({ id: '009RIGHT', taxId: '123456789' });
    const vendors = [vendor({ taxId: '123456789', archived: true }), vendor({ id: '009NAME' }), right];
    expect(matchVendor(supplier(), vendors)).toMatchObject({ kind: 'match', vendor: right });
  });

  it('never picks, or offers, a vendor with another tax id', () => {
    const anyVendor = fc.record({
      id: fc.uuid(),
      taxId: fc.constantFrom('12-3456789', '123456789', '98-7654321', '987654321'),
      email: fc.constantFrom('billing@example-supplies.test', 'someone@elsewhere.test'),
      shortName: fc.constantFrom('17300001', 'EX'),
    });
    fc.assert(
      fc.property(fc.array(anyVendor, { maxLength: 6 }), (changes) => {
        const match = matchVendor(
          supplier(),
          changes.map((change) => vendor({ ...change, address })),
        );
        const named = match.kind === 'match' ? [match.vendor] : match.kind === 'none' ? [] : match.candidates;
        for (const each of named) expect(each.taxId?.replace('-', '')).toBe('123456789');
      }),
    );
  });

  it('does not hold a VAT registration against another kind of tax id', () => {
    const foreign = supplier({ taxNumbers: [], vatRegistration: 'DE123456789' });
    const found = vendor({ taxId: '98-7654321', email: 'billing@example-supplies.test' });
    expect(matchVendor(foreign, [found])).toMatchObject({ kind: 'match', signs: ['e-mail'] });
  });
});
