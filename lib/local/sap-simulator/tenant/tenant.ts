import type { Clock } from '../../../clock.ts';
import type { Random } from '../../../random.ts';
import type { SapBooks } from '../books.ts';
import type { SapSwitches } from '../switches.ts';

/** The running tenant, handed to everything that reads or changes it. */
export interface Tenant {
  readonly books: SapBooks;
  readonly switches: SapSwitches;
  readonly clock: Clock;
  readonly random: Random;
}
