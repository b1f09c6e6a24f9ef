import type { Clock } from '../clock.ts';
import { WorldError } from '../errors.ts';
import { clockHour, reserveCalls, untilNextHour } from '../ledger/call-budget.ts';
import type { Table } from '../ledger/table.ts';

const largestBlock = 20;

/** This process's share of the hourly budget. */
export interface HourlyCalls {
  /** Takes one reserved call of this very hour; false when none is left. Decides without waiting for anything. */
  take(): boolean;
  /** Reserves a block. Throws WorldError `BILL_BUDGET_SPENT` with the time until the next hour. */
  reserve(): Promise<void>;
}

export function createHourlyCalls(
  { table, clock }: { table: Table; clock: Clock },
  callsPerHour: number,
): HourlyCalls {
  /** Small budgets are reserved in small blocks, or idle workers would hold most of them. */
  const block = Math.max(1, Math.min(largestBlock, Math.floor(callsPerHour / 50)));
  let reserved = { hour: '', left: 0 };

  return {
    take: () => {
      if (reserved.hour !== clockHour(clock.now()) || reserved.left === 0) return false;
      reserved.left -= 1;
      return true;
    },
    reserve: async () => {
      const hour = clockHour(clock.now());
      const granted = await reserveCalls({ table, clock }, { hour, wanted: block, most: callsPerHour });
      if (granted === 0) throw spent(callsPerHour, clock.now());
      const kept = reserved.hour === hour ? reserved.left : 0;
      reserved = { hour, left: kept + granted };
    },
  };
}

function spent(callsPerHour: number, now: number): WorldError {
  return new WorldError({
    code: 'BILL_BUDGET_SPENT',
    message: `The ${callsPerHour} BILL calls of this clock hour are spent.`,
    nextStep:
      'Nothing: it goes on by itself in the next hour. bill.callsPerHour in the configuration sets the limit.',
    retryAfterMs: untilNextHour(now),
  });
}
