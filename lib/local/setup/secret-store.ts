import { renameSync, writeFileSync } from 'node:fs';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { readSecretsFile } from '../../config/file-secrets.ts';
import { checkSecret, secretKinds } from '../../config/read-secret.ts';
import type { Secrets } from '../../config/secrets.ts';
import { ConfigurationError } from '../../errors.ts';
import type { DeployedStack } from './stack.ts';

/** Where the secrets of a connection are kept, seen by whoever sets it up: they may be incomplete. */
export interface SecretStore {
  /** For people: the file, or the stack's secret. */
  readonly place: string;
  read(side: 'sap' | 'bill'): Promise<unknown>;
  /** Writes the BILL secret, whole. */
  writeBill(secret: object): Promise<void>;
}

export function fileStore(path: string): SecretStore {
  return {
    place: path,
    read: async (side) => (await readSecretsFile(path))[side],
    writeBill: async (bill) => {
      const whole = { ...(await readSecretsFile(path)), bill };
      writeFileSync(`${path}.new`, `${JSON.stringify(whole, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
  };
}

export function stackStore({ name, secrets }: DeployedStack): SecretStore {
  const { client, bill } = secrets;
  return {
    place: `the BILL secret of ${name}`,
    read: async (side) => {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secrets[side] }));
      return jsonOf(SecretString, secrets[side]);
    },
    writeBill: async (secret) => {
      await client.send(new PutSecretValueCommand({ SecretId: bill, SecretString: JSON.stringify(secret) }));
    },
  };
}

/** The text of a secret is not quoted in an error. */
function jsonOf(text: string | undefined, name: string): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    throw new ConfigurationError({
      code: 'SECRET_INVALID',
      message: `The secret ${name} is not JSON.`,
      nextStep: 'Correct it; README, "Credentials" shows its shape.',
    });
  }
}

const keysSchema = z.object({
  webhookSecurityKey: z.string().default(''),
  webhookSecurityKeyPrevious: z.string().optional(),
});

export type WebhookKeys = z.infer<typeof keysSchema>;

/** The webhook's keys as they stand; an empty one where there is none yet. */
export async function webhookKeys(store: SecretStore): Promise<WebhookKeys> {
  return keysSchema.catch({ webhookSecurityKey: '' }).parse(await store.read('bill'));
}

/** Takes over a new key; the one before stays valid beside it until somebody removes it. */
export async function storeSecurityKey(store: SecretStore, key: string): Promise<void> {
  const { webhookSecurityKey: before, webhookSecurityKeyPrevious: older } = await webhookKeys(store);
  const previous = before === '' || before === key ? older : before;
  const secret = z.looseObject({}).parse(await store.read('bill'));
  await store.writeBill({
    ...secret,
    webhookSecurityKey: key,
    ...(previous !== undefined && { webhookSecurityKeyPrevious: previous }),
  });
}

/**
 * The secrets as the clients of SAP and BILL take them. A webhook key is not needed to call BILL, and cannot exist
 * before its subscription: while it is empty, one that signs nothing stands in its place.
 */
export function secretsFrom(store: SecretStore): Secrets {
  return {
    sap: async () => checkSecret(secretKinds.sap, `"sap" in ${store.place}`, await store.read('sap')),
    bill: async () =>
      checkSecret(secretKinds.bill, `"bill" in ${store.place}`, withAnyKey(await store.read('bill'))),
  };
}

function withAnyKey(secret: unknown): unknown {
  if (typeof secret !== 'object' || secret === null) return secret;
  const { webhookSecurityKey = '', ...others } = secret as Partial<WebhookKeys>;
  const isUntouched = Object.values(others).every((value) => value === '');
  if (isUntouched || webhookSecurityKey !== '') return secret;
  return { ...others, webhookSecurityKey: 'none yet' };
}
