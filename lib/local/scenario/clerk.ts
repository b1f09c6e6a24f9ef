import { sum } from '../../money.ts';
import type { NewInvoice, NewInvoiceLine } from '../sap-simulator/tenant/new-invoice.ts';
import { accounts, costCenters, firm } from './firm.ts';
import type { FirmInvoice, OrderItem, Share } from './invoices/firm-invoice.ts';
import { suppliers } from './suppliers.ts';

/** An invoice of the story in the words of SAP. */
export function newInvoice(invoice: FirmInvoice): NewInvoice {
  const { supplier, reference, date, companyCode = '1710', tax, withheld, terms = 'NT30' } = invoice;
  const { shares = [], orderItems = [] } = invoice;
  const block = invoice.headerBlock;
  return {
    companyCode,
    supplier: suppliers[supplier].number,
    reference,
    documentDate: date,
    postingDate: date,
    currency: invoice.currency ?? firm.companyCodes[companyCode].currency,
    paymentTerms: terms,
    creditMemo: invoice.isCreditMemo === true,
    status: invoice.isParked === true ? 'A' : '5',
    lines: [
      ...orderItems.map((item) => orderLine(item, tax?.code)),
      ...shares.map((each) => glLine(each, tax?.code)),
    ],
    taxes: tax === undefined ? [] : [{ taxCode: tax.code, amount: tax.amount }],
    withholdingTaxes:
      withheld === undefined
        ? []
        : [
            {
              type: withheld.type,
              code: withheld.code,
              baseAmount: shares[0]?.amount ?? '0',
              manualAmount: withheld.amount,
            },
          ],
    ...(block === undefined ? {} : { paymentBlock: block }),
    ...(invoice.deliveryCost === undefined ? {} : { unplannedDeliveryCost: invoice.deliveryCost }),
    ...(invoice.oneTimeSupplier === undefined ? {} : { oneTimeSupplier: invoice.oneTimeSupplier }),
  };
}

function glLine({ account, costCenter, amount, text }: Share, taxCode: string | undefined): NewInvoiceLine {
  return {
    kind: 'gl-account',
    glAccount: accounts[account],
    costCenter: costCenters[costCenter],
    amount,
    text,
    ...(taxCode === undefined ? {} : { taxCode }),
  };
}

function orderLine({ order, item, shares, ...line }: OrderItem, taxCode: string | undefined): NewInvoiceLine {
  return {
    kind: 'purchase-order',
    purchaseOrder: order,
    purchaseOrderItem: item,
    quantity: line.quantity,
    unit: line.unit,
    amount: sumOf(shares),
    ...(line.isSubsequent === true ? { isSubsequent: true } : {}),
    ...(taxCode === undefined ? {} : { taxCode }),
    shares: shares.map(({ account, costCenter, amount }) => ({
      glAccount: accounts[account],
      costCenter: costCenters[costCenter],
      amount,
    })),
  };
}

function sumOf(shares: OrderItem['shares']): string {
  return sum(
    shares.map(({ amount }) => amount),
    'USD',
  );
}
