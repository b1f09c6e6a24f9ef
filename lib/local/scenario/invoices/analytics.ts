import { type FirmInvoice, share } from './firm-invoice.ts';

const ofAnalytics = { companyCode: '1720', date: '2026-11-05' } as const;

/** The third company sets our payment block on what is in BILL, and clears what is paid at once. */
export const analytics = {
  analyticsRent: {
    ...ofAnalytics,
    supplier: 'harborlight',
    reference: 'HOP-2611-A',
    shares: [share('rent', 'analytics', '2400.00', 'Rent November, analytics floor')],
  },
  /** Paid in two parts. */
  analyticsStaff: {
    ...ofAnalytics,
    supplier: 'tidewater',
    reference: 'TSG-5580',
    shares: [share('temporaryStaff', 'analytics', '6000.00', 'Data entry, October')],
  },
  /** Its payment comes back when it is cleared already. */
  analyticsSeminar: {
    ...ofAnalytics,
    supplier: 'meridian',
    reference: 'MLI-2611-20',
    shares: [share('training', 'analytics', '900.00', 'Seminar statistics, 3 persons')],
  },
} as const satisfies Record<string, FirmInvoice>;
