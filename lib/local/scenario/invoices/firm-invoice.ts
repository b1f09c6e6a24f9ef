import type { LocalDate } from '../../../rules/local-date.ts';
import type { Account, CompanyCode, CostCenter } from '../firm.ts';
import type { SupplierName } from '../suppliers.ts';

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
  /** Subsequent debit or credit. */
  readonly isSubsequent?: true;
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
  readonly currency?: 'USD' | 'EUR' | 'JPY' | 'KWD';
  readonly shares?: readonly Share[];
  readonly orderItems?: readonly OrderItem[];
  readonly tax?: { readonly code: string; readonly amount: string };
  /** Default `NT30`. */
  readonly terms?: 'NT14' | 'NT30' | 'NT45' | 'IN03' | 'D230';
  readonly isCreditMemo?: true;
  /** Freight without an item of its own. */
  readonly deliveryCost?: string;
  readonly oneTimeSupplier?: { readonly name: string; readonly city: string; readonly country: string };
  readonly headerBlock?: 'A' | 'R';
  readonly fiBlock?: 'A';
  readonly isParked?: true;
  readonly paymentMethod?: string;
  /** Code of the exception that it is entered for. */
  readonly raises?: string;
  /** Entered by hand. */
  readonly withheld?: { readonly type: string; readonly code: string; readonly amount: string };
}

/** Words for the lists of invoices. */
export const share = (account: Account, costCenter: CostCenter, amount: string, text: string): Share => ({
  account,
  costCenter,
  amount,
  text,
});

export const part = (account: Account, costCenter: CostCenter, amount: string) => ({
  account,
  costCenter,
  amount,
});

export const usTax = (amount: string) => ({ code: 'I1', amount });
export const vat = (amount: string) => ({ code: 'V1', amount });
