import { compareDecimals } from '../../money.ts';
import type { Bill, NewBill, NewVendorCredit, VendorCredit } from '../bill-documents.ts';
import { type BillDifference, differences } from './bill-differences.ts';

/** A credit that is applied, or on its way to be (BILL dossier §6); what is not known counts as used. */
export function isUsed({ status, appliedAmount, usage }: VendorCredit): boolean {
  if (usage.length > 0 || compareDecimals(appliedAmount ?? '0', '0') !== 0) return true;
  return status !== 'NOT_APPLIED';
}

/** Where the credit in BILL is not what was sent; see `differences` of bills. */
export function creditDifferences(sent: NewVendorCredit, got: VendorCredit): BillDifference[] {
  const asBill = ({ vendorId, referenceNumber, creditDate, description, lines }: NewVendorCredit) => ({
    vendorId,
    invoiceNumber: referenceNumber,
    invoiceDate: creditDate,
    dueDate: creditDate,
    ...(description === undefined ? {} : { description }),
    lines,
  });
  const names = new Map([
    ['invoiceNumber', 'referenceNumber'],
    ['invoiceDate', 'creditDate'],
  ]);
  const bill: NewBill = asBill(sent);
  const { id, archived, createdTime, updatedTime, amount } = got;
  const inBill: Bill = {
    ...asBill(got),
    id,
    archived,
    createdTime,
    updatedTime,
    ...(amount === undefined ? {} : { amount }),
  };
  return differences(bill, inBill)
    .filter(({ field }) => field !== 'dueDate')
    .map((each) => ({ ...each, field: names.get(each.field) ?? each.field }));
}
