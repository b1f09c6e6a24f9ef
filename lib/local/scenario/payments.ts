import type { LocalDate } from '../../rules/local-date.ts';
import type { DisbursementType } from '../bill-simulator/books.ts';
import type { InvoiceName } from './invoices/all-invoices.ts';

/** A payment as the firm's clerk makes it in BILL. */
export interface FirmPayment {
  /** The whole bill, or a part of it. */
  readonly bills: readonly (InvoiceName | readonly [InvoiceName, amount: string])[];
  readonly by: DisbursementType;
  readonly on: LocalDate;
  /** For a vendor in another currency: the US dollars that are debited, and the rate. */
  readonly funding?: { readonly amount: string; readonly rate: string };
}

export const payments = {
  /** One payment for two bills. */
  rent: { bills: ['rentOctober', 'parkingOctober'], by: 'ACH', on: '2026-10-30' },
  cleaning: { bills: ['cleaningOctober'], by: 'CHECK', on: '2026-10-30' },
  /** A part of a bill, and later its rest together with another bill. */
  staffPart: { bills: [['staffOctober1', '7333.33']], by: 'ACH', on: '2026-10-30' },
  staffRest: { bills: [['staffOctober1', '5466.67'], 'staffOctober2'], by: 'ACH', on: '2026-11-13' },
  licences: { bills: ['licencesOctober'], by: 'ACH', on: '2026-10-30' },
  travel: { bills: ['travelOctober1', 'travelOctober2'], by: 'ACH', on: '2026-10-30' },
  /** Bills of both company codes in one payment: an entry in each. */
  cloud: { bills: ['cloudOctober', 'cloudOctoberDe'], by: 'ACH', on: '2026-11-02' },
  rentDe: {
    bills: ['rentOctoberDe'],
    by: 'INTERNATIONAL',
    on: '2026-11-02',
    funding: { amount: '6283.20', rate: '1.1' },
  },
  /** Comes back from the vendor's bank after it cleared. */
  seminar: { bills: ['seminarOctober'], by: 'ACH', on: '2026-11-02' },
  /** The check is lost; BILL sends another one. */
  lunch: { bills: ['lunchOctober'], by: 'CHECK', on: '2026-11-02' },
  laptops: { bills: ['laptopsOctober', 'monitors'], by: 'ACH', on: '2026-11-06' },
  /** Scheduled when SAP reverses the invoice. */
  cyberPolicy: { bills: ['cyberPolicy'], by: 'ACH', on: '2026-11-23' },
  /** Ends in a status that nobody knows. */
  keynote: { bills: ['keynote'], by: 'WALLET', on: '2026-11-16' },
  analyticsRent: { bills: ['analyticsRent'], by: 'ACH', on: '2026-11-12' },
  analyticsStaffPart: { bills: [['analyticsStaff', '2500.00']], by: 'ACH', on: '2026-11-12' },
  analyticsStaffRest: { bills: [['analyticsStaff', '3500.00']], by: 'ACH', on: '2026-11-16' },
  /** Comes back after its entry was cleared. */
  analyticsSeminar: { bills: ['analyticsSeminar'], by: 'ACH', on: '2026-11-12' },
  paper: { bills: ['paperOctober', 'letterheads'], by: 'CHECK', on: '2026-11-13' },
  rentLate: { bills: ['rentNovember', 'parkingNovember'], by: 'ACH', on: '2026-11-20' },
  travelLate: {
    bills: ['travelNovember1', 'travelNovember2', 'travelNovember3'],
    by: 'ACH',
    on: '2026-11-20',
  },
  cleaningLate: { bills: ['deepCleaning', 'cleaningNovember'], by: 'CHECK', on: '2026-11-20' },
  travelDe: {
    bills: ['travelOctoberDe', 'travelNovemberDe'],
    by: 'INTERNATIONAL',
    on: '2026-11-20',
    funding: { amount: '2804.86', rate: '1.1' },
  },
  /** Voided by BILL, as our account has no funds. */
  courses: { bills: ['courses'], by: 'ACH', on: '2026-11-20' },
  /** Our bank takes the debit back when the vendor is paid already. */
  archiving: { bills: ['archiving'], by: 'ACH', on: '2026-11-20' },
  /** Never cashed, and handed over to the state. */
  oldPostage: { bills: ['oldPostage'], by: 'CHECK', on: '2026-11-20' },
  /** Dated back into a closed period. */
  lateBooks: { bills: ['lateBooks'], by: 'ACH', on: '2026-09-30' },
} as const satisfies Record<string, FirmPayment>;

export type PaymentName = keyof typeof payments;
