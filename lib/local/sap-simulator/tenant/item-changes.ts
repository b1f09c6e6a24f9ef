import { table } from '../books.ts';
import { type Row, textOf } from '../odata/entity-type.ts';
import { matches } from '../odata/related-rows.ts';
import { moveChangeStamp } from './change-stamp.ts';
import { journalItems } from './fi-documents.ts';
import type { BlockChange, LineKey } from './message-requests.ts';
import type { Tenant } from './tenant.ts';

/** The supplier line of this key. */
export function supplierLine({ books }: Tenant, key: LineKey): Row | undefined {
  return table(books, journalItems).find(
    matches({
      CompanyCode: key.companyCode,
      FiscalYear: key.fiscalYear,
      AccountingDocument: key.accountingDocument,
      AccountingDocumentItem: key.item,
      FinancialAccountType: 'K',
    }),
  );
}

/** `1710/5100000001/2026/001`. */
export function lineName({ companyCode, accountingDocument, fiscalYear, item }: LineKey): string {
  return `${companyCode}/${accountingDocument}/${fiscalYear}/${item}`;
}

/** Sets or lifts the payment block of one line (SAP dossier §4.8); gives back why not. */
export function changeBlock(tenant: Tenant, change: BlockChange, isTest: boolean): string {
  const line = supplierLine(tenant, change);
  if (line === undefined) return `Item ${lineName(change)} does not exist`;
  if (line.IsCleared === true) return `Item ${lineName(change)} is cleared`;
  if (!change.isRequested) return `Item ${lineName(change)}: no change is requested`;
  if (change.block === '' && !tenant.switches.liftsBlocks)
    return `Item ${lineName(change)}: payment block is initial`;
  if (isTest) return '';
  line.PaymentBlockingReason = change.block;
  if (tenant.switches.fiBlockMovesStamp) touchInvoice(tenant, line);
  return '';
}

function touchInvoice(tenant: Tenant, line: Row): void {
  const reference = textOf(line, 'OriginalReferenceDocument');
  const invoice = table(tenant.books, 'A_SupplierInvoice').find(
    matches({ SupplierInvoice: reference.slice(0, 10), FiscalYear: reference.slice(10) }),
  );
  if (line.ReferenceDocumentType === 'RMRP' && invoice !== undefined) moveChangeStamp(tenant, invoice);
}
