import type { Clock } from '../clock.ts';
import type { Secrets } from '../config/secrets.ts';
import type { Http } from '../http/http.ts';
import type { Table } from '../ledger/table.ts';
import type { Observe } from '../observe/observe.ts';
import type { Random } from '../random.ts';
import type { BillCalls, BillGateway, BillPurpose } from './bill.ts';
import { billCalls } from './bills.ts';
import { chartOfAccountCalls } from './chart-of-accounts.ts';
import { classificationCalls } from './classifications.ts';
import { documentCalls } from './documents.ts';
import { createGate } from './gate.ts';
import { paymentCalls } from './payments.ts';
import { probeBill } from './probe.ts';
import { createRest, type Rest } from './rest.ts';
import { createSessions } from './session.ts';
import { subscriptionCalls } from './subscriptions.ts';
import { vendorCreditCalls } from './vendor-credits.ts';
import { vendorCalls } from './vendors.ts';

export interface BillOptions {
  readonly secrets: Secrets;
  readonly http: Http;
  /** Holds leases, budget and session: the same table for all who use the same developer key. */
  readonly table: Table;
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: Observe;
  /** Our share of BILL's 20,000 calls per clock hour (BILL dossier §2.1). */
  readonly callsPerHour: number;
  /** Names this process in the leases it holds; one is made up otherwise. */
  readonly holder?: string;
}

/** The way to BILL: every call through the gate, in the shared session. */
export function createBill({ secrets, callsPerHour, holder, ...others }: BillOptions): BillGateway {
  const doors = { ...others, holder: holder ?? others.random.uuid() };
  const gate = createGate(doors, callsPerHour);
  const sessions = createSessions({ ...doors, secrets }, gate);
  const withRest = <T>(purpose: BillPurpose, work: (rest: Rest) => Promise<T>) =>
    gate.withLease(purpose, (lease) => work(createRest({ lease, gate, sessions })));
  return {
    withLease: (purpose, work) => withRest(purpose, (rest) => work(callsOf(rest))),
    probe: () => probeBill((work) => withRest('set-up', work)),
  };
}

function callsOf(rest: Rest): BillCalls {
  return {
    ...vendorCalls(rest),
    ...billCalls(rest),
    ...documentCalls(rest),
    ...vendorCreditCalls(rest),
    ...paymentCalls(rest),
    ...chartOfAccountCalls(rest),
    ...classificationCalls(rest),
    ...subscriptionCalls(rest),
  };
}
