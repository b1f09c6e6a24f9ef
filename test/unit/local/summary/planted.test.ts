import { expect, it } from 'vitest';
import { acts } from '../../../../lib/local/scenario/acts.ts';
import { allInvoices } from '../../../../lib/local/scenario/invoices/all-invoices.ts';
import { differencesToPlanted } from '../../../../lib/local/summary/planted-side.ts';

const raised = { code: 'CURRENCY_DIFFERS', kind: 'invoice', id: '1710/5105600101/2026' } as const;
const planted = { ...raised, what: 'QS-1' };

it('finds nothing where what was planted was raised', () => {
  expect([...differencesToPlanted([raised], [planted])]).toEqual([]);
});

it.each([
  ['another code', { ...raised, code: 'ACCOUNT_NOT_MAPPED' }],
  ['another document', { ...raised, id: '1710/5105600102/2026' }],
  ['another kind of document', { ...raised, kind: 'supplier' as const }],
])('names both an exception with %s and the planted one that is missing', (_, other) => {
  expect([...differencesToPlanted([other], [planted])]).toEqual([
    `${other.kind} ${other.id} has the exception ${other.code}, which nothing in the story explains.`,
    'invoice 1710/5105600101/2026 (QS-1) is to have the exception CURRENCY_DIFFERS, and has not.',
  ]);
});

it('an invoice that is entered for its exception has it planted by the act that enters it', () => {
  const wanted = allInvoices.filter(({ raises }) => raises !== undefined);
  const ofInvoices = acts.flatMap(({ raises = [] }) => raises).filter((each) => 'invoice' in each);
  expect(wanted.length).toBeGreaterThan(5);
  expect(ofInvoices.length).toBeGreaterThanOrEqual(wanted.length);
});
