/**
 * The services of SAP S/4HANA Cloud that the connector uses, each visible only through the communication
 * arrangement of its scenario (SAP dossier §§0.12, 4 to 9; scenario of the operational items: §5).
 */
export interface SapService {
  /** In the words of the arrangement's owner. */
  readonly what: string;
  readonly name: string;
  readonly path: string;
  /** Not known for the V2 services of finance master data (SAP dossier §8). */
  readonly scenario?: string;
}

export interface ODataService extends SapService {
  readonly version: 'v2' | 'v4';
}

export const supplierInvoiceService: ODataService = {
  what: 'supplier invoices',
  name: 'API_SUPPLIERINVOICE_PROCESS_SRV',
  path: '/sap/opu/odata/sap/API_SUPPLIERINVOICE_PROCESS_SRV',
  scenario: 'SAP_COM_0057',
  version: 'v2',
};

/**
 * The service of attachments; the scenario of supplier invoices offers it too (SAP Help, SAP Cloud SDK, package
 * "Attachment Service": SAP_COM_0057, SAP_COM_0002 and others).
 */
export const attachmentService: ODataService = {
  what: 'attachments',
  name: 'API_CV_ATTACHMENT_SRV',
  path: '/sap/opu/odata/sap/API_CV_ATTACHMENT_SRV',
  scenario: 'SAP_COM_0057',
  version: 'v2',
};

export const operationalItemService: ODataService = {
  what: 'operational journal entry items',
  name: 'API_OPLACCTGDOCITEMCUBE_SRV',
  path: '/sap/opu/odata/sap/API_OPLACCTGDOCITEMCUBE_SRV',
  scenario: 'SAP_COM_0002',
  version: 'v2',
};

export const businessPartnerService: ODataService = {
  what: 'business partners',
  name: 'API_BUSINESS_PARTNER',
  path: '/sap/opu/odata/sap/API_BUSINESS_PARTNER',
  scenario: 'SAP_COM_0008',
  version: 'v2',
};

export const purchaseOrderService: ODataService = {
  what: 'purchase orders',
  name: 'api_purchaseorder_2',
  path: '/sap/opu/odata4/sap/api_purchaseorder_2/srvd_a2x/sap/purchaseorder/0001',
  scenario: 'SAP_COM_0053',
  version: 'v4',
};

export const journalEntryService: SapService = {
  what: 'journal entry posting',
  name: 'JournalEntryCreateRequestConfirmation_In',
  path: '/sap/bc/srt/scs_ext/sap/journalentrycreaterequestconfi',
  scenario: 'SAP_COM_0002',
};

export const clearingService: SapService = {
  what: 'journal entry clearing',
  name: 'JournalEntryBulkClearingRequest_In',
  path: '/sap/bc/srt/scs_ext/sap/journalentrybulkclearingreques',
  scenario: 'SAP_COM_0002',
};

export const entryChangeService: SapService = {
  what: 'journal entry change',
  name: 'JournalEntryBulkChangeRequest_In',
  path: '/sap/bc/srt/scs_ext/sap/journalentrybulkchangerequest_',
  scenario: 'SAP_COM_0002',
};

export const glAccountService: ODataService = {
  what: 'G/L accounts',
  name: 'API_GLACCOUNTINCHARTOFACCOUNTS_SRV',
  path: '/sap/opu/odata/sap/API_GLACCOUNTINCHARTOFACCOUNTS_SRV',
  version: 'v2',
};

export const costCenterService: ODataService = {
  what: 'cost centers',
  name: 'API_COSTCENTER_SRV',
  path: '/sap/opu/odata/sap/API_COSTCENTER_SRV',
  version: 'v2',
};

export const profitCenterService: ODataService = {
  what: 'profit centers',
  name: 'API_PROFITCENTER_SRV',
  path: '/sap/opu/odata/sap/API_PROFITCENTER_SRV',
  version: 'v2',
};

export const companyCodeService: ODataService = {
  what: 'company codes',
  name: 'API_COMPANYCODE_SRV',
  path: '/sap/opu/odata/sap/API_COMPANYCODE_SRV',
  version: 'v2',
};

/** The scenario in words: where its id is not known, how to find it in the tenant. */
export function scenarioOf({ scenario, name }: SapService): string {
  return scenario === undefined ? `that offers ${name} ("Display Communication Scenarios")` : scenario;
}
