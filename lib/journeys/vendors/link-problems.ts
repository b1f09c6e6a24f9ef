import { DocumentError, type Facts } from '../../errors.ts';
import type { Bill, Vendor } from '../../rules/bill-documents.ts';
import type { Supplier } from '../../rules/sap-suppliers.ts';
import type { Alignment } from '../../rules/vendors/vendor-alignment.ts';
import {
  type FieldPair,
  shown,
  type VendorFieldName,
  type VendorFields,
} from '../../rules/vendors/vendor-fields.ts';

/** What needs a person about a supplier and its vendor, in words for a clerk. The most urgent one comes first. */
export function allAtOnce(problems: readonly DocumentError[]): DocumentError {
  const [first, ...others] = problems;
  if (first === undefined) throw new Error('There is no problem to raise.');
  if (others.length === 0) return first;
  const merged = (of: (problem: DocumentError) => Facts) => Object.assign({}, ...problems.map(of)) as Facts;
  return new DocumentError({
    code: first.code,
    message: problems.map(({ message }) => message).join(' '),
    nextStep: problems.map(({ nextStep }) => nextStep).join(' '),
    sapValues: merged(({ sapValues }) => sapValues),
    billValues: merged(({ billValues }) => billValues),
  });
}

/** Somebody changed a field on the side that does not own it, or both sides were changed (I9). */
export function fieldConflict(
  { supplier, name }: Supplier,
  vendor: Vendor,
  now: FieldPair,
  { conflicts }: Alignment,
): DocumentError {
  return new DocumentError({
    code: 'VENDOR_FIELD_CONFLICT',
    message: `SAP supplier ${supplier} "${name}" and BILL vendor ${vendor.id} differ after a change: ${conflicts.join(', ')}. Neither value was touched.`,
    nextStep:
      'Make both sides say the same, in SAP or in BILL: this clears by itself. Or skip it to leave both as they are.',
    sapValues: { supplier, ...valuesOf(now.sap, conflicts) },
    billValues: { vendor: vendor.id, ...valuesOf(now.bill, conflicts) },
  });
}

export function refusedChange(
  { supplier, name }: Supplier,
  vendor: Vendor,
  fields: readonly VendorFieldName[],
  cause: DocumentError,
): DocumentError {
  return new DocumentError({
    code: 'VENDOR_CHANGE_REFUSED',
    message: `SAP's ${fields.join(', ')} of supplier ${supplier} "${name}" could not be given to BILL vendor ${vendor.id}${networked(vendor)}: ${cause.message}`,
    nextStep: isConnected(vendor)
      ? 'A connected vendor keeps its own data in BILL: ask the vendor to change it there, or skip this.'
      : `${cause.nextStep}`,
    sapValues: { supplier, ...cause.sapValues },
    billValues: { vendor: vendor.id, networkStatus: vendor.networkStatus ?? 'not told', ...cause.billValues },
    cause,
  });
}

/** BILL answered with success, but the vendor does not say what was sent. */
export function overridden(
  { supplier, name }: Supplier,
  vendor: Vendor,
  fields: readonly VendorFieldName[],
): DocumentError {
  return new DocumentError({
    code: 'VENDOR_CHANGE_OVERRIDDEN',
    message: `BILL took the change of vendor ${vendor.id}${networked(vendor)} for SAP supplier ${supplier} "${name}", but kept its own ${fields.join(', ')}.`,
    nextStep: 'Ask the vendor to change its own profile in BILL, or skip this to leave both as they are.',
    sapValues: { supplier },
    billValues: { vendor: vendor.id, networkStatus: vendor.networkStatus ?? 'not told' },
  });
}

/** New bills of a blocked supplier stop at the hand-over; those that are in BILL already are a person's to judge. */
export function openBillsOfBlocked(
  { supplier, name }: Supplier,
  vendor: Vendor,
  block: string,
  bills: readonly Bill[],
): DocumentError {
  const named = bills.map((bill) => `${bill.invoiceNumber} (${bill.id})`);
  return new DocumentError({
    code: 'SUPPLIER_BLOCKED_WITH_OPEN_BILLS',
    message: `SAP supplier ${supplier} "${name}" must not be paid: ${block}. BILL vendor ${vendor.id} has ${bills.length === 1 ? 'one open bill' : `${bills.length} open bills`}: ${named.slice(0, 20).join(', ')}${named.length > 20 ? ', …' : ''}.`,
    nextStep:
      'Stop the payment of these bills in BILL (archive them, or cancel what is scheduled), or lift the block in SAP.',
    sapValues: { supplier, block },
    billValues: Object.fromEntries(
      bills
        .slice(0, 20)
        .map((bill) => [
          bill.id,
          `${bill.invoiceNumber}, ${bill.amount ?? 'amount not told'}, ${bill.paymentStatus ?? ''}`,
        ]),
    ),
  });
}

export function archivedInBill({ supplier, name }: Supplier, vendor: Vendor): DocumentError {
  return new DocumentError({
    code: 'VENDOR_ARCHIVED_IN_BILL',
    message: `BILL vendor ${vendor.id} "${vendor.name}" is archived, but SAP supplier ${supplier} "${name}" is in use: its invoices cannot become bills.`,
    nextStep: 'Restore the vendor in BILL, or block the supplier in SAP: this clears by itself then.',
    sapValues: { supplier, name },
    billValues: { vendor: vendor.id, name: vendor.name },
  });
}

export function supplierGone(supplier: string, vendor: Vendor): DocumentError {
  return new DocumentError({
    code: 'SUPPLIER_NOT_FOUND',
    message: `SAP supplier ${supplier}, whom BILL vendor ${vendor.id} "${vendor.name}" stands for, cannot be read.`,
    nextStep:
      'Check the supplier in SAP and that the communication arrangement SAP_COM_0008 may read it; then retry.',
    sapValues: { supplier },
    billValues: { vendor: vendor.id, name: vendor.name },
  });
}

function valuesOf(values: VendorFields, fields: readonly VendorFieldName[]): Facts {
  return Object.fromEntries(fields.map((field) => [field, shown(field, values[field])]));
}

function isConnected({ networkStatus = '' }: Vendor): boolean {
  return networkStatus.startsWith('CONNECTED');
}

function networked(vendor: Vendor): string {
  return isConnected(vendor) ? ', which keeps its own data in the BILL network' : '';
}
