import type * as z from 'zod';
import { ConfigurationError } from '../errors.ts';
import { faultTexts, inWords } from './fault-text.ts';
import { billSecretSchema, sapSecretSchema } from './secrets.ts';

interface SecretKind<T> {
  readonly schema: z.ZodType<T>;
  /** Shown to whoever has to fill it in. */
  readonly shape: string;
}

const sap: SecretKind<z.output<typeof sapSecretSchema>> = {
  schema: sapSecretSchema,
  shape:
    '{"baseUrl": "https://my000000-api.s4hana.cloud.sap", "auth": {"type": "oauth2", "tokenUrl", "clientId", "clientSecret"}} or with {"type": "basic", "username", "password"}',
};

const bill: SecretKind<z.output<typeof billSecretSchema>> = {
  schema: billSecretSchema,
  shape:
    '{"baseUrl": "https://gateway.prod.bill.com/connect", "eventsBaseUrl": "https://gateway.prod.bill.com/connect-events", "devKey", "organizationId", "username", "password", "webhookSecurityKey", "webhookSecurityKeyPrevious" (only during a rotation)}',
};

export const secretKinds = { sap, bill };

/**
 * Throws ConfigurationError `SECRET_EMPTY` while nothing has been filled in, `SECRET_INVALID` for any other shape.
 * Neither the message nor the cause holds a value: a JSON error would quote the text, so it is left out.
 */
export function readSecret<T>(kind: SecretKind<T>, name: string, text: string | undefined): T {
  if (text === undefined || text.trim() === '') throw empty(kind, name);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid(kind, name, ['it is not JSON']);
  }
  return checkSecret(kind, name, json);
}

/** As `readSecret`, for a secret that is JSON already. */
export function checkSecret<T>(kind: SecretKind<T>, name: string, json: unknown): T {
  if (isUnfilled(json)) throw empty(kind, name);
  const parsed = kind.schema.safeParse(json, { error: inWords });
  if (!parsed.success)
    throw invalid(
      kind,
      name,
      parsed.error.issues.flatMap((issue) => faultTexts(issue, 'the secret')),
    );
  return parsed.data;
}

/** Nothing, or the shape that the stack creates a secret with: every value but the kind of sign-in is empty. */
function isUnfilled(json: unknown): boolean {
  if (json === undefined || json === null || json === '') return true;
  if (typeof json !== 'object') return false;
  return Object.entries(json).every(([name, value]) => name === 'type' || isUnfilled(value));
}

function empty({ shape }: SecretKind<unknown>, name: string): ConfigurationError {
  return new ConfigurationError({
    code: 'SECRET_EMPTY',
    message: `The secret ${name} is empty.`,
    nextStep: `Fill it in as ${shape}.`,
  });
}

function invalid({ shape }: SecretKind<unknown>, name: string, faults: string[]): ConfigurationError {
  return new ConfigurationError({
    code: 'SECRET_INVALID',
    message: `The secret ${name} cannot be used: ${faults.join('; ')}.`,
    nextStep: `Correct it; its shape is ${shape}.`,
  });
}
