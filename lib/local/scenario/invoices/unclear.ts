import { type FirmInvoice, share, usTax } from './firm-invoice.ts';

/** Each of these needs a person, for a reason of its own. */
export const unclear = {
  clientGifts: {
    supplier: 'copperleaf',
    reference: 'CL-3340',
    raises: 'ACCOUNT_NOT_MAPPED',
    date: '2026-10-27',
    shares: [share('gifts', 'salesUs', '940.00', 'Client gifts')],
  },
  telephoneOctober: {
    supplier: 'kestrel',
    reference: 'KT-55120',
    raises: 'VENDOR_NOT_SURE',
    date: '2026-10-27',
    shares: [share('telephone', 'officeUs', '2210.77', 'Telephone October')],
  },
  searchFee: {
    supplier: 'juniper',
    reference: 'JLR-118',
    raises: 'VENDOR_NOT_UNIQUE',
    date: '2026-10-28',
    shares: [share('recruiting', 'consultingUs', '12500.00', 'Search fee, senior manager')],
  },
  licencesDe: {
    supplier: 'quillstone',
    reference: 'QS-77131',
    raises: 'CURRENCY_DIFFERS',
    date: '2026-10-28',
    companyCode: '1010',
    shares: [share('software', 'consultingDe', '990.00', 'Modelling suite, Berlin')],
  },
  paperAgain: {
    supplier: 'foxglove',
    reference: 'FP-8841',
    raises: 'SAME_REFERENCE_TWICE',
    date: '2026-10-29',
    shares: [share('supplies', 'officeUs', '845.58', 'Paper, toner and covers')],
    tax: usTax('52.85'),
  },
  returnedLaptop: {
    supplier: 'stonebridge',
    reference: 'SB-C0031',
    date: '2026-10-29',
    shares: [share('hardware', 'consultingUs', '920.00', 'Laptop returned')],
    isCreditMemo: true,
  },
  legalAdvice: {
    supplier: 'alder',
    reference: 'AT-2609',
    date: '2026-10-30',
    shares: [share('legal', 'financeUs', '5400.00', 'Lease negotiation')],
    withheld: { type: 'FB', code: '07', amount: '1296.00' },
  },
  fleetPolicy: {
    supplier: 'oakmoor',
    reference: 'OIB-7760',
    date: '2026-10-30',
    shares: [share('insurance', 'salesUs', '2700.00', 'Car fleet, in three instalments')],
    terms: 'IN03',
  },
} as const satisfies Record<string, FirmInvoice>;
