import { type FirmInvoice, share } from './firm-invoice.ts';

/** Amounts and fates at the edge of what can be paid. */
export const edges = {
  /** Ordered and given back on one invoice: nothing is left to pay, and nobody need look at it. */
  returnedChairs: {
    supplier: 'stonebridge',
    reference: 'SB-40201',
    date: '2026-11-20',
    shares: [
      share('supplies', 'officeUs', '310.00', 'Chairs, two'),
      share('supplies', 'officeUs', '-310.00', 'Chairs, returned'),
    ],
  },
  /** More came back than was ordered, and it is no credit memo. */
  returnedPaper: {
    supplier: 'foxglove',
    reference: 'FP-9131',
    raises: 'TOTAL_NOT_POSITIVE',
    date: '2026-11-20',
    shares: [
      share('supplies', 'officeUs', '24.00', 'Paper'),
      share('supplies', 'officeUs', '-61.50', 'Paper, returned'),
    ],
  },
  /** More lines than the firm wants on a bill. */
  courses: {
    supplier: 'quillstone',
    reference: 'QS-2026-1190',
    date: '2026-11-20',
    shares: Array.from({ length: 14 }, (_, index) =>
      share(
        'software',
        index % 2 === 0 ? 'consultingUs' : 'salesUs',
        `${40 + index}.25`,
        `Seat ${index + 1}`,
      ),
    ),
  },
  /** Blocked in SAP when its bill is in BILL already. */
  disputedRepair: {
    supplier: 'brightwater',
    reference: 'BW-1140',
    date: '2026-11-20',
    shares: [share('cleaning', 'officeUs', '330.00', 'Carpet, third floor')],
  },
  /** Its payment cannot be debited. */
  archiving: {
    supplier: 'alder',
    reference: 'AT-2640',
    date: '2026-11-20',
    shares: [share('legal', 'financeUs', '505.00', 'Archiving of contracts')],
  },
  /** Its check is never cashed. */
  oldPostage: {
    supplier: 'copperleaf',
    reference: 'CL-3440',
    date: '2026-11-20',
    shares: [share('events', 'salesUs', '12.40', 'Postage, invitations')],
  },
  /** Paid on a day whose period is closed in SAP. */
  lateBooks: {
    supplier: 'tidewater',
    reference: 'TSG-5620',
    date: '2026-11-20',
    shares: [share('temporaryStaff', 'consultingUs', '640.00', 'Proofreading')],
  },
} as const satisfies Record<string, FirmInvoice>;
