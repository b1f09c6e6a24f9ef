import * as z from 'zod';
import {
  flag,
  optionalMoment,
  optionalNumber,
  optionalText,
  requiredText,
  rows,
  withoutZeros,
} from './odata-values.ts';

/** A_BusinessPartner with address, communication, tax numbers and supplier data (SAP dossier §6). */
const metadata = z.object({ etag: z.string().optional() }).optional();
const ownKey = {
  AddressID: z.string().default(''),
  Person: z.string().default(''),
  OrdinalNumber: z.string().default(''),
  __metadata: metadata,
};

const emailRow = z.object({ ...ownKey, EmailAddress: optionalText, IsDefaultEmailAddress: flag });

const phoneRow = z.object({
  ...ownKey,
  PhoneNumber: optionalText,
  InternationalPhoneNumber: optionalText,
  IsDefaultPhoneNumber: flag,
});

export const addressRow = z.object({
  AddressID: z.string(),
  ValidityStartDate: optionalMoment,
  ValidityEndDate: optionalMoment,
  StreetName: optionalText,
  HouseNumber: optionalText,
  CityName: optionalText,
  PostalCode: optionalText,
  Region: optionalText,
  Country: optionalText,
  to_EmailAddress: rows(emailRow),
  to_PhoneNumber: rows(phoneRow),
});

const taxNumberRow = z.object({
  BPTaxType: requiredText,
  BPTaxNumber: optionalText,
  BPTaxLongNumber: optionalText,
});

const supplierCompanyRow = z.object({
  CompanyCode: requiredText,
  ReconciliationAccount: optionalNumber,
  PaymentBlockingReason: optionalText,
  PaymentMethodsList: optionalText,
  AlternativePayee: optionalNumber,
  Currency: optionalText,
  SupplierIsBlockedForPosting: flag,
  DeletionIndicator: flag,
});

const supplierMasterRow = z.object({
  SupplierName: optionalText,
  VATRegistration: optionalText,
  PaymentIsBlockedForSupplier: flag,
  PostingIsBlocked: flag,
  DeletionIndicator: flag,
  AlternativePayeeAccountNumber: optionalNumber,
  to_SupplierCompany: rows(supplierCompanyRow),
});

export const businessPartnerRow = z.object({
  BusinessPartner: requiredText,
  Supplier: requiredText.transform(withoutZeros),
  BusinessPartnerCategory: optionalText,
  BusinessPartnerFullName: optionalText,
  BusinessPartnerName: optionalText,
  BusinessPartnerIsBlocked: flag,
  IsMarkedForArchiving: flag,
  to_BusinessPartnerAddress: rows(addressRow),
  to_BusinessPartnerTax: rows(taxNumberRow),
  to_Supplier: supplierMasterRow.nullish(),
});
