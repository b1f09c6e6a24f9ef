import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetSecretValueCommand,
  InternalServiceError,
  InvalidRequestException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAwsSecrets } from '../../../lib/config/aws-secrets.ts';
import { createFileSecrets } from '../../../lib/config/file-secrets.ts';
import type { Secrets } from '../../../lib/config/secrets.ts';
import { ConfigurationError } from '../../../lib/errors.ts';
import { embeddedClient } from '../../../lib/local/embedded/embedded-client.ts';
import { type EmbeddedSecrets, startEmbeddedSecrets } from '../../../lib/local/embedded/embedded-secrets.ts';
import { manualClock } from '../../support/manual-clock.ts';

const sap = {
  baseUrl: 'https://my000000-api.s4hana.cloud.sap/',
  auth: { type: 'basic', username: 'CONNECTOR', password: 'hush-sap' },
};
const bill = {
  baseUrl: 'https://gateway.example.test/connect',
  eventsBaseUrl: 'https://gateway.example.test/connect-events',
  devKey: 'hush-dev-key',
  organizationId: '008000000000000000',
  username: 'connector@example.test',
  password: 'hush-bill',
  webhookSecurityKey: 'hush-webhook',
};

let stored: Record<string, string>;
let server: EmbeddedSecrets;
let directory: string;
beforeAll(async () => {
  stored = {};
  server = await startEmbeddedSecrets(stored);
  directory = await mkdtemp(join(tmpdir(), 'ml-connector-'));
});
afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true });
});
beforeEach(() => {
  for (const name of Object.keys(stored)) delete stored[name];
});

const clock = manualClock();
const names = { sapSecretId: 'acme-us/sap', billSecretId: 'acme-us/bill' };
const store = (secrets: { sap?: unknown; bill?: unknown }) => {
  if ('sap' in secrets) stored[names.sapSecretId] = JSON.stringify(secrets.sap);
  if ('bill' in secrets) stored[names.billSecretId] = JSON.stringify(secrets.bill);
};

/** Both ways to keep secrets, and how to fill them. */
const doors: [string, (secrets: { sap?: unknown; bill?: unknown }) => Promise<Secrets>][] = [
  [
    'in AWS',
    async (secrets) => {
      store(secrets);
      return createAwsSecrets({ client: server.client, ...names, clock });
    },
  ],
  [
    'in a file',
    async (secrets) => {
      const path = join(directory, 'secrets.json');
      await writeFile(path, JSON.stringify(secrets));
      return createFileSecrets(path);
    },
  ],
];

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error,
  );

describe.each(doors)('secrets %s', (_, open) => {
  it('are given in their shape, URLs without a slash at the end', async () => {
    const secrets = await open({ sap, bill });
    expect(await secrets.sap()).toEqual({ ...sap, baseUrl: 'https://my000000-api.s4hana.cloud.sap' });
    expect(await secrets.bill()).toEqual(bill);
  });

  it.each([
    ['missing', {}],
    ['null', { sap: null, bill: null }],
    ['without a field', { sap: {}, bill: {} }],
  ])('are empty when %s', async (_, content) => {
    const secrets = await open(content);
    for (const [side, error] of [
      ['sap', await failureOf(secrets.sap())],
      ['bill', await failureOf(secrets.bill())],
    ]) {
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error).toMatchObject({ code: 'SECRET_EMPTY', message: expect.stringContaining(side) });
      expect(error.nextStep).toContain(side === 'sap' ? '"tokenUrl"' : '"webhookSecurityKey"');
    }
  });

  it.each([
    ['a field that is missing', { ...bill, devKey: undefined }, 'devKey'],
    ['a field that is no URL', { ...bill, baseUrl: 'hush-url' }, 'baseUrl'],
    ['an unknown field', { ...bill, devkey: 'hush-typo' }, 'devkey'],
    ['a list', ['hush-list'], 'the secret'],
    ['a text', 'hush-text', 'the secret'],
  ])('name %s, and no value', async (_, content, named) => {
    const error = await failureOf((await open({ bill: content })).bill());
    expect(error).toMatchObject({ code: 'SECRET_INVALID', message: expect.stringContaining(named) });
    expect(`${error.message} ${error.nextStep} ${error.stack} ${JSON.stringify(error)}`).not.toContain(
      'hush',
    );
  });

  it('name a field inside another one', async () => {
    const content = {
      ...sap,
      auth: { type: 'oauth2', clientId: 'hush', clientSecret: 'hush', tokenUrl: '' },
    };
    const error = await failureOf((await open({ sap: content })).sap());
    expect(error.message).toContain('auth.tokenUrl');
    expect(error.message).not.toContain('hush');
  });
});

describe('secrets in AWS', () => {
  it('are read once in five minutes, or when a fresh one is asked for', async () => {
    store({ sap });
    const secrets = createAwsSecrets({ client: server.client, ...names, clock });
    const password = async (fresh?: boolean) => {
      const { auth } = await secrets.sap(fresh);
      return auth.type === 'basic' ? auth.password : undefined;
    };
    const change = (text: string) => store({ sap: { ...sap, auth: { ...sap.auth, password: text } } });
    expect(await password()).toBe('hush-sap');
    change('second');
    clock.advance(5 * 60_000 - 1);
    expect(await password()).toBe('hush-sap');
    clock.advance(1);
    expect(await password()).toBe('second');
    change('third');
    expect(await password()).toBe('second');
    expect(await password(true)).toBe('third');
    expect(await password()).toBe('third');
  });

  it('are read again after a failure: once filled in, they count at once', async () => {
    stored[names.sapSecretId] = '  ';
    const secrets = createAwsSecrets({ client: server.client, ...names, clock });
    await expect(secrets.sap()).rejects.toMatchObject({ code: 'SECRET_EMPTY' });
    stored[names.sapSecretId] = '{"baseUrl": "hush';
    const error = await failureOf(secrets.sap());
    expect(error).toMatchObject({ code: 'SECRET_INVALID' });
    expect(error.cause).toBeUndefined();
    expect(`${error.message} ${error.stack}`).not.toContain('hush');
    store({ sap });
    expect(await secrets.sap()).toMatchObject({ auth: { username: 'CONNECTOR' } });
  });

  it('let the work wait while AWS cannot be reached, and share one read', async () => {
    const client = new SecretsManagerClient(embeddedClient('http://127.0.0.1:9'));
    const manager = mockClient(client);
    const secrets = createAwsSecrets({ client, ...names, clock });
    const deleted = new InvalidRequestException({ message: 'forced', $metadata: { httpStatusCode: 400 } });
    manager
      .on(GetSecretValueCommand)
      .rejectsOnce(new InternalServiceError({ message: 'forced', $metadata: { httpStatusCode: 500 } }))
      .rejectsOnce(deleted)
      .resolves({ SecretString: JSON.stringify(sap) });
    await expect(secrets.sap()).rejects.toMatchObject({ name: 'WorldError', code: 'SECRETS_UNAVAILABLE' });
    await expect(secrets.sap()).rejects.toBe(deleted);
    await Promise.all([secrets.sap(), secrets.sap(), secrets.sap()]);
    expect(manager.commandCalls(GetSecretValueCommand)).toHaveLength(3);
  });
});

describe('secrets in a file', () => {
  it.each([
    ['is not there', undefined, 'SECRET_EMPTY'],
    ['is not JSON', '{"sap": "hush', 'SECRET_INVALID'],
    ['holds no object', '"hush"', 'SECRET_INVALID'],
  ])('say so when the file %s', async (_, text, code) => {
    const path = join(directory, `${code}.json`);
    if (text !== undefined) await writeFile(path, text);
    const error = await failureOf(createFileSecrets(path).sap());
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(path) });
    expect(`${error.message} ${error.stack}`).not.toContain('hush');
  });

  it('count from the next use on when they are corrected', async () => {
    const path = join(directory, 'corrected.json');
    const secrets = createFileSecrets(path);
    await writeFile(path, JSON.stringify({ bill: { ...bill, devKey: '' } }));
    await expect(secrets.bill()).rejects.toMatchObject({ code: 'SECRET_INVALID' });
    await writeFile(path, JSON.stringify({ bill }));
    expect(await secrets.bill()).toEqual(bill);
  });
});
