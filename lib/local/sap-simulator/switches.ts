import type { ChangeStamp } from '../../sap/sap.ts';

/** The services of this tenant; each is visible only through its communication arrangement (SAP dossier §0.12). */
export type SapService =
  | 'API_SUPPLIERINVOICE_PROCESS_SRV'
  | 'API_OPLACCTGDOCITEMCUBE_SRV'
  | 'API_BUSINESS_PARTNER'
  | 'API_CV_ATTACHMENT_SRV'
  | 'api_purchaseorder_2'
  | 'JournalEntryCreateRequestConfirmation_In'
  | 'JournalEntryBulkClearingRequest_In'
  | 'JournalEntryBulkChangeRequest_In'
  | 'API_GLACCOUNTINCHARTOFACCOUNTS_SRV'
  | 'API_COSTCENTER_SRV'
  | 'API_PROFITCENTER_SRV'
  | 'API_COMPANYCODE_SRV';

/**
 * Where the SAP dossier knows two answers, or none ([U], [G], [F]), the simulated tenant can be either.
 * The switches of a running simulator may be changed at any time.
 */
export interface SapSwitches {
  /** What the communication arrangement allows inbound; the other method is refused with 401 (§1.3). */
  authentication: 'oauth2' | 'basic';
  /** `expires_in` of a token, seconds; sightings range from one to twelve hours (§1.3). */
  tokenLifetimeSeconds: number;
  /** So many wrong secrets in a row lock the communication user and all its arrangements (§1.3). */
  lockAfterWrongSecrets: number;
  /** A session, with its CSRF token and cookies, ends when idle for so long (§2: 10 to 30 minutes). */
  sessionIdleMs: number;
  /** Some handlers refuse HEAD with 405 although GET works (§2). */
  refusesHead: boolean;
  /** Services without a communication arrangement answer 403 (§0.12). */
  missingArrangements: readonly SapService[];
  /** Which change stamp A_SupplierInvoice has in this tenant's metadata (§0.2, §4.1); `dates`: none. */
  changeStamp: ChangeStamp;
  /** The look of SuplrInvcLstChgDteTmeTxt: `20261124093012.1234560` or `202611240930121234560` (§4.5, probe 2). */
  stampHasPoint: boolean;
  /** CreationDate is missing in one older release (§4.1). */
  hasCreationDate: boolean;
  /** Whether a payment block set or lifted only in FI moves the invoice's change stamp (probe 2, probe 10). */
  fiBlockMovesStamp: boolean;
  /** Whether a change of an address, e-mail, tax number or block moves the business partner's stamp (§6, probe 14). */
  childChangesMovePartnerStamp: boolean;
  /** Whether a file that is attached moves the invoice's change stamp; not documented. */
  attachmentMovesStamp: boolean;
  /** Whether the list of files tells their sizes; not documented for every way of storing them. */
  showsFileSize: boolean;
  /** Whether a reversing document names the reversed one in its own ReverseDocument, as the reversed one does. */
  reversalNamesOriginal: boolean;
  /** Amounts with the scale of the metadata (`1200.500`) or the decimals of their currency (`1200.50`) (§3.1). */
  amountDecimals: 'scale' | 'currency';
  /** Server paging: more rows than this come with `__next`/`@odata.nextLink` (§3.1, probe 4); 0: never. */
  serverPageSize: number;
  /** Longer request targets (path and query, characters) are refused with 414, as by the web dispatcher. */
  longestTarget: number;
  /** The severity of a `sap-message` header that successful invoice lists carry (§3.1); `none`: no header. */
  sapMessage: 'none' | 'info' | 'warning';
  /** `strict` refuses a SOAP body that breaks the schema; the real parser ignores it in silence (§9.2). */
  soapParsing: 'strict' | 'lenient';
  /** Whether the posting service refuses a message id that it has seen (§9.5, probe 5). */
  refusesRepeatedMessageId: boolean;
  /** Successful postings carry a message of severity 2 beside the document number (§9.3). */
  postingWarns: boolean;
  /** A posted document shows in API_OPLACCTGDOCITEMCUBE_SRV only after this time (§9.6, probe 7). */
  visibilityLagMs: number;
  /** An asynchronous message takes effect only after this time (§9.1). */
  messageLagMs: number;
  /**
   * What a partial clearing leaves behind (§9.8, probe): the payment's line is cleared by a new one that refers to
   * the invoice, or it stays open itself and refers to the invoice.
   */
  partialClearing: 'new-line' | 'same-line';
  /** Whether a line that carries a payment block can be cleared. */
  clearsBlockedLines: boolean;
  /** Whether a change to an empty payment block is taken (§4.8: the schema wants a character). */
  liftsBlocks: boolean;
  /** Maintenance: every path answers 503 as HTML with Retry-After (§3.3). */
  outage: 'maintenance' | undefined;
  /** Every n-th request is answered 429 with Retry-After (§3.3, probe 13); 0: none. */
  throttleEvery: number;
  /** Retry-After of 503 and 429, seconds. */
  retryAfterSeconds: number;
}

export const defaultSwitches: SapSwitches = {
  authentication: 'oauth2',
  tokenLifetimeSeconds: 3600,
  lockAfterWrongSecrets: 5,
  sessionIdleMs: 30 * 60_000,
  refusesHead: false,
  missingArrangements: [],
  changeStamp: 'SuplrInvcLstChgDteTmeTxt',
  stampHasPoint: true,
  hasCreationDate: true,
  fiBlockMovesStamp: false,
  childChangesMovePartnerStamp: true,
  attachmentMovesStamp: false,
  showsFileSize: true,
  reversalNamesOriginal: true,
  amountDecimals: 'scale',
  serverPageSize: 1000,
  longestTarget: 8192,
  sapMessage: 'info',
  soapParsing: 'strict',
  refusesRepeatedMessageId: false,
  postingWarns: false,
  visibilityLagMs: 0,
  messageLagMs: 0,
  partialClearing: 'new-line',
  clearsBlockedLines: true,
  liftsBlocks: true,
  outage: undefined,
  throttleEvery: 0,
  retryAfterSeconds: 60,
};
