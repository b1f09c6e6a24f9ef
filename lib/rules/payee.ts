import type { Supplier, SupplierInvoice } from './sap-documents.ts';

/**
 * Who is to be paid: the alternative payee that the invoice names (SAP dossier §4.1), else the one in the supplier's
 * master record for this company code (§6), else the invoicing party itself (§12.7).
 */
export function payeeNumber(
  { supplier, alternativePayee, key }: Pick<SupplierInvoice, 'supplier' | 'alternativePayee' | 'key'>,
  suppliers: readonly Supplier[],
): string {
  const master = suppliers.find((each) => each.supplier === supplier);
  const company = master?.companies.find((each) => each.companyCode === key.companyCode);
  return alternativePayee ?? company?.alternativePayee ?? supplier;
}
