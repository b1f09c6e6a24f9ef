import { type Amount, amount, negate, sameAmount, sum } from '../money.ts';
import type { InvoiceLine } from '../rules/sap-invoices.ts';
import { present } from './present.ts';
import { hasAmount, type SupplierInvoiceRow } from './supplier-invoice-shape.ts';

/**
 * The lines of an invoice, net of tax: one for each account-assignment share of a purchase-order item (one for the
 * item where it has none, as with stock), one for each G/L, material and asset item, and one for unplanned delivery
 * cost.
 *
 * Signs. SAP's item amounts are positive and `DebitCreditCode` tells the side (SAP dossier §4.2). A line on the
 * document's own side is positive, one on the other side negative, so that lines + taxes = gross with a positive
 * gross. An invoice's own side is debit (`S`). A credit memo's is credit (`H`): its usual lines are positive too,
 * and `isCreditMemo` alone tells the direction. Whether SAP shows a memo's items with `H` or leaves `S` is not
 * documented (SAP dossier §13, question 9): where the sum agrees only with `S`, that is taken.
 */
export function linesOf(row: SupplierInvoiceRow): InvoiceLine[] {
  const usual = linesBySide(row, row.SupplierInvoiceIsCreditMemo ? 'H' : 'S');
  if (!row.SupplierInvoiceIsCreditMemo || addsUp(row, usual)) return usual;
  const other = linesBySide(row, 'S');
  return addsUp(row, other) ? other : usual;
}

function addsUp(row: SupplierInvoiceRow, lines: readonly InvoiceLine[]): boolean {
  const currency = row.DocumentCurrency;
  const taxes = row.to_SupplierInvoiceTax.map((tax) => tax.TaxAmount);
  return sameAmount(
    sum([...lines.map((line) => line.amount), ...taxes], currency),
    row.InvoiceGrossAmount,
    currency,
  );
}

type Side = 'S' | 'H';

function linesBySide(row: SupplierInvoiceRow, ownSide: Side): InvoiceLine[] {
  const signed = signedFor(row.DocumentCurrency, ownSide);
  return [
    ...row.to_SuplrInvcItemPurOrdRef.flatMap((item) => purchaseOrderLines(item, signed)),
    ...row.to_SupplierInvoiceItemGLAcct.map((item) => glAccountLine(item, signed)),
    ...row.to_SuplrInvcItemMaterial.map((item) => materialLine(item, signed)),
    ...row.to_SuplrInvcItemAsset.map((item) => assetLine(item, signed)),
    ...unplannedDeliveryCost(row),
  ];
}

type Signed = (text: string, code: string | undefined) => Amount;

/** Items without a code are on the document's own side. */
function signedFor(currency: string, ownSide: Side): Signed {
  return (text, code) => {
    const plain = amount(text, currency);
    return code === undefined || code === ownSide ? plain : negate(plain, currency);
  };
}

type PurchaseOrderItem = SupplierInvoiceRow['to_SuplrInvcItemPurOrdRef'][number];

function purchaseOrderLines(item: PurchaseOrderItem, signed: Signed): InvoiceLine[] {
  const common = {
    kind: 'purchase-order' as const,
    item: item.SupplierInvoiceItem,
    purchaseOrder: item.PurchaseOrder,
    purchaseOrderItem: item.PurchaseOrderItem,
    unit: item.PurchaseOrderQuantityUnit,
    isSubsequent: item.IsSubsequentDebitCredit ? true : undefined,
  };
  if (item.to_SupplierInvoiceItmAcctAssgmt.length === 0) {
    return [
      present({
        ...common,
        share: '',
        amount: signed(item.SupplierInvoiceItemAmount, undefined),
        taxCode: item.TaxCode,
        text: item.SupplierInvoiceItemText,
        quantity: plainQuantity(item.QuantityInPurchaseOrderUnit),
      }),
    ];
  }
  return item.to_SupplierInvoiceItmAcctAssgmt.map((share) =>
    present({
      ...common,
      share: share.OrdinalNumber,
      amount: signed(share.SuplrInvcAcctAssignmentAmount, share.DebitCreditCode),
      glAccount: share.GLAccount,
      costCenter: share.CostCenter,
      profitCenter: share.ProfitCenter,
      wbsElement: share.WBSElement,
      internalOrder: share.InternalOrder,
      taxCode: share.TaxCode ?? item.TaxCode,
      text: share.SuplrInvcAccountAssignmentText ?? item.SupplierInvoiceItemText,
      quantity: plainQuantity(share.Quantity),
    }),
  );
}

function glAccountLine(
  item: SupplierInvoiceRow['to_SupplierInvoiceItemGLAcct'][number],
  signed: Signed,
): InvoiceLine {
  return present({
    kind: 'gl-account' as const,
    item: item.SupplierInvoiceItem,
    share: '',
    amount: signed(item.SupplierInvoiceItemAmount, item.DebitCreditCode),
    glAccount: item.GLAccount,
    costCenter: item.CostCenter,
    profitCenter: item.ProfitCenter,
    wbsElement: item.WBSElement,
    internalOrder: item.InternalOrder,
    taxCode: item.TaxCode,
    text: item.SupplierInvoiceItemText,
  });
}

function materialLine(
  item: SupplierInvoiceRow['to_SuplrInvcItemMaterial'][number],
  signed: Signed,
): InvoiceLine {
  return present({
    kind: 'material' as const,
    item: item.SupplierInvoiceItem,
    share: '',
    amount: signed(item.SupplierInvoiceItemAmount, item.DebitCreditCode),
    material: item.Material,
    taxCode: item.TaxCode,
    quantity: plainQuantity(item.Quantity),
    unit: item.QuantityUnit,
  });
}

function assetLine(item: SupplierInvoiceRow['to_SuplrInvcItemAsset'][number], signed: Signed): InvoiceLine {
  return present({
    kind: 'asset' as const,
    item: item.SupplierInvoiceItem,
    share: '',
    amount: signed(item.SupplierInvoiceItemAmount, item.DebitCreditCode),
    glAccount: item.GLAccount,
    profitCenter: item.ProfitCenter,
    taxCode: item.TaxCode,
    text: item.SupplierInvoiceItemText ?? item.MasterFixedAsset,
    quantity: plainQuantity(item.Quantity),
    unit: item.QuantityUnit,
  });
}

/** Part of the gross without an item; the one amount that SAP may show negative (SAP dossier §4.1). */
function unplannedDeliveryCost(row: SupplierInvoiceRow): InvoiceLine[] {
  const cost = row.UnplannedDeliveryCost;
  if (!hasAmount(cost, row.DocumentCurrency)) return [];
  return [
    present({
      kind: 'unplanned-delivery-cost' as const,
      item: '',
      share: '',
      amount: amount(cost, row.DocumentCurrency),
      taxCode: row.UnplannedDeliveryCostTaxCode,
    }),
  ];
}

/** `12.000` becomes `12`; a quantity of zero says nothing. */
function plainQuantity(text: string | null | undefined): string | undefined {
  if (text === null || text === undefined) return undefined;
  const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return /^-?0$/.test(plain) ? undefined : plain;
}
