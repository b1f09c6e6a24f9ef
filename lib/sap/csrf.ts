import type { Clock } from '../clock.ts';
import type { Connection } from './connection.ts';
import { UnexpectedAnswer } from './failures.ts';
import { cookiesOf, headerOf } from './headers.ts';
import type { ODataService } from './services.ts';
import { sharedValue } from './shared-value.ts';

/** Token and cookies of one SAP session: useless without each other, so always kept and sent together. */
interface CsrfPass {
  readonly token: string;
  readonly cookie: string;
}

export interface Csrf {
  /** The session's pass, fetched by one caller at a time at the service root. */
  take(service: ODataService): Promise<CsrfPass>;
  /** Forgets a pass that SAP no longer accepts. */
  drop(pass: CsrfPass): void;
}

/** Sessions end after some half an hour of idling; a token is used for ten minutes (SAP dossier §2). */
const lifeMs = 10 * 60_000;

/** One token serves all services of the host while its session lives, so one is kept (SAP dossier §2). */
export function createCsrf(connection: Connection, clock: Clock): Csrf {
  const shared = sharedValue<CsrfPass>(clock, lifeMs);
  return {
    take: (service) => shared.get(() => fetchPass(connection, service)),
    drop: (pass) => shared.drop(pass),
  };
}

/** GET, since some services refuse HEAD; the token counts whatever the status is (SAP dossier §2). */
async function fetchPass(connection: Connection, service: ODataService): Promise<CsrfPass> {
  const response = await connection.send({
    service,
    method: 'GET',
    path: `${service.path}/`,
    headers: { accept: 'application/json', 'x-csrf-token': 'Fetch' },
  });
  const token = headerOf(response, 'x-csrf-token') ?? '';
  if (token === '' || /^(fetch|required)$/i.test(token)) {
    throw new UnexpectedAnswer(`SAP gave no CSRF token at ${service.path}/ (HTTP ${response.status}).`);
  }
  return { token, cookie: cookiesOf(response) };
}
