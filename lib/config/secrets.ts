import * as z from 'zod';

/** The shapes of the two secrets (README, "Credentials"). Values are never logged. */
const httpUrl = z
  .url({
    protocol: /^https?$/,
    error: ({ input }) =>
      typeof input === 'string' && input !== ''
        ? 'write the whole address, beginning with https://'
        : undefined,
  })
  .refine(isBare, 'write the address without a user, and without "?" or "#" and what follows')
  .transform((url) => url.replace(/\/+$/, ''));

/** Paths are put behind it; and it is shown to people, so it holds no password. */
function isBare(url: string): boolean {
  if (!URL.canParse(url)) return true;
  const { username, password } = new URL(url);
  return username === '' && password === '' && !/[?#]/.test(url);
}

export const sapSecretSchema = z.strictObject({
  /** The tenant's API host, `https://my123456-api.s4hana.cloud.sap`; nothing is built from a tenant number. */
  baseUrl: httpUrl,
  auth: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('oauth2'),
      tokenUrl: httpUrl,
      clientId: z.string().min(1),
      clientSecret: z.string().min(1),
    }),
    z.strictObject({ type: z.literal('basic'), username: z.string().min(1), password: z.string().min(1) }),
  ]),
});

export const billSecretSchema = z.strictObject({
  /** `https://gateway.prod.bill.com/connect`. */
  baseUrl: httpUrl,
  /** `https://gateway.prod.bill.com/connect-events`. */
  eventsBaseUrl: httpUrl,
  devKey: z.string().min(1),
  organizationId: z.string().min(1),
  /** A user's name, or the name of an AP & AR sync token. */
  username: z.string().min(1),
  /** The user's password, or the value of the sync token. */
  password: z.string().min(1),
  webhookSecurityKey: z.string().min(1),
  /** The key before a rotation; accepted beside the new one until it is removed here. */
  webhookSecurityKeyPrevious: z.string().min(1).optional(),
});

export type SapSecret = z.infer<typeof sapSecretSchema>;
export type BillSecret = z.infer<typeof billSecretSchema>;

/**
 * The secrets door. `fresh` asks past every cache (after a 401).
 * Throws ConfigurationError while a secret is empty or has another shape; the message names the field, never a value.
 */
export interface Secrets {
  sap(fresh?: boolean): Promise<SapSecret>;
  bill(fresh?: boolean): Promise<BillSecret>;
}
