import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header that carries the signature (BILL dossier §9.3). */
export const signatureHeader = 'x-bill-sha-signature';

/**
 * True when the body was signed with one of the keys: HMAC-SHA256 over the raw bytes, base64 (BILL dossier §9.3).
 * Two keys stand side by side during a rotation. Takes the same time whichever key fits, or none.
 */
export function verifySignature(
  rawBody: Uint8Array,
  signature: string | undefined,
  keys: readonly string[],
): boolean {
  const given = Buffer.from(signature ?? '');
  return keys
    .filter((key) => key !== '')
    .map((key) => Buffer.from(signTestEvent(rawBody, key)))
    .map((expected) => expected.length === given.length && timingSafeEqual(expected, given))
    .includes(true);
}

/** The signature that BILL would send with this body; for tests and the simulator. */
export function signTestEvent(body: Uint8Array | string, key: string): string {
  return createHmac('sha256', key).update(body).digest('base64');
}
