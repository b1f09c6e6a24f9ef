import { type EntityType, entityType, many, one } from '../odata/entity-type.ts';

/** API_GLACCOUNTINCHARTOFACCOUNTS_SRV (SAP dossier §8; metadata as a tenant served it, July 2026). */
export const glAccountEntities: readonly EntityType[] = [
  entityType(
    'A_GLAccountInChartOfAccounts',
    'ChartOfAccounts GLAccount',
    `ChartOfAccounts:4 GLAccount:10 IsBalanceSheetAccount:bool GLAccountGroup:4 CorporateGroupAccount:10
     ProfitLossAccountType:2 SampleGLAccount:10 AccountIsMarkedForDeletion:bool AccountIsBlockedForCreation:bool
     AccountIsBlockedForPosting:bool AccountIsBlockedForPlanning:bool PartnerCompany:6 FunctionalArea:16
     CreationDate:date CreatedByUser:12 LastChangeDateTime:moment GLAccountType:1 GLAccountExternal:10
     IsProfitLossAccount:bool`,
    { to_Text: many('A_GLAccountText', 'ChartOfAccounts GLAccount') },
  ),
  entityType(
    'A_GLAccountText',
    'ChartOfAccounts GLAccount Language',
    `ChartOfAccounts:4 GLAccount:10 Language:2 GLAccountName:20 GLAccountLongName:50 LastChangeDateTime:moment`,
    { to_GLAccountInChartOfAccounts: one('A_GLAccountInChartOfAccounts', 'ChartOfAccounts GLAccount') },
  ),
];

/** API_COSTCENTER_SRV: no change stamp, one row for each period (metadata as a tenant served it, 2020). */
export const costCenterEntities: readonly EntityType[] = [
  entityType(
    'A_CostCenter',
    'ControllingArea CostCenter ValidityEndDate',
    `ControllingArea:4 CostCenter:10 ValidityEndDate:date ValidityStartDate:date CompanyCode:4 BusinessArea:4
     CostCtrResponsiblePersonName:20 CostCtrResponsibleUser:12 CostCenterCurrency:5 ProfitCenter:10 Department:12
     CostingSheet:6 FunctionalArea:16 Country:3 Region:3 CityName:35 CostCenterStandardHierArea:12
     CostCenterCategory:1 IsBlkdForPrimaryCostsPosting:1 IsBlkdForSecondaryCostsPosting:1
     IsBlockedForRevenuePosting:1 IsBlockedForCommitmentPosting:1 IsBlockedForPlanPrimaryCosts:1
     IsBlockedForPlanSecondaryCosts:1 IsBlockedForPlanRevenues:1 ConsumptionQtyIsRecorded:1 Language:2
     CostCenterCreatedByUser:12 CostCenterCreationDate:date`,
    { to_Text: many('A_CostCenterText', 'ControllingArea CostCenter ValidityEndDate') },
  ),
  entityType(
    'A_CostCenterText',
    'CostCenter ControllingArea Language ValidityEndDate',
    `CostCenter:10 ControllingArea:4 Language:2 ValidityEndDate:date ValidityStartDate:date CostCenterName:20
     CostCenterDescription:40`,
    { to_CostCenter: one('A_CostCenter', 'ControllingArea CostCenter ValidityEndDate') },
  ),
];

/** API_PROFITCENTER_SRV (SAP Cloud SDK model 2.1.0): what may be filtered is not known, so nothing may be here. */
export const profitCenterEntities: readonly EntityType[] = [
  entityType(
    'A_ProfitCenter',
    'ControllingArea ProfitCenter ValidityEndDate',
    `ControllingArea:4- ProfitCenter:10- ValidityEndDate:date- ProfitCtrResponsiblePersonName:20- CompanyCode:4-
     ProfitCtrResponsibleUser:12- ValidityStartDate:date- Department:12- ProfitCenterStandardHierarchy:12-
     Segment:10- ProfitCenterIsBlocked:1-`,
    { to_Text: many('A_ProfitCenterText', 'ControllingArea ProfitCenter ValidityEndDate') },
  ),
  entityType(
    'A_ProfitCenterText',
    'Language ControllingArea ProfitCenter ValidityEndDate',
    `Language:2- ControllingArea:4- ProfitCenter:10- ValidityEndDate:date- ValidityStartDate:date-
     ProfitCenterName:20- ProfitCenterLongName:40-`,
    { to_ProfitCenter: one('A_ProfitCenter', 'ControllingArea ProfitCenter ValidityEndDate') },
  ),
];

/** API_COMPANYCODE_SRV (metadata as a tenant served it, July 2026). */
export const companyCodeEntities: readonly EntityType[] = [
  entityType(
    'A_CompanyCode',
    'CompanyCode',
    `CompanyCode:4 CompanyCodeName:25 CityName:25 Country:3 Currency:5 Language:2 ChartOfAccounts:4
     FiscalYearVariant:2 Company:6 CreditControlArea:4 CountryChartOfAccounts:4 FinancialManagementArea:4
     AddressID:10 TaxableEntity:4 VATRegistration:20 ExtendedWhldgTaxIsActive:bool ControllingArea:4
     FieldStatusVariant:4 NonTaxableTransactionTaxCode:2 DocDateIsUsedForTaxDetn:bool TaxRptgDateIsActive:bool`,
  ),
];
