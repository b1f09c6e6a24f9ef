import type { GateState } from '../../bill/gate-state.ts';
import type { TieOut } from '../../ledger/tie-outs.ts';

/** What a run has come to. */
export interface Summary {
  /** Where the facts come from: the books of both simulators beside the ledger, or the ledger alone. */
  readonly source: 'simulators-and-ledger' | 'ledger';
  readonly documents: {
    readonly invoices: Readonly<Record<string, number>>;
    readonly payments: Readonly<Record<string, number>>;
  };
  /** Clearings of journal entries in SAP by state; `held-back`: their time has not come. */
  readonly clearings: Readonly<Record<string, number>>;
  /** Open exceptions by reason. */
  readonly exceptions: Readonly<Record<string, number>>;
  readonly totals: readonly Total[];
  /** What SAP and BILL still have to pay, per company code and currency. */
  readonly tieOut: readonly TieOut[];
  readonly bill: BillUse;
  /** One sentence for each; none when everything agrees. */
  readonly differences: readonly string[];
}

/** A sum of one currency, as each side has it; absent where that side was not asked. */
export interface Total {
  readonly what:
    | 'invoices handed over'
    | 'credit memos handed over'
    | 'invoices in exception'
    | 'payments cleared';
  readonly currency: string;
  readonly sap?: string;
  readonly ledger: string;
  readonly bill?: string;
}

export interface BillUse {
  readonly calls: number;
  readonly callsByPurpose: GateState['callsByPurpose'];
  readonly newBills: number;
  /** Calls of journey 1 for each new bill, changes and withdrawals included, vendors not. */
  readonly callsPerNewBill: number;
  readonly mostInFlight: number;
  readonly logins: number;
}

/** More calls at once than BILL takes (BILL dossier §2.1) are a fault whatever the documents say. */
const mostCallsAtOnce = 3;

/** Everything agrees. */
export function agrees({ differences, bill }: Summary): boolean {
  return differences.length === 0 && bill.mostInFlight <= mostCallsAtOnce;
}
