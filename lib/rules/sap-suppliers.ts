/** SAP's suppliers, in the same notation as its invoices (sap-invoices.ts); source: the SAP dossier, §6. */
export interface SupplierCompany {
  readonly companyCode: string;
  readonly payableAccount?: string;
  readonly paymentBlock?: string;
  readonly paymentMethods?: string;
  readonly alternativePayee?: string;
  readonly currency?: string;
  readonly postingBlocked: boolean;
  readonly deletionFlag: boolean;
}

/** Business partner in the role of a supplier, with its address valid today (§6). */
export interface Supplier {
  readonly supplier: string;
  readonly businessPartner: string;
  readonly name: string;
  readonly category?: 'person' | 'organization' | 'group';
  readonly address?: {
    readonly street?: string;
    readonly houseNumber?: string;
    readonly city?: string;
    readonly postalCode?: string;
    readonly region?: string;
    /** ISO 3166-1 alpha-2. */
    readonly country?: string;
  };
  readonly email?: string;
  readonly phone?: string;
  readonly taxNumbers: readonly { readonly type: string; readonly number: string }[];
  readonly vatRegistration?: string;
  readonly paymentBlocked: boolean;
  readonly postingBlocked: boolean;
  readonly deletionFlag: boolean;
  readonly companies: readonly SupplierCompany[];
}

/** Name and place of a one-time supplier, which stand on its invoice alone; never its bank data (§4.2). */
export interface OneTimeSupplier {
  readonly supplierInvoice: string;
  readonly fiscalYear: string;
  readonly name: string;
  readonly city?: string;
  readonly country?: string;
}

/** A supplier whose business partner was changed, in the order of the changes. */
export interface ChangedSupplier {
  readonly supplier: string;
  readonly businessPartner: string;
  readonly name: string;
  /** `yyyy-mm-ddThh:mm:ss` of LastChangeDate and LastChangeTime, in SAP's own time zone (§6). */
  readonly changedAt: string;
}

/** What is created in SAP for a vendor that was born in BILL (§6): never bank details. */
export interface NewSupplier {
  /** OrganizationBPName1 to 4, at most 40 characters each. */
  readonly names: readonly string[];
  /** SearchTerm2: the look-up key of this creation, 16 characters. */
  readonly searchKey: string;
  readonly grouping: string;
  readonly address: {
    readonly street: string;
    readonly city: string;
    readonly postalCode: string;
    readonly region?: string;
    readonly country: string;
  };
  readonly email?: string;
  readonly phone?: string;
  readonly taxNumber?: { readonly type: string; readonly number: string };
  readonly companies: readonly {
    readonly companyCode: string;
    readonly payableAccount: string;
    readonly paymentTerms: string;
  }[];
  readonly purchasing?: {
    readonly organization: string;
    readonly currency: string;
    readonly paymentTerms: string;
  };
}

/** E-mail and phone of a supplier's standard address. */
export interface SupplierContact {
  readonly email?: string;
  readonly phone?: string;
}
