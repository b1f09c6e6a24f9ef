import type { DocumentName } from '../../ledger/timeline.ts';

/** What each kind of document is called where people read it. */
export const kindNames: Readonly<Record<Exclude<DocumentName['kind'], 'connection'>, string>> = {
  invoice: 'Supplier invoice',
  attachments: 'Files of supplier invoice',
  payment: 'BILL payment',
  supplier: 'Supplier',
  vendor: 'BILL vendor',
  'foreign-bill': 'Bill',
};
