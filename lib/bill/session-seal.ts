import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { BillSecret } from '../config/secrets.ts';

/** Seals a session id for the ledger with a key that only the owner of the BILL secret can make (I8). */
export interface Seal {
  /** Tells credentials apart without telling them. */
  readonly fingerprint: string;
  seal(sessionId: string): string;
  /** Undefined when it was not sealed with these credentials. */
  open(sealed: string): string | undefined;
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

export function sealOf(secret: BillSecret): Seal {
  const { baseUrl, devKey, organizationId, username, password } = secret;
  const material = JSON.stringify([baseUrl, devKey, organizationId, username, password]);
  const derive = (use: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', material, 'ml-connector', use, bytes));
  const key = derive('BILL session', 32);
  const fingerprint = derive('BILL credentials fingerprint', 16).toString('hex');
  return {
    fingerprint,
    seal: (sessionId) => encrypt(key, sessionId),
    open: (sealed) => decrypt(key, sealed),
  };
}

function encrypt(key: Buffer, text: string): string {
  // An initialisation vector must never repeat under one key: the machine's own randomness, not the door's.
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv);
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64');
}

function decrypt(key: Buffer, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  try {
    const iv = bytes.subarray(0, ivBytes);
    const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes });
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    // Sealed by other credentials or damaged: as good as no session.
    return undefined;
  }
}
