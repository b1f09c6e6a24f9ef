import { compareDecimals, sumDecimals } from '../../money.ts';
import type { Bill, BillLine, NewBill } from '../bill-documents.ts';
import { fingerprint } from '../reference-code.ts';
import { lockOf } from './bill-changes.ts';
import { type BillDifference, differences } from './bill-differences.ts';

/** A bill as the connector left it in BILL. */
export interface BillAsLeft {
  /** What SAP wanted there last. */
  readonly sent: NewBill;
  /** What a person accepted in its place. */
  readonly stands?: NewBill;
  readonly archived: boolean;
  /** Who had it archived wanted SAP to pay the invoice. */
  readonly leftToSap?: object;
}

/** What people made of a bill in BILL, field by field: `sent` is SAP's side, `got` is BILL's. */
export interface BillDrift {
  readonly kind: 'edited' | 'archived' | 'restored' | 'denied';
  readonly fields: readonly BillDifference[];
}

/**
 * What people changed in BILL since the connector last wrote the bill. Amounts paid, scheduled or due and the steps of
 * an approval are no drift; neither is the filing away of a bill that is paid. A draft only looks archived
 * (BILL dossier §3.7). Undefined where both sides agree.
 */
export function billDrift(left: BillAsLeft, current: Bill): BillDrift | undefined {
  const isArchived = current.archived && current.recordStatus !== 'DRAFT';
  const isPaid = current.paymentStatus === 'PAID';
  if (left.archived) return isArchived ? undefined : { kind: 'restored', fields: [restored] };
  if (isArchived) return isPaid ? undefined : archivedInBill;
  const fields = differences(standing(left), current);
  if (current.approvalStatus === 'DENIED' && !isPaid) return { kind: 'denied', fields: [denied, ...fields] };
  return fields.length === 0 ? undefined : { kind: 'edited', fields };
}

export const archivedInBill: BillDrift = {
  kind: 'archived',
  fields: [{ field: 'record', sent: 'to be paid', got: 'archived' }],
};
const restored = { field: 'record', sent: 'not to be paid', got: 'restored, to be paid' };
const denied = { field: 'approval', sent: 'to be paid', got: 'DENIED' };

/** List rows may leave the lines out (BILL dossier §4.1); a bill always has one. */
export function isWhole({ lines }: Bill): boolean {
  return lines.length > 0;
}

/** The measure of what people change in BILL from now on. */
export function standing({ sent, stands }: Pick<BillAsLeft, 'sent' | 'stands'>): NewBill {
  return stands ?? sent;
}

/**
 * What BILL should hold after a change in SAP where a person had accepted BILL's values: what SAP changed comes from
 * SAP, the rest stays as accepted. Lines go together, so that they add up.
 */
export function withAccepted({ sent, stands }: BillAsLeft, wanted: NewBill): NewBill {
  if (stands === undefined) return wanted;
  return merged((field) =>
    fingerprint(sent[field] ?? '') === fingerprint(wanted[field] ?? '') ? stands : wanted,
  );
}

/** What the bill should be where BILL is kept: what people changed there stays, the rest is as SAP has it. */
export function withKept(left: BillAsLeft, wanted: NewBill, current: Bill): NewBill {
  const changed = new Set(
    differences(standing(left), current).map(({ field }) => (isOfLines(field) ? 'lines' : field)),
  );
  const [ofSap, ofBill] = [withAccepted(left, wanted), asSent(current)];
  return merged((field) => (changed.has(field) ? ofBill : ofSap));
}

/** The total is that of the lines. */
function isOfLines(field: string): boolean {
  return field === 'amount' || field.startsWith('lines');
}

function merged(from: (field: keyof NewBill) => NewBill): NewBill {
  return withoutMissing({
    vendorId: from('vendorId').vendorId,
    invoiceNumber: from('invoiceNumber').invoiceNumber,
    invoiceDate: from('invoiceDate').invoiceDate,
    dueDate: from('dueDate').dueDate,
    description: from('description').description,
    purchaseOrderNumber: from('purchaseOrderNumber').purchaseOrderNumber,
    lines: from('lines').lines,
  });
}

/** BILL's bill in the words of what is sent. */
export function asSent(bill: Bill): NewBill {
  const { vendorId, invoiceNumber, invoiceDate, dueDate, description, purchaseOrderNumber } = bill;
  const lines = bill.lines.map(withoutId);
  return withoutMissing({
    vendorId,
    invoiceNumber,
    invoiceDate,
    dueDate,
    description,
    purchaseOrderNumber,
    lines,
  });
}

type Loose = Omit<NewBill, 'description' | 'purchaseOrderNumber'> & {
  readonly description: string | undefined;
  readonly purchaseOrderNumber: string | undefined;
};

function withoutMissing({ description, purchaseOrderNumber, ...bill }: Loose): NewBill {
  return {
    ...bill,
    ...(description === undefined ? {} : { description }),
    ...(purchaseOrderNumber === undefined ? {} : { purchaseOrderNumber }),
  };
}

function withoutId({ id: _, ...line }: BillLine): BillLine {
  return line;
}

/** Why one side's values cannot be kept; each continues the sentence "cannot be kept: …". Absent where they can. */
export interface Refusals {
  readonly sap?: string;
  readonly bill?: string;
}

/**
 * What a person cannot decide here. SAP's values cannot be written to a bill whose payment is on its way, and nobody
 * but an approver undoes a denial. BILL's cannot be accepted where SAP could not post the payment: another total or
 * vendor, or no invoice at all; and what BILL pays is not left to SAP, although the bill is archived (decision 17).
 */
export function refusalsOf(
  { kind }: BillDrift,
  left: BillAsLeft,
  current: Bill,
  wanted = left.sent,
): Refusals {
  const lock = lockOf(current);
  if (kind === 'denied') return { sap: noApproval, ...given('bill', lock) };
  const nothingToPay = left.leftToSap === undefined ? noInvoice : undefined;
  if (kind === 'restored') return { ...given('sap', lock), ...given('bill', nothingToPay) };
  if (kind === 'archived') return given('bill', lock && `${lock}, and SAP could pay the invoice once more`);
  return { ...given('sap', lock), ...given('bill', unacceptable(wanted, withKept(left, wanted, current))) };
}

/** Why a bill cannot stand beside what SAP has: the money would be another, or another's. */
export function unacceptable(wanted: NewBill, held: NewBill): string | undefined {
  if (wanted.vendorId !== held.vendorId) return otherVendor;
  const [ofSap, ofBill] = [totalOf(wanted), totalOf(held)];
  if (compareDecimals(ofSap, ofBill) === 0) return undefined;
  return `SAP owes ${ofSap} and BILL would pay ${ofBill}; correct the invoice in SAP where BILL is right`;
}

const noApproval =
  'only an approver in BILL can undo a denial; this clears by itself once the bill is approved';
const noInvoice = 'SAP has no invoice to be paid by this bill';
const otherVendor = 'the bill would pay a vendor that is not the supplier of the invoice in SAP';

function totalOf({ lines }: NewBill): string {
  return sumDecimals(lines.map(({ amount }) => amount));
}

function given(side: keyof Refusals, why: string | undefined): Refusals {
  return why === undefined ? {} : { [side]: why };
}
