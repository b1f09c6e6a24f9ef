import { type FirmInvoice, part, share, usTax } from './firm-invoice.ts';

/** Not to be paid yet, or not by this connector. */
export const notYet = {
  monitors: {
    supplier: 'stonebridge',
    reference: 'SB-40112',
    date: '2026-10-22',
    orderItems: [
      {
        order: '4500000104',
        item: '00010',
        text: 'Monitor 27 inch',
        quantity: '20',
        unit: 'EA',
        shares: [part('hardware', 'officeUs', '5180.00')],
      },
    ],
    tax: usTax('323.75'),
    headerBlock: 'R',
  },
  deepCleaning: {
    supplier: 'brightwater',
    reference: 'BW-1021',
    date: '2026-10-23',
    shares: [share('cleaning', 'officeUs', '1450.00', 'Carpets, floor 3')],
    fiBlock: 'A',
  },
  extraStorage: {
    supplier: 'nimbus',
    reference: 'NLC-90054',
    date: '2026-10-26',
    shares: [share('software', 'officeUs', '760.00', 'Storage, 4 TB')],
    isParked: true,
  },
  disputedTravel: {
    supplier: 'pemberton',
    reference: 'PTP-10301',
    date: '2026-10-26',
    shares: [share('travel', 'salesUs', '1118.60', 'Cancelled flights, disputed')],
    headerBlock: 'A',
  },
  beforeGoLive: {
    supplier: 'brightwater',
    reference: 'BW-0930',
    date: '2026-09-28',
    shares: [share('cleaning', 'officeUs', '2980.00', 'Cleaning September')],
  },
} as const satisfies Record<string, FirmInvoice>;
