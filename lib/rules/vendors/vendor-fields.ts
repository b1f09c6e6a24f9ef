import type { Vendor } from '../bill-documents.ts';
import type { Supplier } from '../sap-suppliers.ts';
import { addressInBill, taxIdInBill } from './vendor-from-supplier.ts';

/** What both sides know of a vendor and is kept alike. Bank details are not among it (BILL dossier §4.4). */
export const vendorFieldNames = ['name', 'address', 'email', 'phone', 'taxId', 'currency'] as const;
export type VendorFieldName = (typeof vendorFieldNames)[number];

/** One side's values as text; empty where it has none, left out where it does not tell. */
export type VendorFields = Readonly<Partial<Record<VendorFieldName, string>>>;

/** The same fields on both sides at one moment. */
export interface FieldPair {
  readonly sap: VendorFields;
  readonly bill: VendorFields;
}

/** `companyCodes`: the configured ones; a supplier may have a currency of its own in each. */
export function fieldsOfSupplier(supplier: Supplier, companyCodes: readonly string[]): VendorFields {
  const currencies = supplier.companies
    .filter((company) => companyCodes.includes(company.companyCode))
    .flatMap((company) => company.currency ?? []);
  return {
    name: supplier.name,
    address: addressText(addressInBill(supplier)),
    email: supplier.email ?? '',
    phone: supplier.phone ?? '',
    taxId: taxIdInBill(supplier) ?? '',
    currency: [...new Set(currencies)].sort().join(', '),
  };
}

/** A masked tax id (`*****6789`) tells nothing. */
export function fieldsOfVendor(vendor: Vendor): VendorFields {
  const { taxId = '' } = vendor;
  return {
    name: vendor.name,
    address: addressText(vendor.address ?? {}),
    email: vendor.email ?? '',
    phone: vendor.phone ?? '',
    ...(/[*•]/u.test(taxId) ? {} : { taxId }),
    currency: vendor.billCurrency ?? '',
  };
}

/** How a value is compared: without what the two systems write differently. */
export function comparable(field: VendorFieldName, value: string): string {
  const text = value.trim().replace(/\s+/g, ' ');
  if (field === 'name' || field === 'currency') return text;
  if (field === 'email') return text.toLowerCase();
  if (field === 'address') return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
  return text.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

/** A value for people: of a tax id the last four characters only. */
export function shown(field: VendorFieldName, value: string | undefined): string {
  if (value === undefined) return 'not told';
  if (value === '') return 'none';
  return field === 'taxId' ? `…${value.slice(-4)}` : value;
}

function addressText(address: NonNullable<Vendor['address']>): string {
  const {
    line1 = '',
    line2 = '',
    city = '',
    stateOrProvince = '',
    zipOrPostalCode = '',
    country = '',
  } = address;
  return [line1, line2, city, stateOrProvince, zipOrPostalCode, country]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(', ');
}
