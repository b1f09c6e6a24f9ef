import { DocumentError } from '../../errors.ts';
import type { NewVendor } from '../bill-documents.ts';
import type { Supplier } from '../sap-suppliers.ts';

/** BILL dossier §3.5. */
const NAME_LIMIT = 100;

/** Where the house number is written before the street. */
const NUMBER_FIRST = new Set(['US', 'CA', 'GB', 'IE', 'AU', 'NZ', 'FR', 'LU', 'IN', 'SG', 'ZA']);

/**
 * The BILL vendor for a SAP supplier whose bills are in `currency`; `shortName` carries the supplier number. Bank
 * details never travel: the vendor gives them to BILL (BILL dossier §4.4). Fields: BILL dossier §4.2.
 * Throws DocumentError `VENDOR_NAME_TOO_LONG` or `VENDOR_ADDRESS_INCOMPLETE`.
 */
export function vendorFromSupplier(supplier: Supplier, currency: string): NewVendor {
  const name = checkedName(supplier);
  const taxId = taxIdInBill(supplier);
  return {
    name,
    shortName: supplier.supplier,
    accountType: supplier.category === 'person' ? 'PERSON' : 'BUSINESS',
    ...(supplier.email === undefined ? {} : { email: supplier.email }),
    ...(supplier.phone === undefined ? {} : { phone: supplier.phone }),
    address: checkedAddress(supplier),
    ...(taxId === undefined ? {} : { taxId }),
    billCurrency: currency,
    payeeName: name,
  };
}

function checkedName(supplier: Supplier): string {
  const name = supplier.name.trim();
  if (name.length > 0 && name.length <= NAME_LIMIT) return name;
  throw new DocumentError({
    code: name.length === 0 ? 'VENDOR_NAME_MISSING' : 'VENDOR_NAME_TOO_LONG',
    message:
      name.length === 0
        ? `SAP supplier ${supplier.supplier} has no name.`
        : `The name of SAP supplier ${supplier.supplier} has ${name.length} characters; BILL takes ${NAME_LIMIT}.`,
    nextStep: `Give the supplier a name of 1 to ${NAME_LIMIT} characters in SAP, or create the vendor in BILL by hand and link it; then retry.`,
    sapValues: { supplier: supplier.supplier, name },
  });
}

/** A supplier's address as BILL writes it, empty where SAP has nothing. */
export function addressInBill({ address = {} }: Pick<Supplier, 'address'>): NewVendor['address'] {
  const { street = '', houseNumber = '', city = '', postalCode = '', region, country = '' } = address;
  const line1 = NUMBER_FIRST.has(country) ? `${houseNumber} ${street}` : `${street} ${houseNumber}`;
  return {
    line1: line1.trim(),
    city,
    ...(region === undefined ? {} : { stateOrProvince: region }),
    zipOrPostalCode: postalCode,
    country,
  };
}

function checkedAddress(supplier: Supplier): NewVendor['address'] {
  const { street = '', city = '', postalCode = '', region, country = '' } = supplier.address ?? {};
  const missing = [
    ...(street === '' ? ['street'] : []),
    ...(city === '' ? ['city'] : []),
    ...(postalCode === '' ? ['postal code'] : []),
    ...(country === '' ? ['country'] : []),
    ...(country === 'US' && region === undefined ? ['region (US state)'] : []),
  ];
  if (missing.length > 0) throw incomplete(supplier, missing);
  return addressInBill(supplier);
}

function incomplete(supplier: Supplier, missing: readonly string[]): DocumentError {
  const { street = '', city = '', postalCode = '', region = '', country = '' } = supplier.address ?? {};
  return new DocumentError({
    code: 'VENDOR_ADDRESS_INCOMPLETE',
    message: `SAP supplier ${supplier.supplier} "${supplier.name}" has no ${missing.join(', no ')}; BILL needs them for a new vendor.`,
    nextStep: 'Complete the address of the business partner in SAP, then retry.',
    sapValues: { supplier: supplier.supplier, street, city, postalCode, region, country },
  });
}

/** SAP's US tax number types: `US1` social security number, `US2` employer identification number (SAP dossier §6). */
export function taxIdInBill({ category, taxNumbers }: Supplier): string | undefined {
  const types = category === 'person' ? ['US1', 'US2'] : ['US2', 'US1'];
  const numbers = types.map((type) => taxNumbers.find((each) => each.type === type)?.number);
  return numbers.find((number) => number !== undefined && number !== '');
}
