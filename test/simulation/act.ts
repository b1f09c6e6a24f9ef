import type { InvoiceKey } from '../../lib/rules/sap-invoices.ts';
import type { SlowPoll, World } from './world.ts';

/** One thing that people do in SAP or in BILL; afterwards the connector works until nothing is left to do. */
export interface Act {
  readonly name: string;
  /** Polls of the slow schedules that run in this act too. */
  readonly slowPolls?: readonly SlowPoll[];
  play(world: World, cast: Cast): void | Promise<void>;
}

/** Who and what the acts speak of. */
export interface Cast {
  readonly suppliers: Record<string, string>;
  readonly invoices: Record<string, InvoiceKey>;
  readonly payments: Record<string, string>;
  funding: string;
}
