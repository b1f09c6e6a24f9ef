import type { Vendor } from '../bill-documents.ts';
import { normalizedName } from '../normalized-name.ts';
import type { Supplier } from '../sap-suppliers.ts';

export { normalizedName } from '../normalized-name.ts';
export { vendorFromSupplier } from './vendor-from-supplier.ts';

/** Which vendor in BILL stands for a SAP supplier. */
export type VendorMatch =
  /** `signs`: what agrees beside the name; never the values. */
  | { readonly kind: 'match'; readonly vendor: Vendor; readonly signs: string[] }
  | { readonly kind: 'none' }
  /** The name alone agrees; `why` continues a sentence: "…, but ${why}". */
  | { readonly kind: 'unsure'; readonly candidates: Vendor[]; readonly why: string }
  | { readonly kind: 'many'; readonly candidates: Vendor[] };

/**
 * A match is exactly one active vendor with the same name (see `normalizedName`) and a second sign: the supplier
 * number that we write into `shortName`, a tax id, the e-mail, or the address. A vendor whose tax id differs is
 * another firm, whatever else agrees.
 */
export function matchVendor(supplier: Supplier, vendors: readonly Vendor[]): VendorMatch {
  const name = normalizedName(supplier.name);
  const named = vendors.filter(
    (vendor) =>
      !vendor.archived &&
      name !== '' &&
      normalizedName(vendor.name) === name &&
      !hasAnotherTaxId(supplier, vendor),
  );
  const [first, ...others] = named
    .map((vendor) => ({ vendor, signs: signsOf(supplier, vendor) }))
    .filter(({ signs }) => signs.length > 0);
  if (first === undefined) return named.length === 0 ? { kind: 'none' } : unsure(named);
  if (others.length === 0) return { kind: 'match', ...first };
  return { kind: 'many', candidates: [first, ...others].map(({ vendor }) => vendor) };
}

function unsure(candidates: Vendor[]): VendorMatch {
  return {
    kind: 'unsure',
    candidates,
    why: 'neither tax id, e-mail nor address confirms that it is the same',
  };
}

/** What agrees beside the name. */
export function signsOf(supplier: Supplier, vendor: Vendor): string[] {
  const signs: string[] = [];
  if (vendor.shortName?.trim() === supplier.supplier) signs.push('supplier number');
  if (taxIdOf(vendor) !== undefined && taxIdsOf(supplier).includes(taxIdOf(vendor) ?? ''))
    signs.push('tax id');
  if (sameText(supplier.email, vendor.email)) signs.push('e-mail');
  if (sameAddress(supplier.address, vendor.address)) signs.push('address');
  return signs;
}

/** Only where the supplier has tax numbers: a VAT registration alone says nothing about another kind of number. */
export function hasAnotherTaxId(supplier: Supplier, vendor: Vendor): boolean {
  const taxId = taxIdOf(vendor);
  if (taxId === undefined || supplier.taxNumbers.length === 0) return false;
  return !taxIdsOf(supplier).includes(taxId);
}

function taxIdsOf({ taxNumbers, vatRegistration }: Supplier): string[] {
  const numbers = [...taxNumbers.map((each) => each.number), vatRegistration ?? ''];
  return numbers.map(bare).filter((number) => number !== '');
}

/** A masked tax id (`*****6789`) says nothing. */
function taxIdOf({ taxId }: Vendor): string | undefined {
  if (taxId === undefined || /[*•]/u.test(taxId)) return undefined;
  return bare(taxId) === '' ? undefined : bare(taxId);
}

/** Country if both have one, postal code, and the city or the street. */
function sameAddress(sap: Supplier['address'], bill: Vendor['address']): boolean {
  if (sap === undefined || bill === undefined) return false;
  if (sap.country !== undefined && bill.country !== undefined && !sameText(sap.country, bill.country))
    return false;
  if (!sameText(postalCode(sap.postalCode), postalCode(bill.zipOrPostalCode))) return false;
  if (sameText(sap.city, bill.city)) return true;
  return sameText(sortedWords(`${sap.street ?? ''} ${sap.houseNumber ?? ''}`), sortedWords(bill.line1 ?? ''));
}

/** A US ZIP+4 code is the same place as its ZIP code. */
function postalCode(code: string | undefined): string {
  const short = bare(code ?? '');
  return /^\d{9}$/.test(short) ? short.slice(0, 5) : short;
}

function sortedWords(street: string): string {
  return street
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .sort()
    .join(' ')
    .trim();
}

function bare(number: string): string {
  return number.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

function sameText(left: string | undefined, right: string | undefined): boolean {
  const plain = left?.trim().toLowerCase() ?? '';
  return plain !== '' && plain === right?.trim().toLowerCase();
}
