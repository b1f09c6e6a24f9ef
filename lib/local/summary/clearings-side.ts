import type { ClearingRecord } from '../../ledger/clearings.ts';
import type { BlockRecord } from '../../ledger/hand-over-blocks.ts';
import type { PaymentRecord } from '../../ledger/payments.ts';
import type { SapBooks } from '../sap-simulator/books.ts';
import { type Row, textOf } from '../sap-simulator/odata/entity-type.ts';

/** What the ledger says of SAP's asynchronous work. */
export interface AsynchronousWork {
  readonly clearings: readonly ClearingRecord[];
  readonly blocks: readonly BlockRecord[];
}

/** A supplier line in SAP's books. */
export interface LineInBooks {
  /** `1710/1500000042/2026`: the FI document. */
  readonly document: string;
  /** `1710/5105600101/2026`: the invoice that it belongs to; empty for other documents. */
  readonly invoice: string;
  readonly isCleared: boolean;
  /** It refers to an invoice that it pays partly. */
  readonly isPart: boolean;
  readonly block: string;
}

/** Supplier lines of SAP, read without the connector's help. */
export function supplierLinesOf({ tables }: SapBooks): LineInBooks[] {
  return (tables.A_OperationalAcctgDocItemCube ?? [])
    .filter((row) => row.FinancialAccountType === 'K')
    .map((row) => ({
      document: ['CompanyCode', 'AccountingDocument', 'FiscalYear']
        .map((name) => textOf(row, name))
        .join('/'),
      invoice: row.ReferenceDocumentType === 'RMRP' ? invoiceOf(row) : '',
      isCleared: row.IsCleared === true,
      isPart: textOf(row, 'InvoiceReference') !== '',
      block: textOf(row, 'PaymentBlockingReason'),
    }));
}

/** `held-back`: its time has not come. */
export function stateOf({ state, dueAt }: ClearingRecord, now: number): string {
  return state === 'due' && Date.parse(dueAt) > now ? 'held-back' : state;
}

/** A payment that came back, whose entry stands until an accountant has reset its clearing. */
export function waitsForReset({ exception }: PaymentRecord): boolean {
  return exception?.code === 'ENTRY_CLEARED_RESET_FIRST';
}

/** What SAP was asked for and has not done, and what the ledger and SAP's books do not agree on. */
export function* differencesInClearings(
  { clearings, blocks }: AsynchronousWork,
  now: number,
  lines?: readonly LineInBooks[],
): Generator<string> {
  for (const clearing of clearings) yield* differencesInClearing(clearing, now, lines);
  for (const { invoice, wanted, state } of blocks) {
    if (state === 'due' || state === 'asked') yield `The payment block of invoice ${invoice} is ${state}.`;
    const open = lines?.filter((line) => line.invoice === invoice && !line.isCleared) ?? [];
    if (state === 'done' && wanted === 'set' && open.some((line) => line.block === ''))
      yield `Invoice ${invoice} is in BILL, but not blocked in SAP.`;
  }
}

function* differencesInClearing(
  clearing: ClearingRecord,
  now: number,
  lines: readonly LineInBooks[] | undefined,
): Generator<string> {
  const document = `${clearing.companyCode}/${clearing.accountingDocument}/${clearing.fiscalYear}`;
  const state = stateOf(clearing, now);
  if (state === 'due' || state === 'asked') yield `The clearing of journal entry ${document} is ${state}.`;
  const own = lines?.filter((line) => line.document === document) ?? [];
  if (state === 'cleared' && own.some((line) => !line.isCleared && !line.isPart))
    yield `Journal entry ${document} is cleared for the ledger, but open in SAP.`;
  if (state === 'held-back' && own.some((line) => line.isCleared))
    yield `Journal entry ${document} is held back, but cleared in SAP.`;
}

function invoiceOf(row: Row): string {
  const reference = textOf(row, 'OriginalReferenceDocument');
  return `${textOf(row, 'CompanyCode')}/${reference.slice(0, 10)}/${reference.slice(10)}`;
}
