import { type FirmInvoice, share } from './firm-invoice.ts';

/** People change the bills of these in BILL. */
export const drifting = {
  /** Somebody agrees a later due date with the vendor, in BILL alone. */
  plants: {
    supplier: 'brightwater',
    reference: 'BW-1131',
    date: '2026-11-20',
    shares: [share('cleaning', 'officeUs', '146.00', 'Care of the plants, November')],
  },
  /** Archived by mistake, and restored. */
  workshopLunch: {
    supplier: 'copperleaf',
    reference: 'CL-3421',
    date: '2026-11-20',
    shares: [share('events', 'consultingUs', '58.90', 'Lunch, workshop')],
  },
  /** The approver does not know what it is for. */
  brochures: {
    supplier: 'foxglove',
    reference: 'FP-9080',
    date: '2026-11-20',
    shares: [share('supplies', 'consultingUs', '412.60', 'Brochures')],
  },
} as const satisfies Record<string, FirmInvoice>;
