import { CredentialsError, WorldError } from '../errors.ts';
import { HttpFailure, type HttpResponse } from '../http/http.ts';
import { headerOf } from './headers.ts';
import { readODataError } from './odata-errors.ts';
import { type SapService, scenarioOf } from './services.ts';

/** What was tried, for messages, and whether it could have changed something in SAP. */
export interface Attempt {
  readonly what: string;
  readonly write: boolean;
}

/** SAP answered with something that no fact lets us expect: our failure, not the document's. */
export class UnexpectedAnswer extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnexpectedAnswer';
  }
}

/** Runs one call; no answer becomes WorldError `SAP_UNREACHABLE`. */
export async function answerOf(attempt: Attempt, call: () => Promise<HttpResponse>): Promise<HttpResponse> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    throw new WorldError({
      code: 'SAP_UNREACHABLE',
      message: `No answer from SAP (${attempt.what}, ${error.code}).`,
      nextStep:
        'Nothing, if SAP is down for maintenance; else check the host in the SAP secret and the network.',
      mayHaveHappened: attempt.write && error.mayHaveArrived,
      cause: error,
    });
  }
}

/**
 * 429 and every 5xx: the world's failure (SAP dossier §3.3); `Retry-After` is honoured. A write that ended so may
 * have happened all the same, except after a 429, which refuses before anything is done.
 */
export function outageOf(attempt: Attempt, response: HttpResponse, now: number): WorldError | undefined {
  const { status } = response;
  if (status !== 429 && status < 500) return undefined;
  const busy = status === 429;
  return new WorldError({
    code: busy ? 'SAP_BUSY' : 'SAP_UNAVAILABLE',
    message: `SAP ${busy ? 'asks for fewer calls' : 'is not available'} (${attempt.what}, HTTP ${status} ${problemText(response)}).`,
    nextStep:
      "Nothing: the work waits and goes on by itself. If it lasts, look at SAP's maintenance calendar.",
    retryAfterMs: retryAfterMs(response, now),
    mayHaveHappened: attempt.write && !busy,
  });
}

/** `Retry-After` in seconds or as an HTTP date (RFC 9110 §10.2.3). */
export function retryAfterMs(response: HttpResponse, now: number): number | undefined {
  const value = headerOf(response, 'retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now);
}

/** 403: the credentials are good, the arrangement or the authority is missing (SAP dossier §§0.12, 1.3). */
export function notAuthorized(service: SapService, response: HttpResponse): CredentialsError {
  return new CredentialsError({
    code: 'SAP_NOT_AUTHORIZED',
    message:
      `SAP does not let the communication user use ${service.what} (${service.name}): HTTP 403 ${problemText(response)}`.trim(),
    nextStep:
      `In "Communication Arrangements" create an arrangement for the scenario ${scenarioOf(service)} with the ` +
      "connector's communication system and user, or add its user to the existing one.",
  });
}

/** 404: the path of a service is the same in every tenant, so the host is not SAP's API host (§1.1). */
export function notFound(service: SapService): CredentialsError {
  return new CredentialsError({
    code: 'SAP_SERVICE_NOT_FOUND',
    message: `The host of the SAP secret does not know ${service.what} (${service.path}, HTTP 404).`,
    nextStep:
      'Write the API host as the communication arrangement shows it (https://my123456-api.s4hana.cloud.sap) ' +
      `into the SAP secret, and check that scenario ${scenarioOf(service)} has an arrangement.`,
  });
}

/** A redirect leads to a sign-in page: the user-interface host was given instead of the API host (§1.1). */
export function redirected(service: SapService, status: number): CredentialsError {
  return new CredentialsError({
    code: 'SAP_HOST_REDIRECTS',
    message: `SAP redirects the call to ${service.what} (HTTP ${status}), as the host for people does.`,
    nextStep:
      'Write the API host (with -api in its name, as the communication arrangement shows it) into the SAP secret.',
  });
}

/** A web page where data was asked for: maintenance, a sign-in form or a front end's error page. */
export function unreadable(attempt: Attempt, response: HttpResponse): WorldError {
  return new WorldError({
    code: 'SAP_ANSWER_UNREADABLE',
    message:
      `SAP's answer cannot be read (${attempt.what}, HTTP ${response.status} ${problemText(response)}).`.replace(
        ' )',
        ')',
      ),
    nextStep: 'Nothing, if SAP is down for maintenance; else check the host in the SAP secret.',
    mayHaveHappened: attempt.write,
  });
}

const longestProblem = 300;

/** What a body of any form says about a failure: OData error, SOAP fault, title of a web page, or nothing. */
export function problemText(response: HttpResponse): string {
  const odata = readODataError(response.body);
  const text = odata === undefined ? faultOrTitle(response.body) : [odata.code, ...odata.texts].join(' ');
  return text.replace(/\s+/g, ' ').trim().slice(0, longestProblem);
}

function faultOrTitle(body: string): string {
  const fault = /<(?:\w+:)?(?:faultstring|Text)\b[^>]*>([^<]*)</.exec(body)?.[1];
  const title = /<title\b[^>]*>([^<]*)</i.exec(body)?.[1];
  const oauth = /"error"\s*:\s*"([^"]{1,100})"/.exec(body)?.[1];
  return fault ?? title ?? oauth ?? '';
}
