import type { OpenException } from '../../journeys/exceptions/clear-exceptions.ts';
import type { TieOutOfDay } from '../../journeys/tie-out/read-tie-out.ts';
import type { Keep } from '../../ledger/drifts.ts';
import type { Decision, Exception } from '../../ledger/exception.ts';
import type { TieOutDetail } from '../../ledger/tie-outs.ts';
import type { TimelineEvent } from '../../ledger/timeline.ts';
import type { LocalDate } from '../../rules/local-date.ts';

export type { Keep } from '../../ledger/drifts.ts';

/** Where an invoice stands on its way to BILL, for people. */
export type InvoiceStage =
  | 'queued'
  | 'handed-over'
  | 'paid'
  | 'exception'
  | 'kept-back'
  | 'withdrawn'
  | 'settled'
  | 'skipped'
  | 'not-ours';

/** Where a BILL payment stands on its way to SAP. */
export type PaymentStage =
  | 'queued'
  | 'in-transit'
  | 'posted'
  | 'reversed'
  | 'exception'
  | 'skipped'
  | 'ignored';

/** Whether a supplier and a vendor belong together. */
export type PartnerStage = 'linked' | 'not-linked' | 'exception' | 'skipped';

export type DocumentKind = 'invoice' | 'payment' | 'supplier' | 'vendor' | 'foreign-bill';

/** One document in a list. */
export interface DocumentRow {
  readonly kind: DocumentKind;
  /** `1710/5105600101/2026` or `stp…`. */
  readonly id: string;
  readonly stage: InvoiceStage | PaymentStage | PartnerStage;
  /** Why it stands there, in a sentence. */
  readonly reason: string;
  /** The supplier's or vendor's name, its number where no name is known. */
  readonly party: string;
  /** The supplier's own invoice number. */
  readonly reference?: string;
  /** Decimal text, negative for a credit memo; empty while unknown. */
  readonly amount: string;
  readonly currency?: string;
  /** Posting date of an invoice, ISO time when a payment was first heard of. */
  readonly date: string;
  /** All numbers that the ledger's record has for it on both sides. */
  readonly numbers: readonly string[];
}

/** One value of one side; `label` in that side's words. */
export interface SideValue {
  readonly label: string;
  readonly value: string;
}

/** A document's whole story across both systems. */
export interface DocumentStory extends DocumentRow {
  readonly sap: readonly SideValue[];
  readonly bill: readonly SideValue[];
  readonly exception?: Exception;
  readonly skipped?: Decision;
  /** The payments of an invoice, the invoices of a payment. */
  readonly related: readonly DocumentRow[];
  /** Oldest first. */
  readonly events: readonly TimelineEvent[];
}

/** An open exception as the clerk gets it. */
export interface Task extends OpenException {
  /** The document; absent where the exception concerns the connection itself. */
  readonly document?: DocumentRow;
}

/** What is open with one vendor, with its name. */
export interface NamedLine extends TieOutDetail {
  /** The vendor's name, its id where no name is known. */
  readonly vendor: string;
}

/** The tie-out of a day, for people. */
export interface NamedTieOut extends TieOutOfDay {
  readonly lines: readonly NamedLine[];
}

/**
 * Where a clerk clears exceptions and follows documents, on this machine or in the deployed stack. A document is named by
 * its id or any of its numbers; where several with an open exception have it, ConfigurationError `SEVERAL_EXCEPTIONS`.
 */
export interface Desk {
  /** All open exceptions, oldest first. */
  tasks(): Promise<Task[]>;
  /** Throws ConfigurationError `NO_SUCH_EXCEPTION`. */
  task(id: string): Promise<Task>;
  /** Puts the document on its normal path again. Throws ConfigurationError `NO_SUCH_EXCEPTION`. */
  retry(id: string, by: string): Promise<void>;
  /**
   * Decides whose values hold where SAP and BILL differ. Throws ConfigurationError `NO_SUCH_EXCEPTION`, `WHY_MISSING`,
   * `NO_CHOICE`, `CANNOT_BE_KEPT`.
   */
  resolve(id: string, keep: Keep, by: string, why: string): Promise<void>;
  /** Nothing more is to be done; who and why are kept. Throws ConfigurationError `NO_SUCH_EXCEPTION`, `WHY_MISSING`. */
  skip(id: string, by: string, why: string): Promise<void>;
  /** Documents by any of their numbers. Throws ConfigurationError `NOTHING_FOUND`. */
  trace(number: string): Promise<DocumentStory[]>;
  /** The tie-out of this day, by default the last one. Throws ConfigurationError `NO_TIE_OUT`. */
  tieOut(date?: LocalDate): Promise<NamedTieOut>;
}
