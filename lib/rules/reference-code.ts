import { createHash } from 'node:crypto';

/** Crockford's base 32: upper case and digits only, because SAP may store references in upper case (SAP dossier §9.6). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/**
 * The look-up key of a posting: 16 characters (SAP's `DocumentReferenceID` holds no more, SAP dossier §0.8) that
 * depend on the parts and their order alone. 80 bits of SHA-256: among a hundred million postings the chance of
 * two alike is about one in two hundred million.
 */
export function referenceCode(parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  let bits = BigInt(`0x${digest.slice(0, (LENGTH * 5) / 4)}`);
  let code = '';
  for (let place = 0; place < LENGTH; place += 1) {
    code = ALPHABET.charAt(Number(bits & 31n)) + code;
    bits >>= 5n;
  }
  return code;
}

/** Tells whether two JSON values are the same, whatever the order of their keys: SHA-256 in 64 hex digits. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (isPlainObject(each) ? sorted(each) : each)) ?? '';
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
