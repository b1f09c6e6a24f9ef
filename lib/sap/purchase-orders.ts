import * as z from 'zod';
import type { PurchaseOrderItemText } from '../rules/sap-invoices.ts';
import type { ODataClient } from './odata-client.ts';
import { all, choices, equal, v4 } from './odata-query.ts';
import { optionalText, requiredText } from './odata-values.ts';
import type { Sap } from './sap.ts';
import { purchaseOrderService as service } from './services.ts';

/** PurchaseOrderItem of the V4 service (SAP dossier §7). */
const itemRow = z.object({
  PurchaseOrder: requiredText,
  PurchaseOrderItem: requiredText,
  PurchaseOrderItemText: optionalText,
});

/** Texts of purchase-order items; items without a text are left out. */
export function purchaseOrders(odata: ODataClient): Pick<Sap, 'purchaseOrderItemTexts'> {
  return {
    async purchaseOrderItemTexts(items) {
      const wanted = new Map(items.map((item) => [`${item.purchaseOrder}/${item.purchaseOrderItem}`, item]));
      const alternatives = [...wanted.values()].map((item) =>
        all(
          equal('PurchaseOrder', v4.text(item.purchaseOrder)),
          equal('PurchaseOrderItem', v4.text(item.purchaseOrderItem)),
        ),
      );
      const found: PurchaseOrderItemText[] = [];
      for (const filter of choices(alternatives)) {
        const query = {
          filter,
          orderBy: ['PurchaseOrder', 'PurchaseOrderItem'],
          select: Object.keys(itemRow.shape),
        };
        found.push(...(await odata.list(service, 'PurchaseOrderItem', query, itemRow)).flatMap(textOf));
      }
      return found;
    },
  };
}

function textOf(row: z.output<typeof itemRow>): PurchaseOrderItemText[] {
  const {
    PurchaseOrder: purchaseOrder,
    PurchaseOrderItem: purchaseOrderItem,
    PurchaseOrderItemText: text,
  } = row;
  return text === undefined ? [] : [{ purchaseOrder, purchaseOrderItem, text }];
}
