import { isoDate } from '../../../clock.ts';
import { nextNumber, table } from '../books.ts';
import type { Row } from '../odata/entity-type.ts';
import { textOf } from '../odata/entity-type.ts';
import type { DeepRow, EntityWrites } from '../odata/entity-writes.ts';
import { codes, Refusal } from '../refusal.ts';
import { addSupplier, touchOfAddress } from './suppliers.ts';
import type { Tenant } from './tenant.ts';

/** What the API writes into API_BUSINESS_PARTNER (SAP dossier §6): a deep insert, and e-mail and phone by PATCH. */
export const partnerWrites: Readonly<Record<string, EntityWrites>> = {
  A_BusinessPartner: { create: createPartner },
  A_AddressEmailAddress: {
    changeable: ['EmailAddress', 'IsDefaultEmailAddress', 'AddressCommunicationRemarkText'],
    change: changeContact,
  },
  A_AddressPhoneNumber: {
    changeable: ['PhoneNumber', 'PhoneNumberExtension', 'PhoneNumberType', 'IsDefaultPhoneNumber'],
    change: changeContact,
  },
};

function changeContact(tenant: Tenant, row: Row, change: Row): void {
  Object.assign(row, change);
  touchOfAddress(tenant, textOf(row, 'AddressID'));
}

/** A supplier needs its roles; its number is the business partner's. */
function createPartner(tenant: Tenant, { values, children }: DeepRow): Row {
  const rows = (of: Readonly<Record<string, readonly DeepRow[]>>, name: string) => of[name] ?? [];
  const [address] = rows(children, 'to_BusinessPartnerAddress');
  const roles = rows(children, 'to_BusinessPartnerRole').map((row) =>
    textOf(row.values, 'BusinessPartnerRole'),
  );
  const [master] = rows(children, 'to_Supplier');
  if (values.BusinessPartnerCategory !== '2') throw refused('Enter a valid business partner category');
  if (textOf(values, 'BusinessPartnerGrouping') === '') throw refused('Enter a business partner grouping');
  if (textOf(values, 'OrganizationBPName1') === '') throw refused('Enter a name');
  if (address === undefined || textOf(address.values, 'Country') === '') throw refused('Enter a country');
  if (master === undefined || !roles.includes('FLVN00')) throw refused('Role FLVN00 is missing');
  const email = textOf(rows(address.children, 'to_EmailAddress')[0]?.values ?? {}, 'EmailAddress');
  const phone = textOf(rows(address.children, 'to_PhoneNumber')[0]?.values ?? {}, 'PhoneNumber');
  const name = [1, 2, 3, 4]
    .map((part) => textOf(values, `OrganizationBPName${part}`))
    .filter(Boolean)
    .join(' ');
  const number = addSupplier(tenant, {
    supplier: nextNumber(tenant.books, 'business partner', 10_000_001, 8),
    name,
    address: {
      street: textOf(address.values, 'StreetName'),
      city: textOf(address.values, 'CityName'),
      postalCode: textOf(address.values, 'PostalCode'),
      region: textOf(address.values, 'Region'),
      country: textOf(address.values, 'Country'),
    },
    ...(email === '' ? {} : { email }),
    ...(phone === '' ? {} : { phone }),
    taxNumbers: rows(children, 'to_BusinessPartnerTax').map((row) => ({
      type: textOf(row.values, 'BPTaxType'),
      number: textOf(row.values, 'BPTaxNumber'),
    })),
    companies: rows(master.children, 'to_SupplierCompany').map((row) => companyOf(tenant, row.values)),
  });
  const partner = table(tenant.books, 'A_BusinessPartner').find((row) => row.BusinessPartner === number);
  if (partner === undefined) throw new Error(`Business partner ${number} was not created.`);
  return Object.assign(partner, values, { CreationDate: isoDate(tenant.clock.now()) });
}

function companyOf({ books }: Tenant, values: Row) {
  const companyCode = textOf(values, 'CompanyCode');
  const payableAccount = textOf(values, 'ReconciliationAccount');
  if (books.organization.companyCodes[companyCode] === undefined)
    throw refused(`Company code ${companyCode} does not exist`);
  if (payableAccount === '') throw refused(`Enter a reconciliation account for company code ${companyCode}`);
  return { companyCode, payableAccount, paymentTerms: textOf(values, 'PaymentTerms') };
}

function refused(message: string): Refusal {
  return new Refusal(400, codes.business, message);
}
