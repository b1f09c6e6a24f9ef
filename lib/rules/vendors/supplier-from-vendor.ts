import type { VendorsConfig } from '../../config/vendors-config.ts';
import { DocumentError } from '../../errors.ts';
import type { Vendor } from '../bill-documents.ts';
import { referenceCode } from '../reference-code.ts';
import type { NewSupplier } from '../sap-suppliers.ts';

/** SAP dossier §6. */
const nameLength = 40;
const mostNames = 4;
const limits = { street: 60, city: 40, postalCode: 10, phone: 30, email: 241 } as const;

type CreateInSap = NonNullable<VendorsConfig['createInSap']>;

/**
 * The SAP supplier for a vendor that was born in BILL. Bank details never travel. Throws DocumentError
 * `VENDOR_NOT_IN_SAP` where BILL does not tell what SAP needs, or it would have to be cut.
 */
export function supplierFromVendor(vendor: Vendor, wanted: CreateInSap): NewSupplier {
  const { address = {}, taxId, email, phone } = vendor;
  const region = address.stateOrProvince?.trim() ?? '';
  const names = nameParts(vendor.name);
  const missing = faultsOf(vendor, names);
  if (missing.length > 0) throw notCreatable(vendor, missing);
  const taxType = taxTypeOf(vendor);
  return {
    names,
    searchKey: supplierSearchKey(vendor.id),
    grouping: wanted.grouping,
    address: {
      street: streetOf(address),
      city: address.city?.trim() ?? '',
      postalCode: address.zipOrPostalCode?.trim() ?? '',
      ...(region === '' ? {} : { region }),
      country: address.country ?? '',
    },
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
    ...(taxType === undefined || taxId === undefined ? {} : { taxNumber: { type: taxType, number: taxId } }),
    companies: wanted.companyCodes,
    ...purchasingOf(vendor, wanted),
  };
}

/** The look-up key of the creation: it depends on the vendor alone. */
function supplierSearchKey(vendorId: string): string {
  return referenceCode(['supplier', vendorId]);
}

function purchasingOf({ billCurrency }: Vendor, wanted: CreateInSap): Pick<NewSupplier, 'purchasing'> {
  const { purchasingOrganization, companyCodes } = wanted;
  const [first] = companyCodes;
  if (purchasingOrganization === undefined || billCurrency === undefined || first === undefined) return {};
  const { paymentTerms } = first;
  return { purchasing: { organization: purchasingOrganization, currency: billCurrency, paymentTerms } };
}

function faultsOf(vendor: Vendor, names: readonly string[]): string[] {
  const { accountType, address = {}, email = '', phone = '' } = vendor;
  const state = address.stateOrProvince?.trim() ?? '';
  const street = streetOf(address);
  const { city = '', zipOrPostalCode: postalCode = '', country = '' } = address;
  const parts = { street, city, postalCode, email, phone };
  const tooLong = Object.entries(limits).filter(
    ([part, most]) => parts[part as keyof typeof parts].length > most,
  );
  return [
    ...(accountType === 'PERSON'
      ? ['it is a person, whose first and last name BILL does not tell apart']
      : []),
    ...(names.length > mostNames || names.some((name) => name.length > nameLength)
      ? ['its name does not fit into four names of 40 characters']
      : []),
    ...Object.entries({ street, city, 'postal code': postalCode, country })
      .filter(([, value]) => value.trim() === '')
      .map(([part]) => `it has no ${part}`),
    ...(state !== '' && !/^[0-9A-Z]{1,3}$/.test(state) ? [`"${state}" is no region of SAP`] : []),
    ...tooLong.map(([part, most]) => `its ${part} has more than ${most} characters`),
  ];
}

function streetOf({ line1 = '', line2 = '' }: NonNullable<Vendor['address']>): string {
  return [line1.trim(), line2.trim()].filter((line) => line !== '').join(', ');
}

/** Words, never cut, in lines of at most 40 characters. */
function nameParts(name: string): string[] {
  const lines: string[] = [];
  for (const word of name.trim().split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= nameLength)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** `US2` employer identification number, `US1` social security number (SAP dossier §6); a masked one stays in BILL. */
function taxTypeOf({ taxId = '', taxIdType }: Vendor): string | undefined {
  if (taxId === '' || /[*•]/u.test(taxId)) return undefined;
  if (taxIdType === 'EIN') return 'US2';
  return taxIdType === 'SSN' ? 'US1' : undefined;
}

function notCreatable({ id, name }: Vendor, reasons: readonly string[]): DocumentError {
  return new DocumentError({
    code: 'VENDOR_NOT_IN_SAP',
    message: `BILL vendor ${id} "${name}" is no supplier in SAP and cannot be created there: ${reasons.join('; ')}.`,
    nextStep:
      'Create the supplier in SAP by hand (same name and address or tax id) and retry; or complete the vendor in BILL.',
    billValues: { vendor: id, name },
  });
}
