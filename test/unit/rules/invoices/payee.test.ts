import { describe, expect, it } from 'vitest';
import { blockedParty, payeeNumber } from '../../../../lib/rules/invoices/payee.ts';
import { invoice, supplier } from '../documents.ts';

const other = (number: string, change = {}) =>
  supplier({ supplier: number, businessPartner: number, ...change });
const paidTo = (alternativePayee: string, companyCode = '1710') =>
  supplier({ companies: [{ companyCode, alternativePayee, postingBlocked: false, deletionFlag: false }] });

describe('payeeNumber', () => {
  it.each([
    ['the invoicing party itself', invoice(), [supplier()], '17300001'],
    ['whom its master record names for the company code', invoice(), [paidTo('17300002')], '17300002'],
    ['nobody else for another company code', invoice(), [paidTo('17300002', '1010')], '17300001'],
    [
      'whom the invoice names, whatever the master record says',
      invoice({ alternativePayee: '17300003' }),
      [paidTo('17300002')],
      '17300003',
    ],
    ['the invoicing party where its master record cannot be read', invoice(), [], '17300001'],
  ])('is %s', (_, of, suppliers, payee) => {
    expect(payeeNumber(of, suppliers)).toBe(payee);
  });
});

describe('blockedParty', () => {
  const block = { paymentBlocked: true };

  it('is nobody where neither the invoicing party nor the payee is blocked', () => {
    const suppliers = [paidTo('17300002'), other('17300002'), other('17300009', block)];
    expect(blockedParty(invoice(), suppliers, 'B')).toBeUndefined();
  });

  it.each([
    ['the payee', [paidTo('17300002'), other('17300002', block)], '17300002'],
    [
      'the invoicing party although another one is paid',
      [{ ...paidTo('17300002'), ...block }, other('17300002')],
      '17300001',
    ],
  ])('is %s', (_, suppliers, number) => {
    expect(blockedParty(invoice(), suppliers, 'B')).toMatchObject({
      supplier: { supplier: number },
      block: 'it is blocked for payment',
    });
  });
});
