import { DocumentError } from '../../errors.ts';
import type { VendorCredit } from '../../rules/bill-documents.ts';
import type { creditDifferences } from '../../rules/invoices/credit-checks.ts';

function valuesOf({ id, amount, appliedAmount, status, usage }: VendorCredit): Record<string, string> {
  const bills = usage.map(
    (use) => `${use.amount} on ${use.billId ?? use.paymentId ?? 'an unnamed document'}`,
  );
  return {
    vendorCredit: id,
    amount: amount ?? 'unknown',
    applied: appliedAmount ?? 'unknown',
    status: status ?? 'unknown',
    ...(bills.length === 0 ? {} : { usedFor: bills.join(', ') }),
  };
}

export function usedButReversed(id: string, current: VendorCredit): DocumentError {
  return new DocumentError({
    code: 'CREDIT_USED_BUT_REVERSED',
    message: `Credit memo ${id} was reversed in SAP, but vendor credit ${current.id} is used in BILL: the vendor got too little.`,
    nextStep:
      'In BILL, take the credit off the bill (or void the payment that used it) and retry: it is archived then. Where the payment has gone out, pay the vendor the difference and skip this.',
    sapValues: { creditMemo: id },
    billValues: valuesOf(current),
  });
}

export function changedAfterUse(id: string, current: VendorCredit): DocumentError {
  return new DocumentError({
    code: 'CREDIT_CHANGED_AFTER_USE',
    message: `Credit memo ${id} was changed in SAP, but vendor credit ${current.id} is used in BILL already.`,
    nextStep: 'Compare both. Take the credit off its bill in BILL and retry, or skip where nothing is wrong.',
    sapValues: { creditMemo: id },
    billValues: valuesOf(current),
  });
}

export function editedInBill(
  id: string,
  current: VendorCredit,
  found: ReturnType<typeof creditDifferences>,
): DocumentError {
  return new DocumentError({
    code: 'EDITED_IN_BILL',
    message: `Credit memo ${id} was changed in SAP, and vendor credit ${current.id} was edited in BILL: ${found.map(({ field }) => field).join(', ')}.`,
    nextStep: 'Make the credit in BILL as SAP has it and skip, or undo the edit there and retry.',
    sapValues: Object.fromEntries(found.map(({ field, sent }) => [field, sent])),
    billValues: Object.fromEntries(found.map(({ field, got }) => [field, got])),
  });
}

export function archivedInBill(id: string, current: VendorCredit): DocumentError {
  return new DocumentError({
    code: 'ARCHIVED_IN_BILL',
    message: `Credit memo ${id} was changed in SAP, but somebody archived its vendor credit ${current.id} in BILL, which cannot be undone.`,
    nextStep: 'If the credit is still wanted, enter it in BILL by hand; then skip this.',
    billValues: valuesOf(current),
  });
}

export function otherThanSent(
  id: string,
  credit: VendorCredit,
  found: ReturnType<typeof creditDifferences>,
): DocumentError {
  return new DocumentError({
    code: 'CREDIT_DIFFERS_FROM_WHAT_WAS_SENT',
    message: `Vendor credit ${credit.id} for credit memo ${id} is in BILL, but not as it was sent: ${found.map(({ field }) => field).join(', ')}.`,
    nextStep: 'Correct the credit in BILL, then retry.',
    sapValues: Object.fromEntries(found.map(({ field, sent }) => [field, sent])),
    billValues: Object.fromEntries(found.map(({ field, got }) => [field, got])),
  });
}

export function clearedInSap(id: string, current: VendorCredit): DocumentError {
  return new DocumentError({
    code: 'CREDIT_CLEARED_IN_SAP',
    message: `Credit memo ${id} is cleared in SAP, but vendor credit ${current.id} is still to be used in BILL: it would be used twice.`,
    nextStep: 'Archive the vendor credit in BILL and retry, or reset the clearing in SAP and retry.',
    sapValues: { creditMemo: id },
    billValues: valuesOf(current),
  });
}
