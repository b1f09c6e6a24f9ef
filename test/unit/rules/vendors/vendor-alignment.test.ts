import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignFields } from '../../../../lib/rules/vendors/vendor-alignment.ts';
import type { FieldPair } from '../../../../lib/rules/vendors/vendor-fields.ts';

const owners = { name: 'sap', address: 'sap', email: 'bill', phone: 'bill', taxId: 'sap' } as const;
const same = {
  name: 'Example LLC',
  address: '1 Sample Road',
  email: 'a@example.test',
  phone: '1',
  taxId: '00-1',
  currency: 'USD',
};
const base: FieldPair = { sap: same, bill: same };

describe('alignFields', () => {
  it.each([
    ['name', 'sap', 'toBill'],
    ['name', 'bill', 'conflicts'],
    ['address', 'sap', 'toBill'],
    ['email', 'bill', 'toSap'],
    ['email', 'sap', 'conflicts'],
    ['phone', 'bill', 'toSap'],
    ['taxId', 'sap', 'toBill'],
    ['taxId', 'bill', 'conflicts'],
    ['currency', 'sap', 'conflicts'],
    ['currency', 'bill', 'conflicts'],
  ] as const)('a change of the %s in %s goes to %s', (field, side, where) => {
    const now = { ...base, [side]: { ...same, [field]: '99' } };
    expect(alignFields(base, now, owners)).toMatchObject({
      toBill: [],
      toSap: [],
      conflicts: [],
      [where]: [field],
    });
  });

  it('a change on both sides is a conflict, whoever owns the field', () => {
    const now = { sap: { ...same, name: 'One' }, bill: { ...same, name: 'Other' } };
    expect(alignFields(base, now, owners).conflicts).toEqual(['name']);
  });

  it('an emptied value never empties the other side', () => {
    const now = { sap: { ...same, address: '' }, bill: same };
    expect(alignFields(base, now, owners)).toMatchObject({ toBill: [], conflicts: ['address'] });
  });

  it('a side that does not tell has not changed', () => {
    const { taxId: _, ...masked } = same;
    expect(alignFields(base, { sap: same, bill: masked }, owners)).toMatchObject({
      toBill: [],
      conflicts: [],
    });
  });

  it('whatever both sides say at first, or when they say the same, becomes the base and is never touched', () => {
    const fields = fc.record({
      name: fc.string(),
      address: fc.string(),
      email: fc.string(),
      phone: fc.string(),
    });
    fc.assert(
      fc.property(fields, fields, (sap, bill) => {
        const first = alignFields(undefined, { sap, bill }, owners);
        expect(first).toMatchObject({ toBill: [], toSap: [], conflicts: [] });
        const again = alignFields(first.agreed, { sap, bill }, owners);
        expect(again).toMatchObject({ toBill: [], toSap: [], conflicts: [] });
      }),
    );
  });
});
