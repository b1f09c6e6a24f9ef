import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchVendor, vendorFromSupplier } from '../../../../lib/rules/vendors/vendor-matching.ts';
import { refusal, supplier, vendor } from '../documents.ts';

describe('vendorFromSupplier', () => {
  it('carries name, supplier number, address, e-mail, tax id and currency, and nothing else', () => {
    expect(vendorFromSupplier(supplier(), 'USD')).toEqual({
      name: 'Example Supplies Inc.',
      shortName: '17300001',
      accountType: 'BUSINESS',
      email: 'billing@example-supplies.test',
      address: {
        line1: '12 Sample Street',
        city: 'Springfield',
        stateOrProvince: 'MA',
        zipOrPostalCode: '01101',
        country: 'US',
      },
      taxId: '12-3456789',
      billCurrency: 'USD',
      payeeName: 'Example Supplies Inc.',
    });
  });

  it('writes the house number where the country writes it', () => {
    const address = {
      street: 'Musterweg',
      houseNumber: '3',
      city: 'Musterstadt',
      postalCode: '12345',
      country: 'DE',
    };
    expect(vendorFromSupplier(supplier({ address }), 'EUR').address.line1).toBe('Musterweg 3');
    const { houseNumber: _, ...without } = address;
    expect(vendorFromSupplier(supplier({ address: without }), 'EUR').address.line1).toBe('Musterweg');
  });

  it("takes a person's social security number and a firm's employer number", () => {
    const taxNumbers = [
      { type: 'DE0', number: 'DE123' },
      { type: 'US1', number: '000-00-0001' },
      { type: 'US2', number: '12-3456789' },
    ];
    expect(vendorFromSupplier(supplier({ taxNumbers }), 'USD').taxId).toBe('12-3456789');
    expect(vendorFromSupplier(supplier({ taxNumbers, category: 'person' }), 'USD')).toMatchObject({
      accountType: 'PERSON',
      taxId: '000-00-0001',
    });
    expect(vendorFromSupplier(supplier({ taxNumbers: [] }), 'USD')).not.toHaveProperty('taxId');
  });

  it('names every missing part of the address at once', () => {
    const error = refusal(() => vendorFromSupplier(supplier({ address: { country: 'US' } }), 'USD'));
    expect(error.code).toBe('VENDOR_ADDRESS_INCOMPLETE');
    for (const part of ['street', 'city', 'postal code', 'region']) expect(error.message).toContain(part);
    const none = supplier();
    expect(refusal(() => vendorFromSupplier({ ...none, address: {} }, 'USD')).message).toContain('country');
  });

  it('never cuts a name', () => {
    expect(vendorFromSupplier(supplier({ name: 'x'.repeat(100) }), 'USD').name).toHaveLength(100);
    expect(refusal(() => vendorFromSupplier(supplier({ name: 'x'.repeat(101) }), 'USD')).code).toBe(
      'VENDOR_NAME_TOO_LONG',
    );
    expect(refusal(() => vendorFromSupplier(supplier({ name: ' ' }), 'USD')).code).toBe(
      'VENDOR_NAME_MISSING',
    );
  });

  it('makes a vendor that the supplier finds again', () => {
    const anyName = fc.stringMatching(/^[A-Z][a-z]{2,10} [A-Z][a-z]{2,10}(, Inc\.| LLC)?$/);
    fc.assert(
      fc.property(anyName, fc.boolean(), (name, hasTaxId) => {
        const from = supplier({ name, ...(hasTaxId ? {} : { taxNumbers: [] }) });
        const made = vendor(vendorFromSupplier(from, 'USD'));
        expect(matchVendor(from, [made])).toMatchObject({ kind: 'match', vendor: made });
      }),
    );
  });
});
