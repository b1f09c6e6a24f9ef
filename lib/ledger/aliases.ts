import type { RecordType } from './record.ts';

/**
 * Other numbers of a document, so that it is found by any of them: BILL's bill id, the FI document, the
 * supplier's reference, a journal entry's number. Upper case; several documents may share one number.
 */
export interface Alias {
  readonly number: string;
  readonly document: { readonly kind: 'invoice' | 'payment'; readonly id: string };
}

export function aliasPartition(number: string): string {
  return `ALIAS#${number.trim().toUpperCase()}`;
}

export const aliases: RecordType<Alias> = {
  key: (numberAndDocument) => {
    const [number = '', document = ''] = numberAndDocument.split('\n');
    return { pk: aliasPartition(number), sk: document };
  },
  listing: () => ({}),
};

export function aliasId(alias: Alias): string {
  return `${alias.number}\n${alias.document.kind}#${alias.document.id}`;
}

/** Whose invoice number this is at this vendor: two live invoices of ours never share one (I1). */
export interface NumberClaim {
  readonly invoiceId: string;
}

export const numberClaims: RecordType<NumberClaim> = {
  key: (vendorAndNumber) => ({ pk: `CLAIM#${vendorAndNumber}`, sk: 'STATE' }),
  listing: () => ({}),
};

/** A number that BILL has for this vendor on a bill that did not come from us, now or once. */
export interface NumberInBill {
  readonly billIds: readonly string[];
}

export const numbersInBill: RecordType<NumberInBill> = {
  key: (vendorAndNumber) => ({ pk: `CLAIM#${vendorAndNumber}`, sk: 'IN-BILL' }),
  listing: () => ({}),
};
