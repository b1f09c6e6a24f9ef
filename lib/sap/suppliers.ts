import type * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { Supplier, SupplierCompany } from '../rules/sap-suppliers.ts';
import type { ODataClient } from './odata-client.ts';
import { choices, equal, type Filter, v2 } from './odata-query.ts';
import { withoutZeros } from './odata-values.ts';
import { present } from './present.ts';
import type { Sap } from './sap.ts';
import { businessPartnerService as service } from './services.ts';
import { type addressRow, businessPartnerRow } from './supplier-shape.ts';

/** No bank data: neither expanded nor kept (I8). */
const expand = [
  'to_BusinessPartnerAddress/to_EmailAddress',
  'to_BusinessPartnerAddress/to_PhoneNumber',
  'to_BusinessPartnerTax',
  'to_Supplier/to_SupplierCompany',
];

/** Business partners in the role of a supplier, some 150 in one call (SAP dossier §6). */
export function suppliers(odata: ODataClient, clock: Clock): Pick<Sap, 'suppliers'> {
  return {
    async suppliers(numbers) {
      const wanted = [...new Set(numbers.map(withoutZeros))];
      const partners = await readPartners(
        odata,
        wanted.map((number) => equal('Supplier', v2.text(number))),
      );
      return partners.map((partner) => supplierOf(partner, clock.now()));
    },
  };
}

export type BusinessPartnerRow = z.output<typeof businessPartnerRow>;
type AddressRow = z.output<typeof addressRow>;

/** Business partners that one of the alternatives fits. */
export async function readPartners(
  odata: ODataClient,
  alternatives: readonly Filter[],
): Promise<BusinessPartnerRow[]> {
  const found: BusinessPartnerRow[] = [];
  for (const filter of choices(alternatives)) {
    const query = { filter, orderBy: ['BusinessPartner'], expand };
    found.push(...(await odata.list(service, 'A_BusinessPartner', query, businessPartnerRow)));
  }
  return found;
}

export function supplierOf(row: BusinessPartnerRow, now: number): Supplier {
  const master = row.to_Supplier;
  const address = addressValidAt(row.to_BusinessPartnerAddress, now);
  return present({
    supplier: row.Supplier,
    businessPartner: row.BusinessPartner,
    name: row.BusinessPartnerFullName ?? row.BusinessPartnerName ?? master?.SupplierName ?? '',
    category: categories.get(row.BusinessPartnerCategory ?? ''),
    address: address === undefined ? undefined : addressOf(address),
    email: address === undefined ? undefined : emailOf(address),
    phone: address === undefined ? undefined : phoneOf(address),
    taxNumbers: row.to_BusinessPartnerTax.flatMap(({ BPTaxType, BPTaxNumber, BPTaxLongNumber }) => {
      const number = BPTaxNumber ?? BPTaxLongNumber;
      return number === undefined ? [] : [{ type: BPTaxType, number }];
    }),
    vatRegistration: master?.VATRegistration,
    paymentBlocked: master?.PaymentIsBlockedForSupplier ?? false,
    postingBlocked: (master?.PostingIsBlocked ?? false) || row.BusinessPartnerIsBlocked,
    deletionFlag: (master?.DeletionIndicator ?? false) || row.IsMarkedForArchiving,
    companies: companiesOf(master),
  });
}

const categories = new Map<string, NonNullable<Supplier['category']>>([
  ['1', 'person'],
  ['2', 'organization'],
  ['3', 'group'],
]);

/** Of several addresses valid now the first that was created is the standard one (SAP dossier §6, KBA 3602817). */
export function addressValidAt(addresses: readonly AddressRow[], now: number): AddressRow | undefined {
  const valid = addresses.filter(
    ({ ValidityStartDate: start, ValidityEndDate: end }) =>
      (start === undefined || Date.parse(start) <= now) && (end === undefined || now <= endOfDay(end)),
  );
  return valid.sort((left, right) =>
    left.AddressID.localeCompare(right.AddressID, 'en', { numeric: true }),
  )[0];
}

/** An end date counts to the end of its day, whether SAP shows its first second or its last. */
function endOfDay(iso: string): number {
  return Date.parse(`${iso.slice(0, 10)}T23:59:59.999Z`);
}

function addressOf(row: AddressRow): NonNullable<Supplier['address']> {
  return present({
    street: row.StreetName,
    houseNumber: row.HouseNumber,
    city: row.CityName,
    postalCode: row.PostalCode,
    region: row.Region,
    country: row.Country,
  });
}

function emailOf({ to_EmailAddress: emails }: AddressRow): string | undefined {
  return standardEmail(emails)?.EmailAddress;
}

export function standardEmail(emails: AddressRow['to_EmailAddress']) {
  return emails.find((each) => each.IsDefaultEmailAddress) ?? emails[0];
}

export function standardPhone(phones: AddressRow['to_PhoneNumber']) {
  return phones.find((each) => each.IsDefaultPhoneNumber) ?? phones[0];
}

function phoneOf({ to_PhoneNumber: phones }: AddressRow): string | undefined {
  const phone = standardPhone(phones);
  return phone?.InternationalPhoneNumber ?? phone?.PhoneNumber;
}

/** An alternative payee of the general data counts in every company code that names none (SAP dossier §6). */
function companiesOf(master: BusinessPartnerRow['to_Supplier']): SupplierCompany[] {
  if (master === null || master === undefined) return [];
  return master.to_SupplierCompany.map((row) =>
    present({
      companyCode: row.CompanyCode,
      payableAccount: row.ReconciliationAccount,
      paymentBlock: row.PaymentBlockingReason,
      paymentMethods: row.PaymentMethodsList,
      alternativePayee: row.AlternativePayee ?? master.AlternativePayeeAccountNumber,
      currency: row.Currency,
      postingBlocked: row.SupplierIsBlockedForPosting,
      deletionFlag: row.DeletionIndicator,
    }),
  );
}
