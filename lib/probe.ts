/** One line of `ml-connector ping`: one thing that was tried on one side. */
export interface Probe {
  readonly what: string;
  readonly ok: boolean;
  /** What was seen; never a secret. */
  readonly found: string;
  /** What to do where `ok` is false. */
  readonly fix?: string;
}
