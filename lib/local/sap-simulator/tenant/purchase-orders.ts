import { isoDate, isoTime } from '../../../clock.ts';
import type { Amount } from '../../../money.ts';
import { nextNumber, table } from '../books.ts';
import { companyCodeOf } from './fi-documents.ts';
import { supplierRow } from './suppliers.ts';
import type { Tenant } from './tenant.ts';

export interface NewPurchaseOrder {
  /** Default: the next number from 4500000101 on. */
  readonly purchaseOrder?: string;
  readonly companyCode: string;
  readonly supplier: string;
  readonly currency?: string;
  readonly items: readonly NewPurchaseOrderItem[];
}

interface NewPurchaseOrderItem {
  /** At most 40 characters. */
  readonly text: string;
  readonly material?: string;
  /** Decimal text in `unit`. */
  readonly quantity: string;
  readonly unit: string;
  readonly netAmount: Amount;
  /** Absent: bought to stock. */
  readonly assignment?: {
    readonly glAccount: string;
    readonly costCenter: string;
    readonly profitCenter?: string;
  };
}

/** Makes a purchase order; its items are numbered 00010, 00020, … */
export function addPurchaseOrder(tenant: Tenant, order: NewPurchaseOrder): string {
  const { books, clock } = tenant;
  supplierRow(tenant, order.supplier);
  const number = order.purchaseOrder ?? nextNumber(books, 'purchase-order', 4_500_000_101);
  const currency = order.currency ?? companyCodeOf(books, order.companyCode).currency;
  const common = { PurchaseOrder: number, CompanyCode: order.companyCode, DocumentCurrency: currency };
  table(books, 'PurchaseOrder').push({
    ...common,
    PurchaseOrderType: 'NB',
    PurchaseOrderDate: isoDate(clock.now()),
    CreationDate: isoDate(clock.now()),
    LastChangeDateTime: isoTime(clock.now()),
    Supplier: order.supplier,
    InvoicingParty: order.supplier,
    Language: 'EN',
  });
  order.items.forEach((item, index) => {
    addItem(tenant, { ...common, PurchaseOrderItem: String((index + 1) * 10).padStart(5, '0') }, item);
  });
  return number;
}

function addItem({ books }: Tenant, common: Record<string, string>, item: NewPurchaseOrderItem): void {
  table(books, 'PurchaseOrderItem').push({
    ...common,
    PurchaseOrderItemText: item.text.slice(0, 40),
    Material: item.material ?? '',
    OrderQuantity: item.quantity,
    PurchaseOrderQuantityUnit: item.unit,
    NetAmount: item.netAmount,
    GrossAmount: item.netAmount,
    AccountAssignmentCategory: item.assignment ? 'K' : '',
    InvoiceIsExpected: true,
  });
  if (!item.assignment) return;
  table(books, 'PurchaseOrderAccountAssignment').push({
    ...common,
    AccountAssignmentNumber: '01',
    GLAccount: item.assignment.glAccount,
    CostCenter: item.assignment.costCenter,
    ProfitCenter: item.assignment.profitCenter ?? '',
    Quantity: item.quantity,
    PurgDocNetAmount: item.netAmount,
    ControllingArea: 'A000',
  });
}
