import type { DocumentKind } from './desk.ts';

/** What each kind of document is called where people read it. */
export const kindNames: Readonly<Record<DocumentKind, string>> = {
  invoice: 'Supplier invoice',
  payment: 'BILL payment',
  supplier: 'Supplier',
  vendor: 'BILL vendor',
  'foreign-bill': 'Bill',
};
