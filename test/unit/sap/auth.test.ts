import { describe, expect, it } from 'vitest';
import { CredentialsError, WorldError } from '../../../lib/errors.ts';
import { HttpFailure } from '../../../lib/http/http.ts';
import { createConnection } from '../../../lib/sap/connection.ts';
import { supplierInvoiceService as service } from '../../../lib/sap/services.ts';
import {
  answering,
  basicSecret,
  clockAt,
  html,
  json,
  oauthSecret,
  recordingObserve,
  secretsOf,
} from './doors.ts';

const request = {
  service,
  method: 'GET',
  path: `${service.path}/`,
  headers: { accept: 'application/json' },
} as const;
const newPassword = { ...basicSecret, auth: { ...basicSecret.auth, password: 'new-sesame' } };
const newClientSecret = { ...oauthSecret, auth: { ...oauthSecret.auth, clientSecret: 'new-sesame' } };

function connectionTo(
  answer: Parameters<typeof answering>[0],
  secrets = secretsOf(basicSecret),
  clock = clockAt('2026-11-24T05:00:00Z'),
) {
  const { http, requests } = answering(answer);
  const observe = recordingObserve();
  return {
    connection: createConnection({ http, secrets, clock, observe }),
    requests,
    observe,
    clock,
    secrets,
  };
}

const isToken = (url: string) => url.includes('/oauth2/token');
const tokenOrData = (life = 3600) => {
  let tokens = 0;
  return ({ url }: { url: string }) => {
    if (!isToken(url)) return json({ d: {} });
    tokens += 1;
    return json({ access_token: `token-${tokens}`, token_type: 'Bearer', expires_in: life });
  };
};

describe('Basic', () => {
  it('sends user and password, in UTF-8', async () => {
    const secret = { ...basicSecret, auth: { ...basicSecret.auth, password: 'schlüssel:1' } };
    const { connection, requests } = connectionTo(() => json({}), secretsOf(secret));
    await connection.send(request);
    const [, encoded] = (requests[0]?.headers.authorization ?? '').split(' ');
    expect(Buffer.from(encoded ?? '', 'base64').toString('utf8')).toBe('BILLCONN:schlüssel:1');
  });

  it('after a 401 takes a changed secret and repeats once', async () => {
    const { connection, requests } = connectionTo(
      (_request, count) => (count === 1 ? html(401, 'Logon failed') : json({})),
      secretsOf(basicSecret, newPassword),
    );
    await expect(connection.send(request)).resolves.toMatchObject({ status: 200 });
    expect(requests).toHaveLength(2);
    expect(requests[1]?.headers.authorization).not.toBe(requests[0]?.headers.authorization);
  });

  it('does not show an unchanged password again: neither at once nor for ten minutes', async () => {
    const { connection, requests, clock, observe } = connectionTo(() => html(401, 'Logon failed'));
    await expect(connection.send(request)).rejects.toMatchObject({ code: 'SAP_CREDENTIALS_REFUSED' });
    await expect(connection.send(request)).rejects.toBeInstanceOf(CredentialsError);
    expect(requests).toHaveLength(1);
    expect(observe.counted).toEqual(['CredentialsRefused']);
    clock.advance(10 * 60_000);
    await expect(connection.send(request)).rejects.toBeInstanceOf(CredentialsError);
    expect(requests).toHaveLength(2);
  });

  it('goes on as soon as the secret has changed', async () => {
    const secrets = secretsOf(basicSecret);
    const { connection } = connectionTo(
      ({ headers }) =>
        headers.authorization?.includes(btoa('BILLCONN:open-sesame')) ? html(401, '') : json({}),
      secrets,
    );
    await expect(connection.send(request)).rejects.toBeInstanceOf(CredentialsError);
    secrets.sap = async () => newPassword;
    await expect(connection.send(request)).resolves.toMatchObject({ status: 200 });
  });

  it('gives up after one repeat', async () => {
    const { connection, requests } = connectionTo(() => html(401, ''), secretsOf(basicSecret, newPassword));
    await expect(connection.send(request)).rejects.toMatchObject({ code: 'SAP_CREDENTIALS_REFUSED' });
    expect(requests).toHaveLength(2);
  });

  it('lets parallel callers share one fresh look after a 401', async () => {
    const { connection, requests } = connectionTo(() => html(401, ''));
    const all = await Promise.allSettled([
      connection.send(request),
      connection.send(request),
      connection.send(request),
    ]);
    expect(all.every((each) => each.status === 'rejected' && each.reason instanceof CredentialsError)).toBe(
      true,
    );
    expect(requests).toHaveLength(3);
  });
});

describe('OAuth 2.0 client credentials', () => {
  it('asks for a token with a form, once for all callers', async () => {
    const { connection, requests } = connectionTo(tokenOrData(), secretsOf(oauthSecret));
    await Promise.all([connection.send(request), connection.send(request), connection.send(request)]);
    const tokens = requests.filter(({ url }) => isToken(url));
    expect(tokens).toHaveLength(1);
    expect(tokens[0]).toMatchObject({
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${btoa('connector:open-sesame')}`,
      },
      body: 'grant_type=client_credentials',
    });
    expect(requests.filter(({ url }) => !isToken(url)).map(({ headers }) => headers.authorization)).toEqual(
      Array(3).fill('Bearer token-1'),
    );
  });

  it('renews a minute before the token expires', async () => {
    const { connection, requests, clock } = connectionTo(tokenOrData(3600), secretsOf(oauthSecret));
    await connection.send(request);
    clock.advance(3_539_000);
    await connection.send(request);
    expect(requests.at(-1)?.headers.authorization).toBe('Bearer token-1');
    clock.advance(1_000);
    await connection.send(request);
    expect(requests.at(-1)?.headers.authorization).toBe('Bearer token-2');
  });

  it('uses even a token of a few seconds', async () => {
    const { connection, requests } = connectionTo(tokenOrData(5), secretsOf(oauthSecret));
    await connection.send(request);
    await connection.send(request);
    expect(requests.filter(({ url }) => isToken(url))).toHaveLength(1);
  });

  it('takes a new token after a 401 and repeats once', async () => {
    const tokens = tokenOrData();
    const { connection, requests } = connectionTo(
      (one) => (one.headers.authorization === 'Bearer token-1' ? html(401, '') : tokens(one)),
      secretsOf(oauthSecret),
    );
    await expect(connection.send(request)).resolves.toMatchObject({ status: 200 });
    expect(requests.map(({ url }) => isToken(url))).toEqual([true, false, true, false]);
  });

  it('asks for a refused token once more only with a changed secret', async () => {
    const refused = connectionTo(() => json({ error: 'invalid_client' }, 401), secretsOf(oauthSecret));
    await expect(refused.connection.send(request)).rejects.toMatchObject({
      code: 'SAP_CREDENTIALS_REFUSED',
      message: expect.stringContaining('invalid_client'),
    });
    await expect(refused.connection.send(request)).rejects.toBeInstanceOf(CredentialsError);
    expect(refused.requests).toHaveLength(1);

    const tokens = tokenOrData();
    const changed = connectionTo(
      (one) =>
        one.headers.authorization === `Basic ${btoa('connector:open-sesame')}`
          ? json({ error: 'invalid_client' }, 401)
          : tokens(one),
      secretsOf(oauthSecret, newClientSecret),
    );
    await expect(changed.connection.send(request)).resolves.toMatchObject({ status: 200 });
    expect(changed.requests).toHaveLength(3);
  });

  it('waits when the token service is down', async () => {
    const { connection } = connectionTo(
      () => html(503, 'Maintenance', { 'retry-after': '60' }),
      secretsOf(oauthSecret),
    );
    const error: unknown = await connection.send(request).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(WorldError);
    expect(error).not.toBeInstanceOf(CredentialsError);
    expect(error).toMatchObject({ retryAfterMs: 60_000, mayHaveHappened: false });
  });

  it('never tells a secret', async () => {
    const { connection, observe } = connectionTo(
      () => json({ error: 'invalid_client' }, 401),
      secretsOf(oauthSecret),
    );
    const error = (await connection.send(request).catch((each: unknown) => each)) as CredentialsError;
    expect(JSON.stringify([error.message, error.nextStep, observe.logged])).not.toContain('open-sesame');
  });
});

describe('failures of the world', () => {
  const post = { ...request, method: 'POST', body: '{}' } as const;

  it('repeats a read once on a broken connection, a write never', async () => {
    const broken = () => Promise.reject(new HttpFailure('ECONNRESET', true, 'broken'));
    const once = connectionTo((_one, count) => (count === 1 ? broken() : json({})));
    await expect(once.connection.send(request)).resolves.toMatchObject({ status: 200 });
    const twice = connectionTo(broken);
    await expect(twice.connection.send(request)).rejects.toMatchObject({
      code: 'SAP_UNREACHABLE',
      mayHaveHappened: false,
    });
    expect(twice.requests).toHaveLength(2);
    const write = connectionTo(broken);
    await expect(write.connection.send(post)).rejects.toMatchObject({
      code: 'SAP_UNREACHABLE',
      mayHaveHappened: true,
    });
    expect(write.requests).toHaveLength(1);
  });

  it('knows a write that cannot have arrived', async () => {
    const { connection } = connectionTo(() =>
      Promise.reject(new HttpFailure('ECONNREFUSED', false, 'refused')),
    );
    await expect(connection.send(post)).rejects.toMatchObject({
      code: 'SAP_UNREACHABLE',
      mayHaveHappened: false,
    });
  });

  it.each([
    [429, 'SAP_BUSY', false],
    [500, 'SAP_UNAVAILABLE', true],
    [503, 'SAP_UNAVAILABLE', true],
    [504, 'SAP_UNAVAILABLE', true],
  ])('HTTP %i is %s, a write may have happened: %s', async (status, code, mayHaveHappened) => {
    const { connection, requests } = connectionTo(() =>
      html(status, 'System maintenance', { 'retry-after': '30' }),
    );
    await expect(connection.send(request)).rejects.toMatchObject({
      code,
      retryAfterMs: 30_000,
      mayHaveHappened: false,
    });
    await expect(connection.send(post)).rejects.toMatchObject({ code, mayHaveHappened });
    expect(requests).toHaveLength(2);
  });

  it.each([
    [403, 'SAP_NOT_AUTHORIZED', 'SAP_COM_0057'],
    [404, 'SAP_SERVICE_NOT_FOUND', 'API host'],
    [302, 'SAP_HOST_REDIRECTS', '-api'],
  ])('HTTP %i is %s and says what to do', async (status, code, nextStep) => {
    const { connection, observe } = connectionTo(() => html(status, ''));
    await expect(connection.send(request)).rejects.toMatchObject({
      code,
      nextStep: expect.stringContaining(nextStep),
    });
    await expect(connection.send(request)).rejects.toBeInstanceOf(CredentialsError);
    expect(observe.counted).toContain('CredentialsRefused');
  });
});
