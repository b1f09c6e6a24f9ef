import type { TieOutAmounts } from '../../rules/tie-out.ts';

/** The amounts of a tie-out in the order in which people read them, and what each is called. */
export const tieOutColumns: readonly {
  readonly amount: Exclude<keyof TieOutAmounts, 'sapOpen'>;
  readonly name: string;
}[] = [
  { amount: 'sapInvoices', name: 'Open in SAP' },
  { amount: 'sapPayments', name: 'Payments posted' },
  { amount: 'billOpen', name: 'Open in BILL' },
  { amount: 'inTransit', name: 'In transit' },
  { amount: 'notPosted', name: 'Not posted' },
  { amount: 'exceptions', name: 'In exceptions' },
  { amount: 'difference', name: 'Difference' },
];

/** How they hang together. */
export const tieOutSum =
  'Open in SAP − payments posted − open in BILL − not posted − in exceptions = difference. What is in transit is part of what is open in BILL.';
