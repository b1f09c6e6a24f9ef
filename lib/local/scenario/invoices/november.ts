import { type FirmInvoice, part, share, usTax, vat } from './firm-invoice.ts';

/** First half of November. */
export const november = {
  rentNovember: {
    supplier: 'harborlight',
    reference: 'HOP-2611',
    date: '2026-11-02',
    shares: [
      share('rent', 'consultingUs', '14200.00', 'Rent November, floors 2 and 3'),
      share('rent', 'financeUs', '4300.00', 'Rent November, floor 4'),
    ],
  },
  parkingNovember: {
    supplier: 'harborlight',
    reference: 'HOP-2611-P',
    date: '2026-11-02',
    shares: [share('rent', 'salesUs', '1280.00', 'Parking November, 32 lots')],
  },
  licencesNovember: {
    supplier: 'quillstone',
    reference: 'QS-77204',
    date: '2026-11-02',
    orderItems: [
      {
        order: '4500000101',
        item: '00020',
        text: 'Modelling suite, November',
        quantity: '62',
        unit: 'EA',
        shares: [part('software', 'consultingUs', '5208.00'), part('software', 'salesUs', '2232.00')],
      },
    ],
    tax: usTax('465.00'),
  },
  travelNovember1: {
    supplier: 'pemberton',
    reference: 'PTP-10377',
    date: '2026-11-03',
    shares: [
      share('travel', 'consultingUs', '1990.10', 'Flights, project Harbor'),
      share('travel', 'salesUs', '402.33', 'Taxi and train'),
    ],
    terms: 'NT14',
  },
  travelNovember2: {
    supplier: 'pemberton',
    reference: 'PTP-10390',
    date: '2026-11-06',
    shares: [share('travel', 'financeUs', '618.00', 'Hotel, year-end planning')],
    terms: 'NT14',
  },
  cleaningNovember: {
    supplier: 'brightwater',
    reference: 'BW-1105',
    date: '2026-11-05',
    shares: [share('cleaning', 'officeUs', '2980.00', 'Cleaning November')],
  },
  cloudNovember: {
    supplier: 'nimbus',
    reference: 'NLC-90088',
    date: '2026-11-05',
    orderItems: [
      {
        order: '4500000102',
        item: '00020',
        text: 'Ledger cloud, November',
        quantity: '300',
        unit: 'EA',
        shares: [part('software', 'officeUs', '5850.00')],
      },
    ],
    tax: usTax('365.63'),
  },
  staffNovember1: {
    supplier: 'tidewater',
    reference: 'TSG-5570',
    date: '2026-11-06',
    shares: [share('temporaryStaff', 'consultingUs', '8400.00', 'Analysts, weeks 44 and 45')],
    terms: 'NT45',
  },
  staffNovember2: {
    supplier: 'tidewater',
    reference: 'TSG-5571',
    date: '2026-11-06',
    shares: [share('temporaryStaff', 'officeUs', '3200.00', 'Reception, weeks 44 and 45')],
    terms: 'NT45',
  },
  seminarNovember: {
    supplier: 'meridian',
    reference: 'MLI-2611-02',
    date: '2026-11-04',
    shares: [share('training', 'consultingUs', '3500.00', 'Seminar negotiation, 5 persons')],
  },
  suppliesNovember: {
    supplier: 'foxglove',
    reference: 'FP-9010',
    date: '2026-11-04',
    shares: [share('supplies', 'officeUs', '377.19', 'Pens, folders, labels')],
    tax: usTax('23.57'),
  },
  dockingStations: {
    supplier: 'stonebridge',
    reference: 'SB-40160',
    date: '2026-11-05',
    shares: [share('hardware', 'consultingUs', '2388.00', 'Docking stations, 12')],
    tax: usTax('149.25'),
  },
  rentNovemberDe: {
    supplier: 'lindenhof',
    reference: 'M-2026-11',
    date: '2026-11-02',
    companyCode: '1010',
    shares: [share('rent', 'consultingDe', '4800.00', 'Miete November')],
    tax: vat('912.00'),
  },
  travelNovemberDe: {
    supplier: 'fernweh',
    reference: 'FR-20144',
    date: '2026-11-06',
    companyCode: '1010',
    shares: [share('travel', 'consultingDe', '1288.00', 'Flüge, Projekt Wiese')],
    tax: vat('244.72'),
  },
} as const satisfies Record<string, FirmInvoice>;
