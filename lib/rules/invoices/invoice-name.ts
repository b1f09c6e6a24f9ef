import type { SupplierInvoice } from '../sap-invoices.ts';

/** How people name an invoice: `1710/5105600101/2026`. */
export function invoiceName({ key }: Pick<SupplierInvoice, 'key'>): string {
  return `${key.companyCode}/${key.supplierInvoice}/${key.fiscalYear}`;
}
