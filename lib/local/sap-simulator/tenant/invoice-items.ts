import { type Amount, negate } from '../../../money.ts';
import { type SapBooks, table } from '../books.ts';
import { type Row, textOf } from '../odata/entity-type.ts';
import { matches } from '../odata/related-rows.ts';
import type { Assignment, NewInvoice, NewInvoiceLine } from './new-invoice.ts';

/** The item sets of an invoice (SAP dossier §4.2). */
export const itemSets = [
  'A_SuplrInvcItemPurOrdRef',
  'A_SuplrInvcItemAcctAssgmt',
  'A_SupplierInvoiceItemGLAcct',
  'A_SupplierInvoiceItemMaterial',
  'A_SupplierInvoiceItemAsset',
  'A_SupplierInvoiceTax',
  'A_SuplrInvcHeaderWhldgTax',
  'A_SuplrInvcSeldPurgDocument',
] as const;

interface Target {
  readonly books: SapBooks;
  /** Key, company code and currency, which every item repeats. */
  readonly common: Row;
  readonly currency: string;
  readonly isCreditMemo: boolean;
}

/** Writes the rows of all items; each kind counts its own items. */
export function writeItems(
  books: SapBooks,
  header: Row,
  invoice: Pick<NewInvoice, 'lines' | 'taxes' | 'withholdingTaxes'>,
): void {
  const target: Target = {
    books,
    common: {
      SupplierInvoice: textOf(header, 'SupplierInvoice'),
      FiscalYear: textOf(header, 'FiscalYear'),
      CompanyCode: textOf(header, 'CompanyCode'),
      DocumentCurrency: textOf(header, 'DocumentCurrency'),
    },
    currency: textOf(header, 'DocumentCurrency'),
    isCreditMemo: header.SupplierInvoiceIsCreditMemo === 'X',
  };
  for (const kind of ['purchase-order', 'gl-account', 'material', 'asset'] as const) {
    invoice.lines
      .filter((line) => line.kind === kind)
      .forEach((line, index) => {
        writeLine(target, line, index + 1);
      });
  }
  writeTaxes(target, invoice);
}

function writeLine(target: Target, line: NewInvoiceLine, number: number): void {
  if (line.kind === 'purchase-order') writeOrderLine(target, line, String(number).padStart(6, '0'));
  else if (line.kind === 'gl-account') writeGlLine(target, line, String(number).padStart(4, '0'));
  else if (line.kind === 'material') writeMaterialLine(target, line, String(number).padStart(6, '0'));
  else writeAssetLine(target, line, String(number).padStart(4, '0'));
}

type LineOf<Kind extends NewInvoiceLine['kind']> = Extract<NewInvoiceLine, { kind: Kind }>;

function writeGlLine(target: Target, line: LineOf<'gl-account'>, item: string): void {
  table(target.books, 'A_SupplierInvoiceItemGLAcct').push({
    ...target.common,
    ...itemRow(line, item),
    ...assignmentRow(target.books, line),
    ...signed(target, line.amount),
  });
}

function writeMaterialLine(target: Target, line: LineOf<'material'>, item: string): void {
  table(target.books, 'A_SupplierInvoiceItemMaterial').push({
    ...target.common,
    SupplierInvoiceItem: item,
    TaxCode: line.taxCode ?? '',
    Material: line.material,
    Plant: textOf(target.common, 'CompanyCode'),
    Quantity: line.quantity,
    QuantityUnit: line.unit,
    ...signed(target, line.amount),
  });
}

function writeAssetLine(target: Target, line: LineOf<'asset'>, item: string): void {
  table(target.books, 'A_SupplierInvoiceItemAsset').push({
    ...target.common,
    ...itemRow(line, item),
    MasterFixedAsset: line.masterFixedAsset,
    FixedAsset: '0000',
    GLAccount: '16001000',
    ...signed(target, line.amount),
  });
}

function writeOrderLine(target: Target, line: LineOf<'purchase-order'>, item: string): void {
  const { books, common } = target;
  const orderKey = { PurchaseOrder: line.purchaseOrder, PurchaseOrderItem: line.purchaseOrderItem };
  const orderItem = table(books, 'PurchaseOrderItem').find(matches(orderKey));
  if (!orderItem)
    throw new Error(`Purchase order ${line.purchaseOrder} has no item ${line.purchaseOrderItem}.`);
  const unit = line.unit ?? textOf(orderItem, 'PurchaseOrderQuantityUnit');
  table(books, 'A_SuplrInvcItemPurOrdRef').push({
    ...common,
    ...itemRow(line, item),
    ...orderKey,
    Plant: textOf(common, 'CompanyCode'),
    SupplierInvoiceItemAmount: line.amount,
    IsSubsequentDebitCredit: line.isSubsequent ? 'X' : '',
    QuantityInPurchaseOrderUnit: line.quantity ?? textOf(orderItem, 'OrderQuantity'),
    PurchaseOrderQuantityUnit: unit,
    PurchaseOrderQtyUnitSAPCode: unit,
    PurchaseOrderQtyUnitISOCode: unit,
  });
  table(books, 'A_SuplrInvcSeldPurgDocument').push({ ...common, ...orderKey });
  const shares = line.shares ?? sharesOfOrder(books, orderKey, line.amount);
  shares.forEach((share, index) => {
    table(books, 'A_SuplrInvcItemAcctAssgmt').push({
      ...common,
      SupplierInvoiceItem: item,
      OrdinalNumber: String(index + 1).padStart(4, '0'),
      AccountAssignmentNumber: String(index + 1).padStart(2, '0'),
      ...assignmentRow(books, share),
      SuplrInvcAcctAssignmentAmount: share.amount.replace('-', ''),
      DebitCreditCode: share.amount.startsWith('-') === target.isCreditMemo ? 'S' : 'H',
      TaxCode: line.taxCode ?? '',
      PurchaseOrderQuantityUnit: unit,
      Quantity: share.quantity ?? line.quantity ?? textOf(orderItem, 'OrderQuantity'),
    });
  });
}

function sharesOfOrder(books: SapBooks, orderKey: Row, amount: Amount) {
  const assignment = table(books, 'PurchaseOrderAccountAssignment').find(matches(orderKey));
  if (!assignment) return [];
  const [glAccount, costCenter, profitCenter] = ['GLAccount', 'CostCenter', 'ProfitCenter'].map((name) =>
    textOf(assignment, name),
  );
  const quantity = textOf(assignment, 'Quantity');
  return [
    {
      glAccount: glAccount ?? '',
      costCenter: costCenter ?? '',
      profitCenter: profitCenter ?? '',
      amount,
      quantity,
    },
  ];
}

function writeTaxes(
  { books, common }: Target,
  invoice: Pick<NewInvoice, 'taxes' | 'withholdingTaxes'>,
): void {
  (invoice.taxes ?? []).forEach(({ taxCode, amount, base }, index) => {
    table(books, 'A_SupplierInvoiceTax').push({
      ...common,
      TaxCode: taxCode,
      SupplierInvoiceTaxCounter: String(index + 1).padStart(6, '0'),
      TaxAmount: amount,
      TaxBaseAmountInTransCrcy: base ?? '0',
    });
  });
  for (const { type, code, baseAmount, manualAmount } of invoice.withholdingTaxes ?? []) {
    table(books, 'A_SuplrInvcHeaderWhldgTax').push({
      ...common,
      WithholdingTaxType: type,
      WithholdingTaxCode: code,
      WithholdingTaxBaseAmount: baseAmount,
      ManuallyEnteredWhldgTaxAmount: manualAmount ?? '0',
      WhldgTaxIsEnteredManually: manualAmount !== undefined,
    });
  }
}

function itemRow(line: NewInvoiceLine, item: string): Row {
  return { SupplierInvoiceItem: item, SupplierInvoiceItemText: line.text ?? '', TaxCode: line.taxCode ?? '' };
}

/** The profit center comes from the cost center where none is entered. */
function assignmentRow({ organization }: SapBooks, assignment: Assignment): Row {
  const costCenter = organization.costCenters[assignment.costCenter ?? ''];
  return {
    GLAccount: assignment.glAccount,
    CostCenter: assignment.costCenter ?? '',
    ProfitCenter: assignment.profitCenter || (costCenter?.profitCenter ?? ''),
    WBSElement: assignment.wbsElement ?? '',
    InternalOrder: assignment.internalOrder ?? '',
    ControllingArea: 'A000',
  };
}

/** Amounts are positive; the debit/credit code carries the sign: `S` debits what the invoice bought (§4.2). */
function signed({ currency, isCreditMemo }: Target, amount: Amount): Row {
  const isNegative = amount.startsWith('-');
  return {
    SupplierInvoiceItemAmount: isNegative ? negate(amount, currency) : amount,
    DebitCreditCode: isNegative === isCreditMemo ? 'S' : 'H',
  };
}
