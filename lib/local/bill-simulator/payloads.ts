import { billState } from './bill-state.ts';
import type { StoredBill, StoredPayment, StoredVendor } from './books.ts';
import { billTime, money, sumOf } from './values.ts';
import { find, type World } from './world.ts';

/** The objects inside notifications (BILL dossier §9.5): other fields, and other forms, than the API's own. */
export function vendorPayload(vendor: StoredVendor): object {
  const { name, shortName, accountType, email, phone, address, billCurrency } = vendor.fields;
  return {
    id: vendor.id,
    archived: vendor.archived,
    name,
    shortName,
    accountType,
    email,
    phone,
    address,
    billCurrency,
    createdTime: billTime(vendor.createdAt),
    updatedTime: billTime(vendor.updatedAt),
  };
}

/** No lines, no paid or due amounts; the invoice date is a full timestamp. */
export function billPayload(world: World, bill: StoredBill): object {
  const vendor = find(world.books.vendors, bill.vendorId)?.fields;
  const state = billState(world, bill);
  return {
    id: bill.id,
    archived: bill.archived,
    vendorId: bill.vendorId,
    vendorName: vendor?.name,
    vendorShortName: vendor?.shortName,
    amount: money(state.amount),
    dueDate: bill.dueDate,
    invoice: {
      invoiceNumber: bill.invoiceNumber,
      invoiceDate: `${bill.invoiceDate}T00:00:00.000+00:00`,
    },
    paymentStatus: state.paymentStatus,
    payFromChartOfAccountId: bill.payFromChartOfAccountId,
    classifications: bill.classifications,
    purchaseOrderNumber: bill.purchaseOrderNumber,
    createdBy: bill.createdBy,
    createdTime: billTime(bill.createdAt),
    updatedTime: billTime(bill.updatedAt),
  };
}

/** Ids of bills without amounts; the only place that names a currency. */
export function paymentPayload(world: World, payment: StoredPayment): object {
  const vendor = find(world.books.vendors, payment.vendorId)?.fields;
  return {
    id: payment.id,
    billIds: payment.splits.map(({ billId }) => billId),
    transactionNumber: payment.transactionNumber,
    status: payment.singleStatus,
    createdBy: payment.createdBy,
    createdTime: billTime(payment.createdAt),
    updatedTime: billTime(payment.updatedAt),
    processDate: payment.processDate,
    funding: {
      amount: money(payment.fundingAmount),
      currency: 'USD',
      fundingAccount: fundingAccountPayload(world, payment.fundingAccountId),
    },
    disbursement: {
      amount: money(sumOf(payment.splits.map(({ cash }) => cash))),
      currency: vendor?.billCurrency ?? 'USD',
      arrivesByDate: payment.processDate,
    },
    vendor: { id: payment.vendorId, name: vendor?.name },
    billingType: 'BDC',
  };
}

export interface FailedPayment {
  readonly vendorId: string;
  readonly bills: readonly { readonly billId: string; readonly cents: number }[];
  readonly transactionNumber: string;
  readonly fundingAccountId?: string | undefined;
  readonly createdBy: string;
  readonly code: string;
  readonly message: string;
}

/** A payment that never came into being: no id, the reasons beside it. */
export function failedPaymentPayload(world: World, failed: FailedPayment): object {
  const now = billTime(world.clock.now());
  return {
    payment: {
      bills: failed.bills.map(({ billId, cents }) => ({ id: billId, amount: money(cents) })),
      transactionNumber: failed.transactionNumber,
      createdBy: failed.createdBy,
      createdTime: now,
      updatedTime: now,
      fundingAccount: fundingAccountPayload(world, failed.fundingAccountId),
      vendor: { id: failed.vendorId, name: find(world.books.vendors, failed.vendorId)?.fields.name },
    },
    errors: [{ code: failed.code, message: failed.message, timestamp: now }],
  };
}

function fundingAccountPayload(world: World, id: string | undefined): object | undefined {
  if (id === undefined) return undefined;
  const account = find(world.books.fundingAccounts, id);
  return {
    id,
    type: 'BANK_ACCOUNT',
    name: account?.bankName,
    accountNumber: account && `****${account.accountNumberEnd}`,
  };
}
