import type { InvoiceKey } from '../../rules/sap-invoices.ts';
import type { Property, Row } from './odata/entity-type.ts';
import type { FunctionImport } from './odata/service-definition.ts';
import { codes, Refusal } from './refusal.ts';
import { postParked, releaseBlock } from './tenant/invoice-changes.ts';
import { reverseInvoice } from './tenant/invoice-endings.ts';
import { invoiceRow, keyOf } from './tenant/invoices.ts';
import type { Tenant } from './tenant/tenant.ts';

/** Function imports of the supplier-invoice service (SAP dossier §4.4). */
const invoice = { SupplierInvoice: text('SupplierInvoice', 10), FiscalYear: text('FiscalYear', 4) };

export const supplierInvoiceFunctions: Readonly<Record<string, FunctionImport>> = {
  Post: {
    parameters: invoice,
    run: (tenant, values) =>
      act(tenant, values, (key) => {
        postParked(tenant, key);
        return {};
      }),
  },
  Release: {
    parameters: {
      ...invoice,
      DiscountDaysHaveToBeShifted: { ...text('DiscountDaysHaveToBeShifted', 5), kind: 'boolean' },
    },
    run: (tenant, values) =>
      act(tenant, values, (key) => {
        releaseBlock(tenant, key);
        return {};
      }),
  },
  Cancel: {
    parameters: {
      ...invoice,
      PostingDate: { name: 'PostingDate', kind: 'date', isNumeric: false, isFilterable: true },
      ReversalReason: text('ReversalReason', 2),
    },
    run: (tenant, values) =>
      act(tenant, values, (key) => {
        const postingDate = (values.PostingDate ?? '').slice(0, 10);
        const reversal = reverseInvoice(tenant, key, { reason: values.ReversalReason ?? '', postingDate });
        return { ReverseDocument: reversal.supplierInvoice, FiscalYear: reversal.fiscalYear };
      }),
  },
};

function text(name: string, maxLength: number): Property {
  return { name, kind: 'text', maxLength, isNumeric: false, isFilterable: true };
}

/** What a person may not do either is a business error, 400. */
function act(
  tenant: Tenant,
  values: Readonly<Record<string, string>>,
  change: (key: InvoiceKey) => Row,
): Row {
  const { SupplierInvoice: supplierInvoice = '', FiscalYear: fiscalYear = '' } = values;
  try {
    const key = keyOf(invoiceRow(tenant, { supplierInvoice, fiscalYear }));
    return { Success: true, ...change(key) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new Refusal(400, codes.business, error.message);
  }
}
