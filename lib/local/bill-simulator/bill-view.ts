import { billAmount, billState } from './bill-state.ts';
import type { StoredBill, StoredLine } from './books.ts';
import { type FilterField, ordered } from './filters.ts';
import type { ListSpec } from './lists.ts';
import { notFound } from './refusal.ts';
import { billTime, money } from './values.ts';
import { find, type World } from './world.ts';

export function billById(world: World, id = ''): StoredBill {
  const bill = find(world.books.bills, id);
  if (bill === undefined) throw notFound(world.switches, 'bill', id);
  return bill;
}

const classification = (
  name: 'chartOfAccountId' | 'accountingClassId' | 'departmentId' | 'locationId' | 'itemId',
): FilterField<StoredBill> => ({
  operators: ['eq', 'ne', 'in'],
  kind: 'text',
  of: ({ classifications }) => classifications?.[name],
});

/** BILL dossier §3.2, §3.3. */
const documentedFilters: ListSpec<StoredBill>['filters'] = {
  id: { operators: ['eq', 'ne', 'in', 'nin'], kind: 'text', of: ({ id }) => id },
  archived: { operators: ['eq', 'ne'], kind: 'flag', of: ({ archived }) => archived },
  vendorId: { operators: ['eq', 'in'], kind: 'text', of: ({ vendorId }) => vendorId },
  dueDate: { operators: ordered, kind: 'date', of: ({ dueDate }) => dueDate },
  paymentStatus: {
    operators: ['eq', 'ne', 'in'],
    kind: 'text',
    of: (bill, world) => billState(world, bill).paymentStatus,
  },
  createdTime: { operators: ordered, kind: 'time', of: ({ createdAt }) => createdAt },
  updatedTime: { operators: ordered, kind: 'time', of: ({ updatedAt }) => updatedAt },
  payFromChartOfAccountId: {
    operators: ['eq', 'ne', 'in', 'nin'],
    kind: 'text',
    of: ({ payFromChartOfAccountId }) => payFromChartOfAccountId,
  },
  'classifications.chartOfAccountId': classification('chartOfAccountId'),
  'classifications.accountingClassId': classification('accountingClassId'),
  'classifications.departmentId': classification('departmentId'),
  'classifications.locationId': classification('locationId'),
  'classifications.itemId': classification('itemId'),
};

const invoiceNumberFilter: FilterField<StoredBill> = {
  operators: ['eq'],
  kind: 'text',
  of: ({ invoiceNumber }) => invoiceNumber,
  hasNoEffect: (switches) => switches.invoiceNumberFilter === 'ignored',
};

const plainList: ListSpec<StoredBill> = {
  filters: documentedFilters,
  sorts: {
    createdTime: ({ createdAt }) => createdAt,
    updatedTime: ({ updatedAt }) => updatedAt,
    dueDate: ({ dueDate }) => dueDate,
    archived: ({ archived }) => archived,
    amount: billAmount,
  },
  comesLate: true,
  present: (world, bill) => presentBill(world, bill, { vendorName: true, thin: world.switches.thinListRows }),
};

export function billList(world: World): ListSpec<StoredBill> {
  if (world.switches.invoiceNumberFilter === 'refused') return plainList;
  return { ...plainList, filters: { ...documentedFilters, 'invoice.invoiceNumber': invoiceNumberFilter } };
}

/** BILL dossier §5.3; `vendorName` comes with reads only. */
export function presentBill(
  world: World,
  bill: StoredBill,
  form: { vendorName?: true; thin?: boolean } = {},
): object {
  const vendor = find(world.books.vendors, bill.vendorId)?.fields;
  const state = billState(world, bill);
  return {
    id: bill.id,
    archived: bill.archived,
    recordStatus: bill.archived ? 'INACTIVE' : 'ACTIVE',
    createdBy: bill.createdBy,
    vendorId: bill.vendorId,
    vendorName: form.vendorName && vendor?.name,
    amount: money(state.amount),
    fundingAmount: (vendor?.billCurrency ?? 'USD') === 'USD' ? money(state.amount) : undefined,
    paidAmount: money(state.paid),
    dueAmount: money(state.due),
    scheduledAmount: money(state.scheduled),
    creditAmount: money(state.credit),
    dueDate: bill.dueDate,
    description: bill.description,
    invoice: { invoiceNumber: bill.invoiceNumber, invoiceDate: bill.invoiceDate },
    billLineItems: form.thin ? undefined : bill.lines.map(presentLine),
    classifications: form.thin ? undefined : bill.classifications,
    purchaseOrderNumber: bill.purchaseOrderNumber,
    payFromChartOfAccountId: bill.payFromChartOfAccountId,
    paymentStatus: state.paymentStatus,
    approvalStatus: bill.approvalStatus,
    approvers: bill.approvers.length === 0 ? undefined : bill.approvers.map(presentApprover),
    createdTime: billTime(bill.createdAt),
    updatedTime: billTime(bill.updatedAt),
  };
}

export function presentLine(line: StoredLine): object {
  return { ...line, amount: money(line.amount) };
}

function presentApprover({ userId, status, at }: StoredBill['approvers'][number], index: number): object {
  return { userId, status, approverOrder: index + 1, statusChangedTime: billTime(at) };
}
