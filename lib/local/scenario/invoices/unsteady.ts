import { type FirmInvoice, share } from './firm-invoice.ts';

/** These do not stay as they were entered. */
export const unsteady = {
  seminarEnteredTwice: {
    supplier: 'meridian',
    reference: 'MLI-2611-02A',
    date: '2026-11-04',
    shares: [share('training', 'consultingUs', '3500.00', 'Seminar negotiation, 5 persons')],
  },
  cyberPolicy: {
    supplier: 'oakmoor',
    reference: 'OIB-7802',
    date: '2026-11-09',
    shares: [share('insurance', 'officeUs', '4480.00', 'Cyber insurance')],
    terms: 'NT14',
  },
  keynote: {
    supplier: 'marlowe',
    reference: '2026-019',
    date: '2026-11-09',
    shares: [share('consulting', 'salesUs', '2500.00', 'Keynote, client day')],
    terms: 'NT14',
  },
} as const satisfies Record<string, FirmInvoice>;
