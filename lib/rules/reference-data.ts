/**
 * Reference data of both sides as the connector keeps it: read on a schedule, never written (SAP dossier §8, BILL
 * dossier §8). Numbers are without alpha-conversion zeros, dates `yyyy-mm-dd`.
 */
import type { ChartOfAccount } from './bill-documents.ts';
import type { LocalDate } from './local-date.ts';

/** A G/L account in its chart; blocks of single company codes are not to be seen there (SAP dossier §8). */
export interface GlAccount {
  readonly chartOfAccounts: string;
  readonly glAccount: string;
  readonly name: string;
  readonly isProfitLoss: boolean;
  readonly isBlocked: boolean;
  readonly isMarkedForDeletion: boolean;
  /** ISO time; absent where SAP shows none. */
  readonly changedAt?: string;
}

/** One period of a cost center: they are time-dependent, so one number has several of these. */
export interface CostCenter {
  readonly costCenter: string;
  readonly companyCode: string;
  readonly name: string;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate;
  readonly profitCenter?: string;
  /** Blocked for primary costs, which are what an invoice and a payment post. */
  readonly isBlocked: boolean;
}

/** One period of a profit center. */
export interface ProfitCenter {
  readonly profitCenter: string;
  readonly name: string;
  readonly validFrom: LocalDate;
  readonly validTo: LocalDate;
  readonly isBlocked: boolean;
}

export interface CompanyCode {
  readonly companyCode: string;
  readonly name: string;
  readonly currency: string;
  readonly chartOfAccounts: string;
}

/** A department, location or accounting class of BILL. */
export interface Classification {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
  readonly shortName?: string;
}

/** What BILL can code a line with beside the account. */
export type ClassificationKind = 'department' | 'location' | 'accounting-class';

/** All of it. A part that has not been read, or is not used in BILL, is absent: then nothing is said about it. */
export interface ReferenceData {
  readonly companyCodes?: readonly CompanyCode[];
  readonly glAccounts?: readonly GlAccount[];
  readonly costCenters?: readonly CostCenter[];
  readonly profitCenters?: readonly ProfitCenter[];
  readonly classifications?: Partial<Record<ClassificationKind, readonly Classification[]>>;
}

/** The same, together with BILL's chart of accounts: what a line is coded with. */
export interface Coding {
  readonly chart: readonly ChartOfAccount[];
  readonly reference: ReferenceData;
}

/** The period that the date lies in. */
export function validOn<T extends { readonly validFrom: LocalDate; readonly validTo: LocalDate }>(
  periods: readonly T[],
  date: LocalDate,
): T | undefined {
  return periods.find((each) => each.validFrom <= date && date <= each.validTo);
}
