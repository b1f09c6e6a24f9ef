/**
 * What BILL's documentation leaves open (marked [U] in the BILL dossier): each is a switch, and the connector must
 * pass with it either way. Switches may be turned while the simulator runs.
 */
export interface BillSwitches {
  /**
   * A second bill with the same vendor and invoice number (BILL dossier §5.5): taken, refused with `BDC_1171`, or
   * refused even when the first bill is archived.
   */
  duplicateInvoiceNumbers: 'accepted' | 'refused' | 'refused-even-if-archived';
  /** A second vendor with the same name (§4.4). */
  duplicateVendorNames: 'accepted' | 'refused';
  /** PATCH of a vendor that is connected in BILL's network: refused, or answered 200 without effect (§4.4). */
  changeOfConnectedVendor: 'refused' | 'ignored';
  /** Whether `name:eq` and `name:sw` tell `Acme` from `ACME` (§4.4). */
  vendorNameFilterCaseSensitive: boolean;
  /** The undocumented filter `invoice.invoiceNumber` (§3.2): refused, working, or accepted without effect. */
  invoiceNumberFilter: 'refused' | 'works' | 'ignored';
  /** HTTP status of `BDC_1144` and `BDC_1322`; 200 is an error array with a success status (§2.1, §2.2). */
  rateLimitStatus: 422 | 429 | 400 | 200;
  /** Requests a clock hour per developer key (§2.1). */
  callsPerHour: number;
  /** Logins a clock hour per developer key (§1.3). */
  loginsPerHour: number;
  /** Calls that other programs with the same developer key keep in flight; they count against the three (§2.1). */
  othersInFlight: number;
  /** How long a new vendor, bill, credit or payment is missing from lists, in milliseconds (§14.17). */
  listLagMs: number;
  /** How long a new vendor, bill or payment is missing from reads by id, in milliseconds. */
  readLagMs: number;
  /** How long an upload takes until the document shows (§5.7: minutes), in milliseconds. */
  documentUploadMs: number;
  /** Whether a bill's list of documents shows uploads that are not complete, by their temporary id; not documented. */
  listsUploads: boolean;
  /** Documents with one of these in their name are refused, as BILL refuses what it cannot read. */
  refusedDocuments: readonly string[];
  /** List rows without nested objects: the single read is fuller (§4.1). */
  thinListRows: boolean;
  /** Pages are cut by position, so that a change between two pages moves rows across the cut (§3.1). */
  pagesDrift: boolean;
  /** A page without rows, but with `nextPage`, between every two pages (§3.1). */
  emptyPages: boolean;
  /** Whether a bill's `updatedTime` moves on payment, approval and void (§13.33). */
  billUpdatedTimeMovesOnPayment: boolean;
  /** `billPayments[].amount` without the credits applied in the payment (§7.2); else with them. */
  billPaymentsAmountNetOfCredits: boolean;
  /** Whether a recorded payment shows its `syncReference` on reads and lists too (§7.6). */
  syncReferenceOnRead: boolean;
  /** `singleStatus` of a payment that awaits approval (§7.3); undefined: the key is left out. */
  unknownSingleStatus: string | undefined;
  /** What may not change on a bill once a payment is scheduled or posted (§5.4). */
  lockedBillFields: 'vendor-and-amount' | 'everything';
  /** How a change to a locked bill is refused (§5.4). */
  lockedBillRefusal: { status: number; code: string };
  /** Archiving a bill that is scheduled or (partly) paid (§5.4). */
  archiveOfPaidBill: 'refused' | 'accepted';
  /** HTTP status of `BDC_1120` for an id that does not exist. */
  notFoundStatus: 404 | 400 | 422;
  /** After a rotation notifications stay signed with the old key this long, in milliseconds (§9.2). */
  oldKeySignsForMs: number;
  /** The form of every error body (§2.2). */
  errorForm: 'array' | 'object' | 'html' | 'empty';
  /** Operations the signed-in user has no right to, e.g. `POST /v3/bills` (§1.5, `BDC_1145`). */
  withoutRights: readonly string[];
  /** Classifications that the organization has switched on; another one on a bill is `BDC_1145` (§8). */
  classificationsOn: readonly string[];
  /** BILL is down: every call is answered 503 with a page of HTML. */
  outage: boolean;
}

export const usualSwitches: BillSwitches = {
  duplicateInvoiceNumbers: 'accepted',
  duplicateVendorNames: 'accepted',
  changeOfConnectedVendor: 'refused',
  vendorNameFilterCaseSensitive: true,
  invoiceNumberFilter: 'refused',
  rateLimitStatus: 422,
  callsPerHour: 20_000,
  loginsPerHour: 200,
  othersInFlight: 0,
  listLagMs: 0,
  readLagMs: 0,
  documentUploadMs: 180_000,
  listsUploads: false,
  refusedDocuments: [],
  thinListRows: false,
  pagesDrift: false,
  emptyPages: false,
  billUpdatedTimeMovesOnPayment: false,
  billPaymentsAmountNetOfCredits: true,
  syncReferenceOnRead: false,
  unknownSingleStatus: undefined,
  lockedBillFields: 'vendor-and-amount',
  lockedBillRefusal: { status: 422, code: 'BDC_1143' },
  archiveOfPaidBill: 'refused',
  notFoundStatus: 404,
  oldKeySignsForMs: 0,
  errorForm: 'array',
  withoutRights: [],
  classificationsOn: ['chart-of-accounts', 'departments', 'locations', 'accounting-classes'],
  outage: false,
};
