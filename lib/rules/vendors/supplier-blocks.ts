import type { Supplier } from '../sap-suppliers.ts';

/**
 * Why a supplier must not be paid, in SAP's words; undefined when it may. Blocks of the general data count
 * everywhere, those of a company code where the supplier has data for it (SAP dossier §6).
 */
export function supplierBlock(
  supplier: Supplier,
  companyCodes: readonly string[],
  handOverBlock: string,
): string | undefined {
  if (supplier.deletionFlag) return 'it is marked for deletion';
  if (supplier.postingBlocked) return 'it is blocked for posting';
  if (supplier.paymentBlocked) return 'it is blocked for payment';
  const companies = supplier.companies.filter((company) => companyCodes.includes(company.companyCode));
  const reasons = companies.map((company) => companyBlock(company, handOverBlock));
  return reasons.length > 0 && reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

function companyBlock(company: Supplier['companies'][number], handOverBlock: string): string | undefined {
  const { companyCode, deletionFlag, postingBlocked, paymentBlock } = company;
  if (deletionFlag) return `it is marked for deletion in company code ${companyCode}`;
  if (postingBlocked) return `it is blocked for posting in company code ${companyCode}`;
  if (paymentBlock === undefined || paymentBlock === handOverBlock) return undefined;
  return `it carries the payment block ${paymentBlock} in company code ${companyCode}`;
}
