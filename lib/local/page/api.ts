import type { GateState } from '../../bill/gate-state.ts';
import type { TieOutRun } from '../../ledger/tie-outs.ts';
import type { DocumentRow, InvoiceStage, PaymentStage } from '../desk/desk.ts';
import type { LastPoll, PollName } from '../run/polls.ts';
import type { LocalStatus } from '../run/status.ts';

/** What `GET /api/overview` answers: everything on the page that is not a document. */
export interface Overview {
  readonly connection: string;
  /** ISO time of this answer. */
  readonly now: string;
  /** Changes when any document or exception has changed. */
  readonly revision: string;
  /** Nothing waits, nothing is in work, and the last polls found nothing new. */
  readonly idle: boolean;
  /** Open exceptions. */
  readonly tasks: number;
  readonly invoices: readonly StageCount<InvoiceStage>[];
  readonly payments: readonly StageCount<PaymentStage>[];
  readonly queues: LocalStatus['queues'];
  readonly messagesInWork: number;
  readonly polls: Readonly<Partial<Record<PollName, LastPoll>>>;
  readonly bill: GateState & {
    /** The configured share of BILL's hourly calls. */
    readonly callsPerHour: number;
    /** How many calls may be in flight at once. */
    readonly places: number;
  };
  readonly webhookUrl: string;
  /** The last tie-out, where there is one. */
  readonly tieOut?: TieOutRun & {
    /** Vendors with a difference that nothing explains. */
    readonly differences: number;
  };
}

/** How many documents stand at a stage, and over how much in each currency. */
export interface StageCount<Stage> {
  readonly stage: Stage;
  readonly count: number;
  readonly amounts: readonly { readonly currency: string; readonly amount: string }[];
}

/** What `GET /api/documents` answers, newest documents first. */
export interface DocumentList {
  /** How many there are, of which `documents` may be the first ones only. */
  readonly total: number;
  readonly documents: readonly DocumentRow[];
}

/** The body of an answer with a 4xx or 5xx status. */
export interface ErrorAnswer {
  readonly error: { readonly code: string; readonly message: string; readonly nextStep: string };
}
