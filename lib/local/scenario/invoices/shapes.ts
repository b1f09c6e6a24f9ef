import { type FirmInvoice, part, share } from './firm-invoice.ts';

/** Not one bill over the gross amount in dollars, each in its own way. */
export const shapes = {
  /** The price went up after the laptops were invoiced, for one cost center down. */
  laptopPrice: {
    supplier: 'stonebridge',
    reference: 'SB-40188',
    date: '2026-11-20',
    orderItems: [
      {
        order: '4500000103',
        item: '00010',
        text: 'Laptop 14 inch',
        quantity: '12',
        unit: 'EA',
        isSubsequent: true,
        shares: [part('hardware', 'consultingUs', '360.00'), part('hardware', 'officeUs', '-60.00')],
      },
    ],
  },
  freight: {
    supplier: 'foxglove',
    reference: 'FP-9101',
    date: '2026-11-20',
    shares: [share('supplies', 'officeUs', '214.90', 'Archive boxes')],
    deliveryCost: '38.50',
  },
  discount: {
    supplier: 'brightwater',
    reference: 'BW-1127',
    date: '2026-11-20',
    shares: [share('cleaning', 'officeUs', '640.00', 'Kitchens, 2 % within 14 days')],
    terms: 'D230',
  },
  /** Paid to Harborlight. */
  lots: {
    supplier: 'mooring',
    reference: 'MRP-77',
    date: '2026-11-20',
    shares: [share('rent', 'salesUs', '410.00', 'Parking, client day')],
  },
  /** A currency without decimals, and letters that are none of ours. */
  interviews: {
    supplier: 'hinode',
    reference: 'HR-0117',
    date: '2026-11-20',
    currency: 'JPY',
    shares: [share('consulting', 'consultingUs', '385000', 'インタビュー 6名 🧾')],
  },
  /** A currency with three decimals, which BILL cannot carry. */
  kuwait: {
    supplier: 'pemberton',
    reference: 'PTP-10460',
    raises: 'CURRENCY_NOT_CARRIED',
    date: '2026-11-20',
    currency: 'KWD',
    shares: [share('travel', 'salesUs', '118.250', 'Hotel, Kuwait')],
  },
  florist: {
    supplier: 'oneTime',
    reference: '2026/88',
    raises: 'ONE_TIME_SUPPLIER',
    date: '2026-11-20',
    shares: [share('events', 'salesUs', '75.00', 'Stage flowers')],
    oneTimeSupplier: { name: 'Thimble & Fern, stall 9', city: 'Boston', country: 'US' },
  },
  /** Reversed before anybody used it. */
  wrongCredit: {
    supplier: 'foxglove',
    reference: 'FP-C071',
    date: '2026-11-20',
    shares: [share('supplies', 'officeUs', '19.90', 'Torn folders')],
    isCreditMemo: true,
  },
} as const satisfies Record<string, FirmInvoice>;
