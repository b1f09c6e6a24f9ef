import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { worldOr } from '../aws-failure.ts';
import type { Clock } from '../clock.ts';
import { readSecret, secretKinds } from './read-secret.ts';
import type { Secrets } from './secrets.ts';

export interface AwsSecretsOptions {
  readonly client: SecretsManagerClient;
  readonly sapSecretId: string;
  readonly billSecretId: string;
  readonly clock: Clock;
  /** How long a secret is used before it is read again; default five minutes. */
  readonly cacheMs?: number;
}

/**
 * Both secrets from AWS Secrets Manager. Beside what `Secrets` says, throws WorldError `SECRETS_UNAVAILABLE`.
 *
 * Cached here rather than by Powertools' parameters utility, which reads the machine's clock, not the one passed in.
 */
export function createAwsSecrets(options: AwsSecretsOptions): Secrets {
  const { client, sapSecretId, billSecretId, clock, cacheMs = 5 * 60 * 1000 } = options;
  return {
    sap: cached(clock, cacheMs, async () =>
      readSecret(secretKinds.sap, sapSecretId, await fetchSecret(client, sapSecretId)),
    ),
    bill: cached(clock, cacheMs, async () =>
      readSecret(secretKinds.bill, billSecretId, await fetchSecret(client, billSecretId)),
    ),
  };
}

/** Callers at the same time share one read; a failed read is not kept. */
function cached<T>(clock: Clock, cacheMs: number, read: () => Promise<T>): (fresh?: boolean) => Promise<T> {
  let held: { readonly value: Promise<T>; readonly readAt: number } | undefined;
  return (fresh = false) => {
    if (held !== undefined && !fresh && clock.now() - held.readAt < cacheMs) return held.value;
    const mine = { value: read(), readAt: clock.now() };
    held = mine;
    mine.value.catch(() => {
      if (held === mine) held = undefined;
    });
    return mine.value;
  };
}

async function fetchSecret(client: SecretsManagerClient, SecretId: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;
  } catch (error) {
    // A secret that was created without a value answers so until it gets its first one.
    if (error instanceof ResourceNotFoundException) return undefined;
    const message = 'The secrets (AWS Secrets Manager) cannot be read just now.';
    throw worldOr(error, { code: 'SECRETS_UNAVAILABLE', message });
  }
}
