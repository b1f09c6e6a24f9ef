import { attachmentFunctions, attachmentMedia } from './attachment-functions.ts';
import { table } from './books.ts';
import { attachmentEntities } from './entities/attachment-entities.ts';
import { businessPartnerEntities } from './entities/business-partner-entities.ts';
import { journalItemEntities } from './entities/journal-item-entities.ts';
import { purchaseOrderEntities } from './entities/purchase-order-entities.ts';
import {
  companyCodeEntities,
  costCenterEntities,
  glAccountEntities,
  profitCenterEntities,
} from './entities/reference-entities.ts';
import { supplierInvoiceEntities } from './entities/supplier-invoice-entities.ts';
import type { EntityType, Row } from './odata/entity-type.ts';
import type { ODataService } from './odata/service-definition.ts';
import { supplierInvoiceFunctions } from './supplier-invoice-functions.ts';
import type { SapService } from './switches.ts';
import { documentKey } from './tenant/fi-documents.ts';
import { partnerWrites } from './tenant/partner-writes.ts';
import { referenceRows } from './tenant/reference-rows.ts';
import type { Tenant } from './tenant/tenant.ts';

/** The OData services of the tenant. */
export function odataServices(beforeInvoicePoll: () => void): readonly ODataService[] {
  return [
    {
      ...v2('API_SUPPLIERINVOICE_PROCESS_SRV'),
      entities: supplierInvoiceEntities,
      rows: allRows,
      beforeList: (set) => {
        if (set === 'A_SupplierInvoice') beforeInvoicePoll();
      },
      functions: supplierInvoiceFunctions,
    },
    {
      ...v2('API_OPLACCTGDOCITEMCUBE_SRV'),
      entities: () => journalItemEntities,
      rows: visibleRows,
      functions: {},
    },
    {
      ...v2('API_BUSINESS_PARTNER'),
      entities: () => businessPartnerEntities,
      rows: allRows,
      functions: {},
      writes: partnerWrites,
    },
    {
      ...v2('API_CV_ATTACHMENT_SRV'),
      entities: () => attachmentEntities,
      rows: allRows,
      functions: attachmentFunctions,
      media: attachmentMedia,
    },
    {
      name: 'api_purchaseorder_2',
      version: 'V4',
      path: '/sap/opu/odata4/sap/api_purchaseorder_2/srvd_a2x/sap/purchaseorder/0001',
      namespace: 'com.sap.gateway.srvd_a2x.api_purchaseorder_2.v0001',
      entities: () => purchaseOrderEntities,
      rows: allRows,
      functions: {},
    },
    referenceService('API_GLACCOUNTINCHARTOFACCOUNTS_SRV', glAccountEntities),
    referenceService('API_COSTCENTER_SRV', costCenterEntities),
    referenceService('API_PROFITCENTER_SRV', profitCenterEntities),
    referenceService('API_COMPANYCODE_SRV', companyCodeEntities),
  ];
}

/** Finance master data, read only. */
function referenceService(name: SapService, entities: readonly EntityType[]): ODataService {
  return {
    ...v2(name),
    entities: () => entities,
    rows: ({ books }, set) => referenceRows(books.organization, set),
    functions: {},
  };
}

function v2<Name extends string>(name: Name) {
  return { name, version: 'V2' as const, path: `/sap/opu/odata/sap/${name}`, namespace: name };
}

function allRows({ books }: Tenant, set: string): readonly Row[] {
  return table(books, set);
}

/** FI documents show with a lag (dossier §9.6, probe 7). */
function visibleRows({ books, clock }: Tenant, set: string): readonly Row[] {
  const now = clock.now();
  return table(books, set).filter((row) => {
    const from = books.visibleFrom[documentKey(row)];
    return from === undefined || from <= now;
  });
}
