/**
 * The three kinds of failure, and three answers:
 * the document's own -> an open exception, the message is done;
 * the world's -> the message waits and comes again;
 * ours -> any other error: a few tries, then the dead-letter queue.
 */

interface Told {
  /** Stable and searchable, `UPPER_SNAKE_CASE`. */
  code: string;
  /** What happened, to which document, in words a clerk understands. Never a secret. */
  message: string;
  /** What a person does next. */
  nextStep: string;
  cause?: unknown;
}

/** Every error that the product throws on purpose. */
export abstract class ConnectorError extends Error {
  readonly code: string;
  readonly nextStep: string;

  constructor({ code, message, nextStep, cause }: Told) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.nextStep = nextStep;
  }
}

/** Values of one side, shown to the clerk beside the other side's. */
export type Facts = Record<string, string>;

/** The document's own failure: it needs a person; a repeat of the same would fail the same way. */
export class DocumentError extends ConnectorError {
  readonly sapValues: Facts;
  readonly billValues: Facts;

  constructor(told: Told & { sapValues?: Facts; billValues?: Facts }) {
    super(told);
    this.sapValues = told.sapValues ?? {};
    this.billValues = told.billValues ?? {};
  }
}

/** The world's failure: an outage, a quota, a closed gate, refused credentials. It passes; the message waits. */
export class WorldError extends ConnectorError {
  /** Wait at least this long before the next try, in milliseconds; undefined: the caller's usual back-off. */
  readonly retryAfterMs: number | undefined;
  /** True when the call may have taken effect although no usable answer came: settle before any repeat. */
  readonly mayHaveHappened: boolean;

  constructor(told: Told & { retryAfterMs?: number | undefined; mayHaveHappened?: boolean }) {
    super(told);
    this.retryAfterMs = told.retryAfterMs;
    this.mayHaveHappened = told.mayHaveHappened ?? false;
  }
}

/** Credentials or rights refused: a world's failure that only a person mends; raises its own alarm. */
export class CredentialsError extends WorldError {}

/** The configuration or a secret is missing or wrong; found before anything is sent. */
export class ConfigurationError extends ConnectorError {}
