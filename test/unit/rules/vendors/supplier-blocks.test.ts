import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SupplierCompany } from '../../../../lib/rules/sap-suppliers.ts';
import { supplierBlock } from '../../../../lib/rules/vendors/supplier-blocks.ts';
import { supplier } from '../documents.ts';

const codes = ['1710', '1010'];
const blockOf = (change: Parameters<typeof supplier>[0]) => supplierBlock(supplier(change), codes, 'B');
const free: SupplierCompany = { companyCode: '1710', postingBlocked: false, deletionFlag: false };

describe('supplierBlock', () => {
  it.each([
    [{ deletionFlag: true }, 'it is marked for deletion'],
    [{ postingBlocked: true }, 'it is blocked for posting'],
    [{ paymentBlocked: true }, 'it is blocked for payment'],
    [{ companies: [{ ...free, deletionFlag: true }] }, 'it is marked for deletion in company code 1710'],
    [{ companies: [{ ...free, postingBlocked: true }] }, 'it is blocked for posting in company code 1710'],
    [{ companies: [{ ...free, paymentBlock: 'A' }] }, 'it carries the payment block A in company code 1710'],
  ])('of %j: %s', (change, reason) => {
    expect(blockOf(change)).toBe(reason);
  });

  it.each([
    ['no data for a company code', []],
    ['our own hand-over block', [{ ...free, paymentBlock: 'B' }]],
    [
      'a block in a company code that is none of ours',
      [{ ...free, companyCode: '3000', postingBlocked: true }],
    ],
    [
      'a block in one of our company codes, while another one may pay',
      [
        { ...free, paymentBlock: 'A' },
        { ...free, companyCode: '1010' },
      ],
    ],
  ])('there is none by %s', (_, companies) => {
    expect(blockOf({ companies })).toBeUndefined();
  });

  it('what blocks the supplier everywhere blocks it whatever its company codes say', () => {
    const company = fc.record({
      companyCode: fc.constantFrom('1710', '1010', '3000'),
      paymentBlock: fc.constantFrom('A', 'B'),
      postingBlocked: fc.boolean(),
      deletionFlag: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(company), (companies) => {
        expect(blockOf({ companies, deletionFlag: true })).toBe('it is marked for deletion');
      }),
    );
  });
});
