import { type EntityType, entityType, many, one } from '../odata/entity-type.ts';

/** API_BUSINESS_PARTNER, as far as suppliers go (SAP dossier §6; metadata as a tenant served it, July 2026). */
export const businessPartnerEntities: readonly EntityType[] = [
  entityType(
    'A_BusinessPartner',
    'BusinessPartner',
    `BusinessPartner:10 Customer:10 Supplier:10 BusinessPartnerCategory:1 BusinessPartnerFullName:81
     BusinessPartnerGrouping:4 BusinessPartnerName:81 BusinessPartnerUUID:guid CorrespondenceLanguage:2
     CreatedByUser:12 CreationDate:date CreationTime:time FirstName:40 FormOfAddress:4 Industry:10
     IsNaturalPerson:1 Language:2 LastChangeDate:date LastChangeTime:time LastChangedByUser:12 LastName:40
     LegalForm:2 OrganizationBPName1:40 OrganizationBPName2:40 OrganizationBPName3:40 OrganizationBPName4:40
     SearchTerm1:20 SearchTerm2:20 BusinessPartnerIsBlocked:bool BusinessPartnerType:4 ETag:26
     GroupBusinessPartnerName1:40 GroupBusinessPartnerName2:40 MiddleName:40 PersonFullName:80
     IsMarkedForArchiving:bool TradingPartner:6`,
    {
      to_BusinessPartnerAddress: many('A_BusinessPartnerAddress', 'BusinessPartner'),
      to_BusinessPartnerRole: many('A_BusinessPartnerRole', 'BusinessPartner'),
      to_BusinessPartnerTax: many('A_BusinessPartnerTaxNumber', 'BusinessPartner'),
      to_BusinessPartnerBank: many('A_BusinessPartnerBank', 'BusinessPartner'),
      to_Supplier: one('A_Supplier', 'Supplier'),
    },
  ),
  entityType(
    'A_BusinessPartnerAddress',
    'BusinessPartner AddressID',
    `BusinessPartner:10 AddressID:10 ValidityStartDate:moment ValidityEndDate:moment AddressUUID:guid
     AdditionalStreetPrefixName:40 AdditionalStreetSuffixName:40 AddressTimeZone:6 CareOfName:40 CityName:40
     CompanyPostalCode:10 Country:3 County:40 District:40 FullName:80 HouseNumber:10 HouseNumberSupplementText:10
     Language:2 POBox:10 POBoxDeviatingCityName:40 POBoxDeviatingCountry:3 POBoxDeviatingRegion:3
     POBoxIsWithoutNumber:bool POBoxPostalCode:10 Person:10 PostalCode:10 Region:3 StreetName:60
     StreetPrefixName:40 StreetSuffixName:40 TaxJurisdiction:15`,
    {
      to_EmailAddress: many('A_AddressEmailAddress', 'AddressID Person'),
      to_PhoneNumber: many('A_AddressPhoneNumber', 'AddressID Person', { PhoneNumberType: '1' }),
      to_MobilePhoneNumber: many('A_AddressPhoneNumber', 'AddressID Person', { PhoneNumberType: '3' }),
    },
  ),
  entityType(
    'A_AddressEmailAddress',
    'AddressID Person OrdinalNumber',
    `AddressID:10 Person:10 OrdinalNumber:n3 IsDefaultEmailAddress:bool EmailAddress:241 SearchEmailAddress:20
     AddressCommunicationRemarkText:50`,
  ),
  entityType(
    'A_AddressPhoneNumber',
    'AddressID Person OrdinalNumber',
    `AddressID:10 Person:10 OrdinalNumber:n3 DestinationLocationCountry:3 IsDefaultPhoneNumber:bool
     PhoneNumber:30 PhoneNumberExtension:10 InternationalPhoneNumber:30 PhoneNumberType:1
     AddressCommunicationRemarkText:50`,
  ),
  entityType(
    'A_BusinessPartnerRole',
    'BusinessPartner BusinessPartnerRole',
    'BusinessPartner:10 BusinessPartnerRole:6 ValidFrom:moment ValidTo:moment AuthorizationGroup:4',
  ),
  entityType(
    'A_BusinessPartnerTaxNumber',
    'BusinessPartner BPTaxType',
    'BusinessPartner:10 BPTaxType:4 BPTaxNumber:20 BPTaxLongNumber:60 AuthorizationGroup:4',
  ),
  entityType(
    'A_BusinessPartnerBank',
    'BusinessPartner BankIdentification',
    'BusinessPartner:10 BankIdentification:4 BankCountryKey:3 BankAccountHolderName:60',
  ),
  entityType(
    'A_Supplier',
    'Supplier',
    `Supplier:10 AlternativePayeeAccountNumber:10 CreatedByUser:12 CreationDate:date Customer:10
     PaymentIsBlockedForSupplier:bool PostingIsBlocked:bool PurchasingIsBlocked:bool SupplierAccountGroup:4
     SupplierFullName:220 SupplierName:80 VATRegistration:20 DeletionIndicator:bool IsNaturalPerson:1
     SupplierProcurementBlock:2 TaxNumber1:16 TaxNumber2:11 TaxNumber3:18 TaxNumber4:18 TaxNumber5:60`,
    {
      to_SupplierCompany: many('A_SupplierCompany', 'Supplier'),
      to_SupplierPurchasingOrg: many('A_SupplierPurchasingOrg', 'Supplier'),
    },
  ),
  entityType(
    'A_SupplierPurchasingOrg',
    'Supplier PurchasingOrganization',
    'Supplier:10 PurchasingOrganization:4 PurchaseOrderCurrency:5 PaymentTerms:4 DeletionIndicator:bool',
  ),
  entityType(
    'A_SupplierCompany',
    'Supplier CompanyCode',
    `Supplier:10 CompanyCode:4 CompanyCodeName:25 PaymentBlockingReason:1 SupplierIsBlockedForPosting:bool
     PaymentMethodsList:10 PaymentTerms:4 ClearCustomerSupplier:bool ItemIsToBePaidSeparately:bool HouseBank:5
     Currency:5 ReconciliationAccount:10 AlternativePayee:10 WithholdingTaxCountry:3 DeletionIndicator:bool
     IsToBeCheckedForDuplicates:bool MinorityGroup:3 SupplierAccountGroup:4`,
    { to_Supplier: one('A_Supplier', 'Supplier') },
  ),
];
