import type { Clock } from '../clock.ts';
import { DocumentError, WorldError } from '../errors.ts';
import type { NewSupplier, SupplierContact } from '../rules/sap-suppliers.ts';
import { UnexpectedAnswer } from './failures.ts';
import type { ODataClient } from './odata-client.ts';
import { ODataError } from './odata-errors.ts';
import { equal, v2 } from './odata-query.ts';
import { withoutZeros } from './odata-values.ts';
import type { Sap } from './sap.ts';
import { businessPartnerService as service } from './services.ts';
import {
  addressValidAt,
  type BusinessPartnerRow,
  readPartners,
  standardEmail,
  standardPhone,
  supplierOf,
} from './suppliers.ts';

type SupplierWrites = Pick<Sap, 'createSupplier' | 'changeSupplierContact'>;

/** Creates suppliers and changes their e-mail and phone; nothing here knows of bank details (SAP dossier §6). */
export function supplierWrites(odata: ODataClient, clock: Clock): SupplierWrites {
  const read = async (property: string, value: string) =>
    (await readPartners(odata, [equal(property, v2.text(value))]))[0];

  return {
    createSupplier: async (supplier) => {
      await refusedAs('SUPPLIER_NOT_CREATED', `The supplier "${supplier.names.join(' ')}"`, () =>
        odata.post(service, 'A_BusinessPartner', businessPartnerBody(supplier)),
      );
      const created = await readBack(() => read('SearchTerm2', supplier.searchKey));
      if (created === undefined) throw notSeen(supplier);
      return supplierOf(created, clock.now());
    },
    changeSupplierContact: async (number, contact) => {
      const supplier = withoutZeros(number);
      const partner = await read('Supplier', supplier);
      for (const { entity, change, etag } of changesOf(partner, supplier, contact, clock.now())) {
        await refusedAs('SUPPLIER_CHANGE_REFUSED', `The change of supplier ${supplier}`, () =>
          odata.patch(service, entity, change, etag),
        );
      }
      const changed = await read('Supplier', supplier);
      if (changed === undefined)
        throw new UnexpectedAnswer(`Supplier ${supplier} vanished while it was changed.`);
      return supplierOf(changed, clock.now());
    },
  };
}

/** The deep insert of one business partner in the roles FI vendor and supplier (SAP dossier §6). */
function businessPartnerBody(supplier: NewSupplier): object {
  const { names, searchKey, grouping, address, email, phone, taxNumber, companies, purchasing } = supplier;
  const nameFields = Object.fromEntries(names.map((name, index) => [`OrganizationBPName${index + 1}`, name]));
  return {
    BusinessPartnerCategory: '2',
    BusinessPartnerGrouping: grouping,
    ...nameFields,
    SearchTerm1: (names[0] ?? '').toUpperCase().slice(0, 20),
    SearchTerm2: searchKey,
    to_BusinessPartnerAddress: [
      {
        StreetName: address.street,
        CityName: address.city,
        PostalCode: address.postalCode,
        ...(address.region === undefined ? {} : { Region: address.region }),
        Country: address.country,
        ...(email === undefined
          ? {}
          : { to_EmailAddress: [{ EmailAddress: email, IsDefaultEmailAddress: true }] }),
        ...(phone === undefined
          ? {}
          : { to_PhoneNumber: [{ PhoneNumber: phone, PhoneNumberType: '1', IsDefaultPhoneNumber: true }] }),
      },
    ],
    to_BusinessPartnerRole: [{ BusinessPartnerRole: 'FLVN00' }, { BusinessPartnerRole: 'FLVN01' }],
    ...(taxNumber === undefined
      ? {}
      : { to_BusinessPartnerTax: [{ BPTaxType: taxNumber.type, BPTaxNumber: taxNumber.number }] }),
    to_Supplier: {
      to_SupplierCompany: companies.map((company) => ({
        CompanyCode: company.companyCode,
        ReconciliationAccount: company.payableAccount,
        PaymentTerms: company.paymentTerms,
        IsToBeCheckedForDuplicates: true,
      })),
      ...(purchasing === undefined
        ? {}
        : {
            to_SupplierPurchasingOrg: [
              {
                PurchasingOrganization: purchasing.organization,
                PurchaseOrderCurrency: purchasing.currency,
                PaymentTerms: purchasing.paymentTerms,
              },
            ],
          }),
    },
  };
}

interface EntityChange {
  readonly entity: string;
  readonly change: object;
  readonly etag: string | undefined;
}

function changesOf(
  partner: BusinessPartnerRow | undefined,
  supplier: string,
  { email, phone }: SupplierContact,
  now: number,
): EntityChange[] {
  const address = addressValidAt(partner?.to_BusinessPartnerAddress ?? [], now);
  const emailRow = standardEmail(address?.to_EmailAddress ?? []);
  const phoneRow = standardPhone(address?.to_PhoneNumber ?? []);
  if (email !== undefined && emailRow === undefined) throw nothingToChange(supplier, 'e-mail address');
  if (phone !== undefined && phoneRow === undefined) throw nothingToChange(supplier, 'phone number');
  return [
    ...(email === undefined || emailRow === undefined || emailRow.EmailAddress === email
      ? []
      : [entityChange('A_AddressEmailAddress', emailRow, { EmailAddress: email })]),
    ...(phone === undefined || phoneRow === undefined || phoneRow.PhoneNumber === phone
      ? []
      : [entityChange('A_AddressPhoneNumber', phoneRow, { PhoneNumber: phone })]),
  ];
}

interface ContactKey {
  readonly AddressID: string;
  readonly Person: string;
  readonly OrdinalNumber: string;
  readonly __metadata?: { readonly etag?: string | undefined } | undefined;
}

function entityChange(set: string, row: ContactKey, change: object): EntityChange {
  const key = (['AddressID', 'Person', 'OrdinalNumber'] as const).map(
    (name) => `${name}='${encodeURIComponent(row[name])}'`,
  );
  return { entity: `${set}(${key.join(',')})`, change, etag: row.__metadata?.etag };
}

/** SAP's refusal of the data is the document's own failure; 412 says that somebody else was faster. */
async function refusedAs<T>(code: string, what: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ODataError)) throw error;
    if (error.status === 412) throw changedMeanwhile(what);
    throw new DocumentError({
      code,
      message: `${what} was refused by SAP: ${error.problem?.texts.join(' ') ?? `HTTP ${error.status}`}`,
      nextStep: 'Correct what SAP names (or enter it in SAP by hand), then retry.',
      cause: error,
    });
  }
}

function changedMeanwhile(what: string): WorldError {
  return new WorldError({
    code: 'SAP_CHANGED_MEANWHILE',
    message: `${what} waits: somebody changed the same entry in SAP at the same time.`,
    nextStep: 'Nothing: it is compared again by itself.',
    retryAfterMs: 5_000,
  });
}

/** The supplier is there: a read that fails now says nothing about that. */
async function readBack<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
    const { code, message, nextStep, retryAfterMs } = error;
    throw new WorldError({ code, message, nextStep, retryAfterMs, mayHaveHappened: true, cause: error });
  }
}

function notSeen({ searchKey }: NewSupplier): WorldError {
  return new WorldError({
    code: 'NOT_VISIBLE_YET',
    message: `SAP took the new supplier (search term ${searchKey}), but does not show it yet.`,
    nextStep: 'Nothing: it is looked up again by itself.',
    mayHaveHappened: true,
  });
}

function nothingToChange(supplier: string, what: string): DocumentError {
  return new DocumentError({
    code: 'SUPPLIER_CONTACT_MISSING',
    message: `SAP supplier ${supplier} has no ${what} that could be changed to BILL's.`,
    nextStep: `Enter the ${what} at the supplier's standard address in SAP.`,
    sapValues: { supplier },
  });
}
