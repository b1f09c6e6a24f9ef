/** What the messages of the asynchronous services ask for (SAP dossier §§4.8, 9.8), as received. */
export type MessageRequest =
  | { readonly kind: 'clearing'; readonly isTest: boolean; readonly clearing: ClearingRequest }
  | { readonly kind: 'block-change'; readonly isTest: boolean; readonly change: BlockChange };

export interface ClearingRequest {
  readonly companyCode: string;
  readonly documentType: string;
  readonly documentDate: string;
  readonly postingDate: string;
  readonly currency: string;
  readonly headerText: string;
  readonly reference: string;
  readonly createdBy: string;
  readonly items: readonly ClearingRequestItem[];
}

export interface LineKey {
  readonly companyCode: string;
  readonly accountingDocument: string;
  readonly fiscalYear: string;
  /** Three digits. */
  readonly item: string;
}

export interface ClearingRequestItem extends LineKey {
  readonly accountType: string;
  readonly account: string;
  /** Decimal text; its sign does not matter. Absent: the whole line. */
  readonly partialAmount?: string;
}

export interface BlockChange extends LineKey {
  /** Empty: no block. */
  readonly block: string;
  readonly isRequested: boolean;
}
