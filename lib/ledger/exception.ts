import type { Facts } from '../errors.ts';

/** A document that needs a person. It stands on the document's own record, so both change together. */
export interface Exception {
  /** Stable reason, `ACCOUNT_NOT_MAPPED`, `BDC_1145`, … */
  readonly code: string;
  /** What is wrong, in plain words. */
  readonly what: string;
  /** What the clerk does next. */
  readonly nextStep: string;
  readonly sapValues: Facts;
  readonly billValues: Facts;
  /** ISO time when this reason first stood on the document. */
  readonly raisedAt: string;
}

/** Who decided what, kept for the auditor. */
export interface Decision {
  readonly by: string;
  readonly why: string;
  /** ISO time. */
  readonly at: string;
}
