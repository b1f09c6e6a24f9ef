/** Numbers of SAP's master data, and ranges of them. */
export interface NumberRange {
  readonly from: string;
  readonly to: string;
}

/** `0061008000` and `61008000` are one number; numbers with letters have no such zeros. */
export function plainNumber(number: string): string {
  const trimmed = number.trim();
  return /^\d+$/.test(trimmed) ? trimmed.replace(/^0+(?=.)/, '') : trimmed;
}

/** Within the range, both ends included, in SAP's order: digits as if filled up with zeros, letters after them. */
export function isInRange(number: string, { from, to }: NumberRange): boolean {
  const place = inOrder(number);
  return inOrder(from) <= place && place <= inOrder(to);
}

function inOrder(number: string): string {
  const plain = plainNumber(number);
  return /^\d+$/.test(plain) ? plain.padStart(10, '0') : plain;
}
