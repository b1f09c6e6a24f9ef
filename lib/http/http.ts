/**
 * The HTTP door: every request to SAP and to BILL leaves the process through a function of this type.
 * `gotHttp` is the real one; the simulators answer the same type in one process.
 */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute URL, query included, already encoded. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A body of bytes, in place of `body`. */
  readonly bytes?: Uint8Array;
  /** The body of a success is wanted as bytes, so many at most; a larger one is HttpFailure `ANSWER_TOO_LARGE`. */
  readonly mostBytes?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; `set-cookie` is always a list. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** Where bytes were asked for and came; `body` is empty then. */
  readonly bytes?: Uint8Array;
}

/** One request, one attempt: never repeats, never follows a redirect; any status is an answer. Throws HttpFailure. */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/** The code of a failure whose answer was larger than wanted. */
export const answerTooLarge = 'ANSWER_TOO_LARGE';

/** No usable answer came back (time-out, refused or broken connection). */
export class HttpFailure extends Error {
  /** `ETIMEDOUT`, `ECONNREFUSED`, `ECONNRESET`, … */
  readonly code: string;
  /** False only when the request cannot have reached the other side (name look-up or connection failed). */
  readonly mayHaveArrived: boolean;

  constructor(code: string, mayHaveArrived: boolean, message: string) {
    super(message);
    this.name = 'HttpFailure';
    this.code = code;
    this.mayHaveArrived = mayHaveArrived;
  }
}
