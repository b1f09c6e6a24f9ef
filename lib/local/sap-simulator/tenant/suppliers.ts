import { isoDate, isoTime } from '../../../clock.ts';
import { nextNumber, table } from '../books.ts';
import type { Row } from '../odata/entity-type.ts';
import { matches } from '../odata/related-rows.ts';
import { companyCodeOf } from './fi-documents.ts';
import type { Tenant } from './tenant.ts';

export interface NewSupplier {
  /** Default: the next number from 17300001 on. */
  readonly supplier?: string;
  /** At most 80 characters. */
  readonly name: string;
  readonly category?: 'person' | 'organization' | 'group';
  readonly address?: Address;
  readonly email?: string;
  readonly phone?: string;
  /** `US2` (EIN) with `12-3456789`. */
  readonly taxNumbers?: readonly { readonly type: string; readonly number: string }[];
  readonly vatRegistration?: string;
  readonly companies: readonly NewSupplierCompany[];
}

interface Address {
  readonly street: string;
  readonly houseNumber?: string;
  readonly city: string;
  readonly postalCode: string;
  readonly region?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

interface NewSupplierCompany {
  readonly companyCode: string;
  /** Default 21100000. */
  readonly payableAccount?: string;
  readonly paymentTerms?: string;
  readonly paymentMethods?: string;
  readonly alternativePayee?: string;
  readonly paymentBlock?: string;
  /** Withholding tax types (US 1099 suppliers have some). */
  readonly withholdingTypes?: readonly string[];
}

/** What may change of a supplier; absent: stays. `email` and `phone` replace the old ones. */
export interface SupplierChanges {
  readonly name?: string;
  /** The old one gets an end date, and is the standard address to the end of the day. */
  readonly address?: Address;
  /** Written over the one that is there. */
  readonly correctedAddress?: Address;
  readonly email?: string;
  readonly phone?: string;
  readonly taxNumbers?: NewSupplier['taxNumbers'];
  readonly paymentBlocked?: boolean;
  readonly postingBlocked?: boolean;
  readonly deletionFlag?: boolean;
}

const categories = { person: '1', organization: '2', group: '3' } as const;

export function addSupplier(tenant: Tenant, supplier: NewSupplier): string {
  const { books, clock, random } = tenant;
  const number = supplier.supplier ?? nextNumber(books, 'supplier', 17_300_001, 8);
  if (table(books, 'A_Supplier').some(matches({ Supplier: number }))) {
    throw new Error(`Supplier ${number} exists already.`);
  }
  const today = isoDate(clock.now());
  table(books, 'A_BusinessPartner').push({
    BusinessPartner: number,
    Supplier: number,
    BusinessPartnerCategory: categories[supplier.category ?? 'organization'],
    BusinessPartnerGrouping: 'BP02',
    BusinessPartnerUUID: random.uuid(),
    Language: 'EN',
    CreationDate: today,
    ...nameRow(supplier.name),
  });
  table(books, 'A_Supplier').push({
    Supplier: number,
    SupplierName: supplier.name,
    SupplierFullName: supplier.name,
    SupplierAccountGroup: 'SUPL',
    VATRegistration: supplier.vatRegistration ?? '',
    CreationDate: today,
  });
  for (const role of ['FLVN00', 'FLVN01']) {
    table(books, 'A_BusinessPartnerRole').push({ BusinessPartner: number, BusinessPartnerRole: role });
  }
  for (const company of supplier.companies) addCompany(tenant, number, company);
  writeContact(tenant, number, supplier);
  writeTaxNumbers(tenant, number, supplier.taxNumbers ?? []);
  touch(tenant, number);
  return number;
}

export function changeSupplier(tenant: Tenant, supplier: string, changes: SupplierChanges): void {
  const { books } = tenant;
  const master = supplierRow(tenant, supplier);
  if (changes.name !== undefined) {
    Object.assign(master, { SupplierName: changes.name, SupplierFullName: changes.name });
    Object.assign(partnerRow(tenant, supplier), nameRow(changes.name));
  }
  if (changes.paymentBlocked !== undefined) master.PaymentIsBlockedForSupplier = changes.paymentBlocked;
  if (changes.postingBlocked !== undefined) master.PostingIsBlocked = changes.postingBlocked;
  if (changes.deletionFlag !== undefined) master.DeletionIndicator = changes.deletionFlag;
  if (changes.taxNumbers) {
    books.tables.A_BusinessPartnerTaxNumber = table(books, 'A_BusinessPartnerTaxNumber').filter(
      (row) => row.BusinessPartner !== supplier,
    );
    writeTaxNumbers(tenant, supplier, changes.taxNumbers);
  }
  if (changes.correctedAddress) correctAddress(tenant, supplier, changes.correctedAddress);
  writeContact(tenant, supplier, changes);
  const isOfChildrenOnly = changes.name === undefined;
  if (!isOfChildrenOnly || tenant.switches.childChangesMovePartnerStamp) touch(tenant, supplier);
}

export function supplierRow({ books }: Tenant, supplier: string): Row {
  const row = table(books, 'A_Supplier').find(matches({ Supplier: supplier }));
  if (!row) throw new Error(`Supplier ${supplier} does not exist.`);
  return row;
}

export function supplierCompanyRow(
  { books }: Tenant,
  supplier: string,
  companyCode: string,
): Row | undefined {
  return table(books, 'A_SupplierCompany').find(matches({ Supplier: supplier, CompanyCode: companyCode }));
}

function partnerRow({ books }: Tenant, supplier: string): Row {
  const row = table(books, 'A_BusinessPartner').find(matches({ Supplier: supplier }));
  if (!row) throw new Error(`Supplier ${supplier} has no business partner.`);
  return row;
}

function nameRow(name: string): Row {
  return {
    BusinessPartnerFullName: name,
    BusinessPartnerName: name,
    OrganizationBPName1: name.slice(0, 40),
    OrganizationBPName2: name.slice(40, 80),
    SearchTerm1: name.slice(0, 20).toUpperCase(),
  };
}

/** A change of a child entity: whether it moves the partner's stamp is unknown (SAP dossier §6). */
export function touchOfAddress(tenant: Tenant, addressId: string): void {
  if (!tenant.switches.childChangesMovePartnerStamp) return;
  const address = table(tenant.books, 'A_BusinessPartnerAddress').find(matches({ AddressID: addressId }));
  if (typeof address?.BusinessPartner === 'string') touch(tenant, address.BusinessPartner);
}

function touch(tenant: Tenant, supplier: string): void {
  const now = tenant.clock.now();
  const row = partnerRow(tenant, supplier);
  row.LastChangeDate = isoDate(now);
  row.LastChangeTime = `PT${isoTime(now).slice(11, 19).replace(':', 'H').replace(':', 'M')}S`;
}

function addCompany({ books }: Tenant, supplier: string, company: NewSupplierCompany): void {
  table(books, 'A_SupplierCompany').push({
    Supplier: supplier,
    CompanyCode: company.companyCode,
    CompanyCodeName: companyCodeOf(books, company.companyCode).name,
    ReconciliationAccount: company.payableAccount ?? '21100000',
    PaymentTerms: company.paymentTerms ?? 'NT30',
    PaymentMethodsList: company.paymentMethods ?? '',
    AlternativePayee: company.alternativePayee ?? '',
    PaymentBlockingReason: company.paymentBlock ?? '',
    IsToBeCheckedForDuplicates: true,
  });
  for (const type of company.withholdingTypes ?? []) {
    table(books, 'A_SupplierWithHoldingTax').push({
      Supplier: supplier,
      CompanyCode: company.companyCode,
      WithholdingTaxType: type,
    });
  }
}

function writeTaxNumbers(
  { books }: Tenant,
  supplier: string,
  numbers: NonNullable<NewSupplier['taxNumbers']>,
): void {
  for (const { type, number } of numbers) {
    table(books, 'A_BusinessPartnerTaxNumber').push({
      BusinessPartner: supplier,
      BPTaxType: type,
      BPTaxNumber: number,
    });
  }
}

/** A changed address is a new row, valid from now on; the old one keeps its place with an end date (§6). */
function writeContact(tenant: Tenant, supplier: string, { address, email, phone }: SupplierChanges): void {
  const { books } = tenant;
  const addressId = address ? newAddress(tenant, supplier, address) : currentAddress(tenant, supplier);
  if (addressId === undefined) return;
  const key = { AddressID: addressId, Person: '', OrdinalNumber: '001' };
  if (email !== undefined) {
    replace(books.tables, 'A_AddressEmailAddress', {
      ...key,
      EmailAddress: email,
      IsDefaultEmailAddress: true,
    });
  }
  if (phone !== undefined) {
    const row = { ...key, PhoneNumber: phone, PhoneNumberType: '1', IsDefaultPhoneNumber: true };
    replace(books.tables, 'A_AddressPhoneNumber', row);
  }
}

function replace(tables: Record<string, Row[]>, set: string, row: Row): void {
  const others = (tables[set] ?? []).filter((each) => each.AddressID !== row.AddressID);
  tables[set] = [...others, row];
}

function currentAddress(tenant: Tenant, supplier: string): string | undefined {
  const rows = table(tenant.books, 'A_BusinessPartnerAddress').filter(matches({ BusinessPartner: supplier }));
  const id = rows.at(-1)?.AddressID;
  return typeof id === 'string' ? id : undefined;
}

function newAddress(tenant: Tenant, supplier: string, address: Address): string {
  const { books, clock, random } = tenant;
  const now = isoTime(clock.now());
  const former = currentAddress(tenant, supplier);
  for (const row of table(books, 'A_BusinessPartnerAddress').filter(matches({ BusinessPartner: supplier }))) {
    if (row.ValidityEndDate === endOfTime) row.ValidityEndDate = now;
  }
  const addressId = nextNumber(books, 'address', 22_001, 5);
  table(books, 'A_BusinessPartnerAddress').push({
    BusinessPartner: supplier,
    AddressID: addressId,
    AddressUUID: random.uuid(),
    ValidityStartDate: former === undefined ? '2020-01-01T00:00:00.000Z' : now,
    ValidityEndDate: endOfTime,
    ...addressRow(address),
    Language: 'EN',
  });
  for (const set of ['A_AddressEmailAddress', 'A_AddressPhoneNumber']) {
    const kept = table(books, set).filter((row) => row.AddressID === former && former !== undefined);
    table(books, set).push(...kept.map((row) => ({ ...row, AddressID: addressId })));
  }
  return addressId;
}

function addressRow(address: Address): Row {
  return {
    StreetName: address.street,
    HouseNumber: address.houseNumber ?? '',
    CityName: address.city,
    PostalCode: address.postalCode,
    Region: address.region ?? '',
    Country: address.country,
  };
}

function correctAddress(tenant: Tenant, supplier: string, address: Address): void {
  const key = { AddressID: currentAddress(tenant, supplier) ?? '' };
  const row = table(tenant.books, 'A_BusinessPartnerAddress').find(matches(key));
  if (row === undefined) throw new Error(`Supplier ${supplier} has no address.`);
  Object.assign(row, addressRow(address));
}

const endOfTime = '9999-12-31T23:59:59.000Z';
