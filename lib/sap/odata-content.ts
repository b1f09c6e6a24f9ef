import { WorldError } from '../errors.ts';
import { answerTooLarge, HttpFailure } from '../http/http.ts';
import type { Connection } from './connection.ts';
import { notFound, UnexpectedAnswer, unreadable } from './failures.ts';
import { headerOf } from './headers.ts';
import { ODataError, readODataError } from './odata-errors.ts';
import type { ODataService } from './services.ts';

/**
 * The media resource of one entity (OData 2.0, "Media Link Entries"), never more than `mostBytes` of it. Beside the
 * errors of the connection: ODataError where SAP refuses the request itself, WorldError for a web page in its place.
 */
export async function readContent(
  connection: Connection,
  service: ODataService,
  entity: string,
  mostBytes: number,
): Promise<Uint8Array | 'gone' | 'too-large'> {
  const request = { service, method: 'GET', path: `${service.path}/${entity}/$value` } as const;
  try {
    const response = await connection.send({ ...request, headers: { accept: '*/*' }, fileUpTo: mostBytes });
    const problem = readODataError(response.body);
    if (response.status === 404 && problem !== undefined) return 'gone';
    if (response.status === 404) throw notFound(service);
    if (response.status >= 400) throw new ODataError(`${service.name} $value`, response.status, problem);
    if (/^text\/html/i.test(headerOf(response, 'content-type') ?? ''))
      throw unreadable({ what: service.what, write: false }, response);
    if (response.bytes === undefined) throw new UnexpectedAnswer(`${service.name} sent no content.`);
    return response.bytes.length > mostBytes ? 'too-large' : response.bytes;
  } catch (error) {
    if (isTooLarge(error)) return 'too-large';
    throw error;
  }
}

function isTooLarge(error: unknown): boolean {
  return (
    error instanceof WorldError && error.cause instanceof HttpFailure && error.cause.code === answerTooLarge
  );
}
