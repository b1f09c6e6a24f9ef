import { type FirmInvoice, share, usTax } from './firm-invoice.ts';

/** Paid past BILL, or with vendor credits. */
export const crossing = {
  /** SAP's own payment run takes it although its bill is in BILL. */
  urgentFilters: {
    supplier: 'brightwater',
    reference: 'BW-1123',
    date: '2026-11-19',
    shares: [share('cleaning', 'officeUs', '318.40', 'Air filters, urgent')],
  },
  /** A part of it is paid by a vendor credit inside the payment. */
  signage: {
    supplier: 'foxglove',
    reference: 'FP-9071',
    date: '2026-11-19',
    shares: [share('supplies', 'consultingUs', '640.00', 'Signs, reception')],
    tax: usTax('40.00'),
  },
  /** A vendor credit covers all of it: no payment, no event. */
  reprint: {
    supplier: 'foxglove',
    reference: 'FP-9074',
    date: '2026-11-19',
    shares: [share('supplies', 'consultingUs', '120.00', 'Report covers, second print')],
  },
  /** Paid by a check from the drawer, and recorded in BILL by hand. */
  coffee: {
    supplier: 'copperleaf',
    reference: 'CL-3415',
    date: '2026-11-19',
    shares: [share('events', 'consultingUs', '74.25', 'Coffee, client visit')],
  },
} as const satisfies Record<string, FirmInvoice>;
