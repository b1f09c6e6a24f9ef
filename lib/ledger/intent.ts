/**
 * An intent stands on a document's record from just before a write to SAP or BILL until its answer is recorded:
 *
 *   intent stored ──▶ call ──▶ answer recorded, intent gone
 *        │              │
 *        └── crash ─────┴── no answer ──▶ whoever comes next settles it (looks in the target) before anything else
 *
 * so no write is ever repeated before it was looked for (I1).
 */
export interface Intent {
  /** `create-bill`, `replace-bill`, `post-entry`, … with what tells two of them apart (`post-entry 1 1710`). */
  readonly action: string;
  /** Hash of what is being sent. */
  readonly fingerprint: string;
  /** ISO time just before the first attempt: nothing of ours can be older in the target. */
  readonly startedAt: string;
  /** ISO time just before the latest attempt: the target's visibility lag counts from here. */
  readonly attemptedAt: string;
  readonly attempt: number;
  /** The process that acts; while it may live nobody else settles. */
  readonly holder: string;
  /** What is being sent, for the look-up. */
  readonly sent: unknown;
}
