import type { SupplierInvoice } from '../sap-invoices.ts';
import type { Supplier } from '../sap-suppliers.ts';
import { supplierBlock } from '../vendors/supplier-blocks.ts';

type Invoice = Pick<SupplierInvoice, 'supplier' | 'alternativePayee' | 'key'>;

/**
 * Who is to be paid: the alternative payee that the invoice names (SAP dossier §4.1), else the one in the supplier's
 * master record for this company code (§6), else the invoicing party itself (§12.7).
 */
export function payeeNumber(
  { supplier, alternativePayee, key }: Invoice,
  suppliers: readonly Supplier[],
): string {
  const master = suppliers.find((each) => each.supplier === supplier);
  const company = master?.companies.find((each) => each.companyCode === key.companyCode);
  return alternativePayee ?? company?.alternativePayee ?? supplier;
}

/** Of the invoicing party and its payee the one that must not be paid, and why: a block of either stops the payment. */
export function blockedParty(
  invoice: Invoice,
  suppliers: readonly Supplier[],
  handOverBlock: string,
): { readonly supplier: Supplier; readonly block: string } | undefined {
  const parties = [payeeNumber(invoice, suppliers), invoice.supplier];
  for (const supplier of suppliers.filter((each) => parties.includes(each.supplier))) {
    const block = supplierBlock(supplier, [invoice.key.companyCode], handOverBlock);
    if (block !== undefined) return { supplier, block };
  }
  return undefined;
}
