/**
 * BILL's documents as the connector knows them: plain JSON, names as in BILL's API, amounts as decimal text.
 * BILL's bills carry no currency: it is the vendor's `billCurrency` (BILL dossier §0.11).
 * A missing key stays missing: it never means zero (§3.4).
 */
import type { Amount } from '../money.ts';
import type { LocalDate } from './local-date.ts';

export interface Vendor {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
  /** Since March 2026; a draft looks archived without it (§3.7). */
  readonly recordStatus?: string;
  readonly shortName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly address?: {
    readonly line1?: string;
    readonly line2?: string;
    readonly city?: string;
    readonly stateOrProvince?: string;
    readonly zipOrPostalCode?: string;
    readonly country?: string;
  };
  readonly taxId?: string;
  /** EIN or SSN. */
  readonly taxIdType?: string;
  /** BUSINESS, PERSON, NONE, UNDEFINED. */
  readonly accountType?: string;
  /** CONNECTED, CONNECTED_RPPS: the vendor keeps its own address and bank data (§4.4). */
  readonly networkStatus?: string;
  readonly billCurrency?: string;
  readonly combinePayments?: boolean;
  readonly createdTime: string;
  readonly updatedTime: string;
}

/** Fields of a vendor that we send; no bank details, ever. */
export interface NewVendor {
  readonly name: string;
  readonly shortName?: string;
  readonly accountType: 'BUSINESS' | 'PERSON';
  readonly email?: string;
  readonly phone?: string;
  readonly address: {
    readonly line1: string;
    readonly line2?: string;
    readonly city: string;
    readonly stateOrProvince?: string;
    readonly zipOrPostalCode: string;
    readonly country: string;
  };
  readonly taxId?: string;
  readonly billCurrency: string;
  readonly payeeName: string;
}

/** Fields of a vendor that we change; never its bank account, its payee name or its currency. */
export type VendorChange = Partial<Pick<NewVendor, 'name' | 'address' | 'email' | 'phone' | 'taxId'>>;

export interface BillLine {
  /** Absent on a line that is new. */
  readonly id?: string;
  readonly amount: Amount;
  readonly description?: string;
  readonly chartOfAccountId?: string;
  readonly departmentId?: string;
  readonly locationId?: string;
  readonly accountingClassId?: string;
}

/** Fields of a bill that we send. */
export interface NewBill {
  readonly vendorId: string;
  /** 1 to 21 characters. */
  readonly invoiceNumber: string;
  readonly invoiceDate: LocalDate;
  readonly dueDate: LocalDate;
  readonly description?: string;
  readonly purchaseOrderNumber?: string;
  readonly lines: readonly BillLine[];
}

export interface Bill extends NewBill {
  readonly id: string;
  readonly archived: boolean;
  readonly recordStatus?: string;
  readonly amount?: Amount;
  readonly dueAmount?: Amount;
  readonly paidAmount?: Amount;
  readonly scheduledAmount?: Amount;
  readonly creditAmount?: Amount;
  /** PAID, UNPAID, PARTIALLY_PAID, SCHEDULED, IN_PROCESS, UNDEFINED; unknown values are kept. */
  readonly paymentStatus?: string;
  readonly approvalStatus?: string;
  readonly createdTime: string;
  readonly updatedTime: string;
}

/** Fields of a vendor credit that we send; amounts are positive (§6). */
export interface NewVendorCredit {
  readonly vendorId: string;
  readonly referenceNumber: string;
  readonly creditDate: LocalDate;
  readonly description?: string;
  readonly lines: readonly BillLine[];
}

export interface VendorCredit extends NewVendorCredit {
  readonly id: string;
  readonly archived: boolean;
  readonly amount?: Amount;
  readonly appliedAmount?: Amount;
  /** NOT_APPLIED, PARTIALLY_APPLIED, FULLY_APPLIED, IN_PROCESS; unknown values are kept. */
  readonly status?: string;
  /** Bills and payments that used it; on reads only. */
  readonly usage: readonly {
    readonly billId?: string;
    readonly paymentId?: string;
    readonly amount: Amount;
  }[];
  readonly createdTime: string;
  readonly updatedTime: string;
}

/** A document of a bill (BILL dossier §5.7): until its upload is complete BILL may show its id alone. */
export interface BillDocument {
  /** `00h…`; `0du…` while it is being uploaded. */
  readonly id: string;
  readonly name?: string;
  readonly createdTime?: string;
}

export interface BillPayment {
  readonly billId: string;
  readonly amount: Amount;
  readonly vendorCredits: readonly { readonly id: string; readonly amount: Amount }[];
}

interface VoidInfo {
  readonly id: string;
  readonly type: string;
  readonly status: string;
}

export interface Payment {
  readonly id: string;
  readonly vendorId: string;
  readonly vendorName?: string;
  /** In the vendor's currency. */
  readonly amount: Amount;
  readonly fundingAmount?: Amount;
  readonly exchangeRate?: string;
  /** The authoritative split (§7.2); empty when BILL left it out. */
  readonly billPayments: readonly BillPayment[];
  readonly billId?: string;
  readonly processDate?: LocalDate;
  readonly status?: string;
  /** §7.3; unknown values are kept. */
  readonly singleStatus?: string;
  readonly disbursementType?: string;
  /** False: recorded outside BILL. */
  readonly onlinePayment?: boolean;
  readonly fundingAccount?: { readonly type?: string; readonly id?: string };
  readonly voidInfo: readonly VoidInfo[];
  readonly transactionNumber?: string;
  readonly confirmationNumber?: string;
  /** Of a recorded payment; whether reads show it is not documented (§7.6). */
  readonly syncReference?: string;
  readonly createdTime: string;
  readonly updatedTime: string;
}

/** A payment that was made outside BILL, as it is recorded there (§7.6): one bill, money only. */
export interface RecordedPayment {
  readonly vendorId: string;
  readonly billId: string;
  /** In the vendor's currency; never more than the bill's `dueAmount` (§13.25). */
  readonly amount: Amount;
  readonly processDate: LocalDate;
  /** The SAP clearing document. */
  readonly syncReference: string;
  /** At most 70 characters. */
  readonly description: string;
}

export interface ChartOfAccount {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
  readonly number?: string;
  readonly type?: string;
}

export interface Subscription {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly events: readonly string[];
  readonly notificationUrl: string;
}

/** A verified webhook notification: it only triggers a read of the object (§9.4). */
export interface BillEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly organizationId?: string;
  /** Id of the payment, bill or vendor; absent on `payment.failed`. */
  readonly objectId?: string;
  readonly vendorId?: string;
  readonly updatedTime?: string;
  /** Of `payment.failed`: a payment that never came into being. */
  readonly failedPayment?: FailedPayment;
}

/** What BILL tells of a payment that it could not create (§9.5). */
export interface FailedPayment {
  readonly transactionNumber?: string;
  readonly billIds: readonly string[];
  readonly errors: readonly { readonly code?: string; readonly message?: string }[];
}
