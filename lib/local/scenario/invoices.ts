import type { LocalDate } from '../../rules/sap-documents.ts';
import type { Account, CompanyCode, CostCenter } from './firm.ts';
import type { SupplierName } from './suppliers.ts';

/** One share of an item: net amount on an account and a cost center. */
export interface Share {
  readonly account: Account;
  readonly costCenter: CostCenter;
  /** Net of tax. */
  readonly amount: string;
  readonly text: string;
}

/** An item of a purchase order; several shares are several account assignments. */
export interface OrderItem {
  readonly order: string;
  readonly item: string;
  readonly text: string;
  readonly quantity: string;
  readonly unit: string;
  readonly shares: readonly Omit<Share, 'text'>[];
}

/** A supplier invoice as the firm's clerk enters it in SAP. */
export interface FirmInvoice {
  readonly supplier: SupplierName;
  /** The supplier's own number. */
  readonly reference: string;
  readonly date: LocalDate;
  /** Default `1710`. */
  readonly companyCode?: CompanyCode;
  /** Default: the company code's. */
  readonly currency?: 'USD' | 'EUR';
  readonly shares?: readonly Share[];
  readonly orderItems?: readonly OrderItem[];
  readonly tax?: { readonly code: string; readonly amount: string };
  /** Default `NT30`. */
  readonly terms?: 'NT14' | 'NT30' | 'NT45' | 'IN03';
  readonly isCreditMemo?: true;
  readonly headerBlock?: 'A' | 'R';
  readonly fiBlock?: 'A';
  readonly isParked?: true;
  readonly paymentMethod?: string;
  /** Entered by hand. */
  readonly withheld?: { readonly type: string; readonly code: string; readonly amount: string };
}

const share = (account: Account, costCenter: CostCenter, amount: string, text: string): Share => ({
  account,
  costCenter,
  amount,
  text,
});

const part = (account: Account, costCenter: CostCenter, amount: string) => ({ account, costCenter, amount });

const usTax = (amount: string) => ({ code: 'I1', amount });
const vat = (amount: string) => ({ code: 'V1', amount });

/** October, as it lies on the clerk's desk when the connector goes live. */
export const october = {
  rentOctober: {
    supplier: 'harborlight',
    reference: 'HOP-2610',
    date: '2026-10-01',
    shares: [
      share('rent', 'consultingUs', '14200.00', 'Rent October, floors 2 and 3'),
      share('rent', 'financeUs', '4300.00', 'Rent October, floor 4'),
    ],
  },
  parkingOctober: {
    supplier: 'harborlight',
    reference: 'HOP-2610-P',
    date: '2026-10-01',
    shares: [share('rent', 'salesUs', '1240.00', 'Parking October, 31 lots')],
  },
  licencesOctober: {
    supplier: 'quillstone',
    reference: 'QS-77120',
    date: '2026-10-02',
    orderItems: [
      {
        order: '4500000101',
        item: '00010',
        text: 'Modelling suite, October',
        quantity: '60',
        unit: 'EA',
        shares: [part('software', 'consultingUs', '5040.00'), part('software', 'salesUs', '2160.00')],
      },
    ],
    tax: usTax('450.01'),
  },
  travelOctober1: {
    supplier: 'pemberton',
    reference: 'PTP-10231',
    date: '2026-10-05',
    shares: [
      share('travel', 'consultingUs', '2114.35', 'Flights, project Harbor'),
      share('travel', 'salesUs', '981.20', 'Hotel, client visits'),
      share('travel', 'financeUs', '455.05', 'Train, audit'),
    ],
    terms: 'NT14',
  },
  travelOctober2: {
    supplier: 'pemberton',
    reference: 'PTP-10288',
    date: '2026-10-12',
    shares: [share('travel', 'consultingUs', '3302.80', 'Flights, project Meadow')],
    terms: 'NT14',
  },
  cleaningOctober: {
    supplier: 'brightwater',
    reference: 'BW-1010',
    date: '2026-10-05',
    shares: [share('cleaning', 'officeUs', '2980.00', 'Cleaning October')],
  },
  cloudOctober: {
    supplier: 'nimbus',
    reference: 'NLC-90011',
    date: '2026-10-06',
    orderItems: [
      {
        order: '4500000102',
        item: '00010',
        text: 'Ledger cloud, October',
        quantity: '300',
        unit: 'EA',
        shares: [part('software', 'officeUs', '5850.00')],
      },
    ],
    tax: usTax('365.63'),
  },
  cloudOctoberDe: {
    supplier: 'nimbus',
    reference: 'NLC-90012',
    date: '2026-10-06',
    companyCode: '1010',
    currency: 'USD',
    shares: [share('software', 'consultingDe', '1170.00', 'Ledger cloud October, Berlin')],
  },
  staffOctober1: {
    supplier: 'tidewater',
    reference: 'TSG-5501',
    date: '2026-10-09',
    shares: [
      share('temporaryStaff', 'consultingUs', '9600.00', 'Analysts, weeks 40 and 41'),
      share('temporaryStaff', 'officeUs', '3200.00', 'Reception, weeks 40 and 41'),
    ],
    terms: 'NT45',
  },
  staffOctober2: {
    supplier: 'tidewater',
    reference: 'TSG-5534',
    date: '2026-10-23',
    shares: [share('temporaryStaff', 'consultingUs', '8400.00', 'Analysts, weeks 42 and 43')],
    terms: 'NT45',
  },
  lunchOctober: {
    supplier: 'copperleaf',
    reference: 'CL-3310',
    date: '2026-10-14',
    shares: [share('events', 'salesUs', '1875.40', 'Client lunch, 14 October')],
    tax: usTax('131.28'),
  },
  seminarOctober: {
    supplier: 'meridian',
    reference: 'MLI-2610-04',
    date: '2026-10-08',
    shares: [
      share('training', 'consultingUs', '4200.00', 'Seminar valuation, 6 persons'),
      share('training', 'financeUs', '1400.00', 'Seminar valuation, 2 persons'),
    ],
  },
  coachingOctober: {
    supplier: 'meridian',
    reference: 'MLI-2610-09',
    date: '2026-10-19',
    shares: [share('training', 'salesUs', '2600.00', 'Coaching, new partners')],
  },
  paperOctober: {
    supplier: 'foxglove',
    reference: 'FP-8841',
    date: '2026-10-13',
    shares: [
      share('supplies', 'officeUs', '612.48', 'Paper and toner'),
      share('supplies', 'consultingUs', '233.10', 'Report covers'),
    ],
    tax: usTax('52.85'),
  },
  letterheads: {
    supplier: 'foxglove',
    reference: 'FP-8902',
    date: '2026-10-20',
    shares: [share('supplies', 'salesUs', '418.00', 'Letterheads and cards')],
    tax: usTax('26.13'),
  },
  laptopsOctober: {
    supplier: 'stonebridge',
    reference: 'SB-40077',
    date: '2026-10-15',
    orderItems: [
      {
        order: '4500000103',
        item: '00010',
        text: 'Laptop 14 inch',
        quantity: '12',
        unit: 'EA',
        shares: [part('hardware', 'consultingUs', '8280.00'), part('hardware', 'officeUs', '2760.00')],
      },
      {
        order: '4500000103',
        item: '00020',
        text: 'Carrying case',
        quantity: '12',
        unit: 'EA',
        shares: [part('hardware', 'officeUs', '358.80')],
      },
    ],
    tax: usTax('712.43'),
  },
  reviewOctober: {
    supplier: 'marlowe',
    reference: '2026-017',
    date: '2026-10-16',
    shares: [share('consulting', 'consultingUs', '3600.00', 'Model review, 24 hours')],
    terms: 'NT14',
  },
  liabilityPolicy: {
    supplier: 'oakmoor',
    reference: 'OIB-7713',
    date: '2026-10-07',
    shares: [share('insurance', 'financeUs', '6120.00', 'Liability insurance, 4th quarter')],
  },
  rentOctoberDe: {
    supplier: 'lindenhof',
    reference: 'M-2026-10',
    date: '2026-10-01',
    companyCode: '1010',
    shares: [share('rent', 'consultingDe', '4800.00', 'Miete Oktober')],
    tax: vat('912.00'),
  },
  travelOctoberDe: {
    supplier: 'fernweh',
    reference: 'FR-20118',
    date: '2026-10-13',
    companyCode: '1010',
    shares: [
      share('travel', 'consultingDe', '734.50', 'Bahn, Projekt Hafen'),
      share('travel', 'financeDe', '120.25', 'Bahn, Prüfung'),
    ],
    tax: vat('162.40'),
  },
} as const satisfies Record<string, FirmInvoice>;

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

/** Each of these needs a person, for a reason of its own. */
export const unclear = {
  clientGifts: {
    supplier: 'copperleaf',
    reference: 'CL-3340',
    date: '2026-10-27',
    shares: [share('gifts', 'salesUs', '940.00', 'Client gifts')],
  },
  telephoneOctober: {
    supplier: 'kestrel',
    reference: 'KT-55120',
    date: '2026-10-27',
    shares: [share('telephone', 'officeUs', '2210.77', 'Telephone October')],
  },
  searchFee: {
    supplier: 'juniper',
    reference: 'JLR-118',
    date: '2026-10-28',
    shares: [share('recruiting', 'consultingUs', '12500.00', 'Search fee, senior manager')],
  },
  licencesDe: {
    supplier: 'quillstone',
    reference: 'QS-77131',
    date: '2026-10-28',
    companyCode: '1010',
    shares: [share('software', 'consultingDe', '990.00', 'Modelling suite, Berlin')],
  },
  paperAgain: {
    supplier: 'foxglove',
    reference: 'FP-8841',
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
