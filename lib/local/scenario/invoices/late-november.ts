import { type FirmInvoice, share, usTax, vat } from './firm-invoice.ts';

/** Second half of November. */
export const lateNovember = {
  reviewNovember: {
    supplier: 'marlowe',
    reference: '2026-021',
    date: '2026-11-16',
    shares: [share('consulting', 'consultingUs', '4050.00', 'Model review, 27 hours')],
    terms: 'NT14',
  },
  lunchNovember: {
    supplier: 'copperleaf',
    reference: 'CL-3402',
    date: '2026-11-16',
    shares: [share('events', 'consultingUs', '1322.90', 'Team lunch')],
    tax: usTax('92.60'),
  },
  clientDay: {
    supplier: 'copperleaf',
    reference: 'CL-3409',
    date: '2026-11-18',
    shares: [
      share('events', 'salesUs', '9800.00', 'Client day, 140 guests'),
      share('events', 'consultingUs', '1400.00', 'Client day, speakers'),
    ],
    tax: usTax('784.00'),
  },
  leaseReview: {
    supplier: 'alder',
    reference: 'AT-2616',
    date: '2026-11-17',
    shares: [share('legal', 'financeUs', '2250.00', 'Lease review')],
  },
  cloudNovemberDe: {
    supplier: 'nimbus',
    reference: 'NLC-90089',
    date: '2026-11-16',
    companyCode: '1010',
    currency: 'USD',
    shares: [share('software', 'consultingDe', '1170.00', 'Ledger cloud November, Berlin')],
  },
  staffNovember3: {
    supplier: 'tidewater',
    reference: 'TSG-5602',
    date: '2026-11-20',
    shares: [share('temporaryStaff', 'consultingUs', '7875.50', 'Analysts, weeks 46 and 47')],
    terms: 'NT45',
  },
  travelNovember3: {
    supplier: 'pemberton',
    reference: 'PTP-10433',
    date: '2026-11-18',
    shares: [
      share('travel', 'consultingUs', '871.99', 'Flights, project Meadow'),
      share('travel', 'officeUs', '129.01', 'Train, site visit'),
    ],
    terms: 'NT14',
  },
  paperNovember: {
    supplier: 'foxglove',
    reference: 'FP-9066',
    date: '2026-11-19',
    shares: [share('supplies', 'consultingUs', '505.05', 'Report covers')],
    tax: usTax('31.57'),
  },
  travelNovemberDe2: {
    supplier: 'fernweh',
    reference: 'FR-20171',
    date: '2026-11-19',
    companyCode: '1010',
    shares: [share('travel', 'financeDe', '402.10', 'Hotel, Jahresabschluss')],
    tax: vat('76.40'),
  },
  windowCleaning: {
    supplier: 'brightwater',
    reference: 'BW-1119',
    date: '2026-11-19',
    shares: [share('cleaning', 'officeUs', '890.00', 'Windows')],
  },
} as const satisfies Record<string, FirmInvoice>;
