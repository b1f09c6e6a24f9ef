import type { Clock } from '../clock.ts';
import type { Http } from '../http/http.ts';
import type { Table } from '../ledger/table.ts';
import type { Observe } from '../observe/observe.ts';
import type { Random } from '../random.ts';

/** What the gate and the session work with. */
export interface GateDoors {
  readonly http: Http;
  readonly table: Table;
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: Observe;
  /** Names this process in the leases it holds. */
  readonly holder: string;
}
