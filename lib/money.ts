import Big from 'big.js';

/**
 * Money without floats. An amount is decimal text (`1200.50`) in a currency that stands beside it; sums and
 * shares are made in the currency's minor units as big integers.
 */

/** Decimal text with exactly the currency's decimals: `1200.50` (USD), `1200` (JPY), `1.250` (KWD). */
export type Amount = string;

/** Amount text that is no number, or has more decimals than its currency. */
export class AmountError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AmountError';
  }
}

const decimalsByCurrency = new Map<string, number>();

/** How many decimals a currency has, from the runtime's ISO 4217 data: 2 for USD, 0 for JPY, 3 for KWD. */
export function currencyDecimals(currency: string): number {
  let decimals = decimalsByCurrency.get(currency);
  if (decimals === undefined) {
    try {
      decimals = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits;
    } catch {
      throw new AmountError(`"${currency}" is not a currency code.`);
    }
    decimalsByCurrency.set(currency, decimals ?? 2);
  }
  return decimals ?? 2;
}

/** Minor units (cents) of decimal text; throws AmountError when a fraction of a minor unit would be lost. */
export function toMinor(text: string, currency: string): bigint {
  const minor = decimal(text).times(new Big(10).pow(currencyDecimals(currency)));
  if (!minor.round(0, Big.roundDown).eq(minor)) {
    throw new AmountError(
      `${text} has more decimals than ${currency} knows (${currencyDecimals(currency)}).`,
    );
  }
  return BigInt(minor.toFixed(0));
}

/** The amount of minor units, as text with the currency's decimals. */
export function fromMinor(minor: bigint, currency: string): Amount {
  const decimals = currencyDecimals(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  const sign = minor < 0n ? '-' : '';
  if (decimals === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Any decimal text in the one form that Amount has: `1200.500` becomes `1200.50`. */
export function amount(text: string, currency: string): Amount {
  return fromMinor(toMinor(text, currency), currency);
}

export function sum(amounts: readonly Amount[], currency: string): Amount {
  return fromMinor(
    amounts.reduce((total, each) => total + toMinor(each, currency), 0n),
    currency,
  );
}

export function negate(value: Amount, currency: string): Amount {
  return fromMinor(-toMinor(value, currency), currency);
}

export function subtract(left: Amount, right: Amount, currency: string): Amount {
  return fromMinor(toMinor(left, currency) - toMinor(right, currency), currency);
}

/** Negative, zero or positive, as left is less than, equal to or greater than right. */
export function compareAmounts(left: Amount, right: Amount, currency: string): number {
  const difference = toMinor(left, currency) - toMinor(right, currency);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

export function sameAmount(left: Amount, right: Amount, currency: string): boolean {
  return compareAmounts(left, right, currency) === 0;
}

export function isZero(value: Amount, currency: string): boolean {
  return toMinor(value, currency) === 0n;
}

/**
 * Splits `total` in the proportion of `weights` so that the parts add up to the last minor unit (largest
 * remainder; ties go to the earlier part). Every part is its exact share rounded up or down to a minor unit, so
 * none changes its sign. Weights may be of either sign; throws AmountError when they sum up to zero.
 */
export function allocate(total: Amount, weights: readonly Amount[], currency: string): Amount[] {
  const whole = toMinor(total, currency);
  const parts = weights.map((weight) => toMinor(weight, currency));
  const base = parts.reduce((left, right) => left + right, 0n);
  if (base === 0n) throw new AmountError('Nothing to allocate by: the weights sum up to zero.');
  const exact = parts.map((part) => floorDivision(whole * part, base));
  let missing = whole - exact.reduce((left, each) => left + each.quotient, 0n);
  const byRemainder = exact
    .map((each, index) => ({ index, remainder: each.remainder }))
    .filter((each) => each.remainder !== 0n)
    .sort((left, right) =>
      left.remainder === right.remainder
        ? left.index - right.index
        : left.remainder > right.remainder
          ? -1
          : 1,
    );
  const result = exact.map((each) => each.quotient);
  for (const { index } of byRemainder) {
    if (missing === 0n) break;
    result[index] = (result[index] ?? 0n) + 1n;
    missing -= 1n;
  }
  return result.map((minor) => fromMinor(minor, currency));
}

/** Quotient rounded down and remainder in [0, |divisor|), scaled so that remainders of one divisor compare. */
function floorDivision(dividend: bigint, divisor: bigint): { quotient: bigint; remainder: bigint } {
  const [top, bottom] = divisor < 0n ? [-dividend, -divisor] : [dividend, divisor];
  const quotient = top / bottom - (top % bottom < 0n ? 1n : 0n);
  return { quotient, remainder: top - quotient * bottom };
}

/**
 * Compares decimal text whose currency is not at hand (BILL's bills carry none): `1200.5` equals `1200.50`.
 * Negative, zero or positive, as left is less than, equal to or greater than right; throws AmountError for text
 * that is no number.
 */
export function compareDecimals(left: string, right: string): number {
  return decimal(left).cmp(decimal(right));
}

/** Σ of decimal text whose currency is not at hand. */
export function sumDecimals(values: readonly string[]): string {
  return values.reduce((total, each) => total.plus(decimal(each)), new Big(0)).toFixed();
}

export function subtractDecimals(left: string, right: string): string {
  return decimal(left).minus(decimal(right)).toFixed();
}

function decimal(text: string): Big {
  try {
    return new Big(text.trim());
  } catch {
    throw new AmountError(`"${text}" is not an amount.`);
  }
}
