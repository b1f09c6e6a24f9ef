import Big from 'big.js';
import * as z from 'zod';
import { DocumentError } from '../errors.ts';
import type { Amount } from '../money.ts';
import { jsonNumber } from './json.ts';

/** BILL's amounts have at most two decimals. */
const mostDecimals = 2;

const number = z.string().regex(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/, 'is no number');

/** A number as BILL wrote it, as plain decimal text. */
export const decimal = number.transform((text) => new Big(text).toFixed());

/**
 * An amount as BILL wrote it, with at least two decimals. BILL's bills carry no currency (BILL dossier §0.11), so
 * JPY 1200 reads `1200.00`; money.ts takes both for the same.
 */
export const amount = number.transform((text): Amount => {
  const value = new Big(text);
  return value.round(mostDecimals).eq(value) ? value.toFixed(mostDecimals) : value.toFixed();
});

/** The amount as a JSON number for a body. Throws DocumentError `BILL_AMOUNT_DECIMALS` beyond two decimals. */
export function amountToSend(text: Amount, about: string): unknown {
  const value = new Big(text);
  if (!value.round(mostDecimals).eq(value)) {
    throw new DocumentError({
      code: 'BILL_AMOUNT_DECIMALS',
      message: `The amount ${text} of ${about} has more than ${mostDecimals} decimals; BILL takes no more.`,
      nextStep: 'Round the amount in SAP and retry, or handle this document outside BILL and skip.',
    });
  }
  return jsonNumber(value.toFixed(mostDecimals));
}
