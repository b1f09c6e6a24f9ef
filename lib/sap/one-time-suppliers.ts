import * as z from 'zod';
import type { OneTimeSupplier } from '../rules/sap-suppliers.ts';
import type { ODataClient } from './odata-client.ts';
import { all, choices, equal, v2 } from './odata-query.ts';
import { optionalText, requiredText } from './odata-values.ts';
import { present } from './present.ts';
import type { Sap } from './sap.ts';
import { supplierInvoiceService as service } from './services.ts';

/** The fields that are asked for: the set has bank data beside them, which never leaves SAP (I8). */
const additionalDataRow = z.object({
  SupplierInvoice: requiredText,
  FiscalYear: requiredText,
  InvoicingPartyName1: optionalText,
  InvoicingPartyName2: optionalText,
  CityName: optionalText,
  Country: optionalText,
});

/** A_SuplrInvoiceAdditionalData: who stands behind a one-time account on one invoice (SAP dossier §4.2). */
export function oneTimeSuppliers(odata: ODataClient): Pick<Sap, 'oneTimeSuppliers'> {
  return {
    async oneTimeSuppliers(keys) {
      const found: OneTimeSupplier[] = [];
      const ofInvoice = keys.map(({ supplierInvoice, fiscalYear }) =>
        all(equal('SupplierInvoice', v2.text(supplierInvoice)), equal('FiscalYear', v2.text(fiscalYear))),
      );
      for (const ofInvoices of choices(ofInvoice)) {
        const query = {
          filter: all(equal('IsOneTimeAccount', v2.flag(true)), ofInvoices),
          orderBy: ['SupplierInvoice', 'FiscalYear'],
          select: Object.keys(additionalDataRow.shape),
        };
        const rows = await odata.list(service, 'A_SuplrInvoiceAdditionalData', query, additionalDataRow);
        found.push(...rows.map(supplierOf));
      }
      return found;
    },
  };
}

function supplierOf(row: z.output<typeof additionalDataRow>): OneTimeSupplier {
  const name = [row.InvoicingPartyName1, row.InvoicingPartyName2].filter(Boolean).join(' ');
  return present({
    supplierInvoice: row.SupplierInvoice,
    fiscalYear: row.FiscalYear,
    name: name === '' ? 'without a name' : name,
    city: row.CityName,
    country: row.Country,
  });
}
