import { compareDecimals, sumDecimals } from '../../money.ts';
import type { Bill, BillLine, NewBill } from '../bill-documents.ts';

export interface BillDifference {
  /** `dueDate`, `lines[2].amount`: lines count from 1. */
  readonly field: string;
  readonly sent: string;
  readonly got: string;
}

const HEADER = [
  'vendorId',
  'invoiceNumber',
  'invoiceDate',
  'dueDate',
  'description',
  'purchaseOrderNumber',
] as const;

/** Coding that people add in BILL and that SAP has no word on: compared only where it was sent. */
export const CODING = ['departmentId', 'locationId', 'accountingClassId'] as const;

/**
 * Where the bill in BILL is not what was sent: BILL drops unknown fields in silence (BILL dossier §3.4), and people
 * edit bills. Lines are compared by position, amounts as numbers; a missing text equals an empty one.
 */
export function differences(sent: NewBill, got: Bill): BillDifference[] {
  return [...headerDifferences(sent, got), ...totalDifference(sent, got), ...lineDifferences(sent, got)];
}

function headerDifferences(sent: NewBill, got: Bill): BillDifference[] {
  return HEADER.flatMap((field) => textDifference(field, sent[field], got[field]));
}

/** The bill's own total, where BILL tells it. */
function totalDifference(sent: NewBill, got: Bill): BillDifference[] {
  if (got.amount === undefined) return [];
  return amountDifference('amount', sumDecimals(sent.lines.map((line) => line.amount)), got.amount);
}

function lineDifferences(sent: NewBill, got: Bill): BillDifference[] {
  const count = { field: 'lines', sent: `${sent.lines.length} lines`, got: `${got.lines.length} lines` };
  if (sent.lines.length !== got.lines.length) return [count];
  return sent.lines.flatMap((line, index) => {
    const other = got.lines[index];
    return other === undefined ? [] : oneLine(`lines[${index + 1}]`, line, other);
  });
}

function oneLine(place: string, sent: BillLine, got: BillLine): BillDifference[] {
  const coding = CODING.filter((field) => sent[field] !== undefined);
  return [
    ...amountDifference(`${place}.amount`, sent.amount, got.amount),
    ...textDifference(`${place}.description`, sent.description, got.description),
    ...textDifference(`${place}.chartOfAccountId`, sent.chartOfAccountId, got.chartOfAccountId),
    ...coding.flatMap((field) => textDifference(`${place}.${field}`, sent[field], got[field])),
  ];
}

function amountDifference(field: string, sent: string, got: string): BillDifference[] {
  return compareDecimals(sent, got) === 0 ? [] : [{ field, sent, got }];
}

function textDifference(field: string, sent: string | undefined, got: string | undefined): BillDifference[] {
  const [left, right] = [sent?.trim() ?? '', got?.trim() ?? ''];
  return left === right ? [] : [{ field, sent: left, got: right }];
}
