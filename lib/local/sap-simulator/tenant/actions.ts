import { isoTime } from '../../../clock.ts';
import type { InvoiceKey } from '../../../rules/sap-invoices.ts';
import type { SapBooks } from '../books.ts';
import type { GlAccount } from '../organization.ts';
import { attachFile, type NewFile, removeFile } from './attachments.ts';
import { companyCodeOf, type FiDocument } from './fi-documents.ts';
import {
  changeInvoice,
  deleteParked,
  type InvoiceChanges,
  postParked,
  releaseBlock,
  setFiBlock,
} from './invoice-changes.ts';
import { payInSap, reverseInvoice } from './invoice-endings.ts';
import { enterInvoice } from './invoices.ts';
import type { NewInvoice } from './new-invoice.ts';
import { addPurchaseOrder, type NewPurchaseOrder } from './purchase-orders.ts';
import { resetClearing } from './reset-clearing.ts';
import { addSupplier, changeSupplier, type NewSupplier, type SupplierChanges } from './suppliers.ts';
import type { Tenant } from './tenant.ts';

/** What people do inside SAP. Each throws an Error for what SAP would not let them do. */
export interface SapTenantActions {
  /** Creates a supplier with its business partner; returns its number. */
  addSupplier(supplier: NewSupplier): string;
  changeSupplier(supplier: string, changes: SupplierChanges): void;
  /** Returns the order's number; items are 00010, 00020, … */
  addPurchaseOrder(order: NewPurchaseOrder): string;
  /** Enters an invoice: posted with its FI document, or parked where `status` says so. */
  postInvoice(invoice: NewInvoice): InvoiceKey;
  /** Posts a parked invoice. */
  postParked(key: InvoiceKey, fiVisibilityDelayMs?: number): void;
  /** Deletes a parked invoice. */
  deleteParked(key: InvoiceKey): void;
  /** Lifts the payment block, in the invoice and in FI, or in FI only. */
  releaseBlock(key: InvoiceKey, where?: 'everywhere' | 'fi-only'): void;
  /** Sets or lifts (``) the block of the FI lines only. */
  setFiBlock(key: InvoiceKey, block: string): void;
  changeInvoice(key: InvoiceKey, changes: InvoiceChanges): void;
  /** Attaches a file to an invoice. */
  attachFile(key: InvoiceKey, file: NewFile): void;
  /** Removes the files of this name. */
  removeFile(key: InvoiceKey, name: string): void;
  /** Cancels a posted invoice; returns the reversing one. */
  reverseInvoice(key: InvoiceKey, how?: { reason?: string; postingDate?: string }): InvoiceKey;
  /** Pays the open supplier lines inside SAP; clears them. */
  payInSap(key: InvoiceKey, postingDate?: string): FiDocument;
  /** Resets a clearing: its lines are open again (SAP dossier §9.7). */
  resetClearing(clearing: FiDocument): void;
  /** Closes a posting period, `yyyy-mm`. */
  closePeriod(companyCode: string, period: string): void;
  openPeriod(companyCode: string, period: string): void;
  blockCostCenter(costCenter: string): void;
  unblockCostCenter(costCenter: string): void;
  /** Ends its validity; what is posted already stays. */
  endCostCenter(costCenter: string, validTo: string): void;
  /** Adds a G/L account, or changes one. */
  setGlAccount(glAccount: string, account: GlAccount): void;
  /** Unlocks the communication user after too many wrong secrets. */
  unlockUser(): void;
  /** The next postings are done, but their answers are cut with 504 (dossier §3.3). */
  cutNextAnswers(count: number): void;
}

export function tenantActions(tenant: Tenant, changed: () => void): SapTenantActions {
  const { books } = tenant;
  const recorded = <Result>(result: Result): Result => {
    changed();
    return result;
  };
  return {
    addSupplier: (supplier) => recorded(addSupplier(tenant, supplier)),
    changeSupplier: (supplier, changes) => recorded(changeSupplier(tenant, supplier, changes)),
    addPurchaseOrder: (order) => recorded(addPurchaseOrder(tenant, order)),
    postInvoice: (invoice) => recorded(enterInvoice(tenant, invoice)),
    postParked: (key, delayMs) => recorded(postParked(tenant, key, delayMs)),
    deleteParked: (key) => recorded(deleteParked(tenant, key)),
    releaseBlock: (key, where) => recorded(releaseBlock(tenant, key, where)),
    setFiBlock: (key, block) => recorded(setFiBlock(tenant, key, block)),
    changeInvoice: (key, changes) => recorded(changeInvoice(tenant, key, changes)),
    attachFile: (key, file) => recorded(attachFile(tenant, key, file)),
    removeFile: (key, name) => recorded(removeFile(tenant, key, name)),
    reverseInvoice: (key, how) => recorded(reverseInvoice(tenant, key, how)),
    payInSap: (key, postingDate) => recorded(payInSap(tenant, key, postingDate)),
    resetClearing: (clearing) => recorded(resetClearing(tenant, clearing)),
    closePeriod: (code, period) => recorded(closePeriod(books, code, period)),
    openPeriod: (code, period) => recorded(openPeriod(books, code, period)),
    blockCostCenter: (costCenter) => recorded(setCostCenterBlock(books, costCenter, true)),
    unblockCostCenter: (costCenter) => recorded(setCostCenterBlock(books, costCenter, false)),
    endCostCenter: (costCenter, validTo) => recorded(endCostCenter(books, costCenter, validTo)),
    setGlAccount: (glAccount, account) => {
      const changedAt = isoTime(tenant.clock.now());
      books.organization.glAccounts[glAccount] = { ...account, changedAt };
      changed();
    },
    unlockUser: () => {
      books.access.wrongSecrets = 0;
      changed();
    },
    cutNextAnswers: (count) => {
      books.answersToCut = count;
      changed();
    },
  };
}

function closePeriod(books: SapBooks, companyCode: string, period: string): void {
  companyCodeOf(books, companyCode).closedPeriods.push(period);
}

function openPeriod(books: SapBooks, companyCode: string, period: string): void {
  const { closedPeriods } = companyCodeOf(books, companyCode);
  closedPeriods.splice(0, closedPeriods.length, ...closedPeriods.filter((each) => each !== period));
}

function setCostCenterBlock(books: SapBooks, costCenter: string, isBlocked: boolean): void {
  costCenterOf(books, costCenter).isBlocked = isBlocked;
}

function endCostCenter(books: SapBooks, costCenter: string, validTo: string): void {
  costCenterOf(books, costCenter).validTo = validTo;
}

function costCenterOf(books: SapBooks, costCenter: string) {
  const center = books.organization.costCenters[costCenter];
  if (!center) throw new Error(`Cost center ${costCenter} does not exist.`);
  return center;
}
