import { dateIn } from '../../clock.ts';
import type { LocalDate } from '../../rules/local-date.ts';
import type { Connector } from '../doors.ts';

/** Today where the company code is: on the last evening of a month west of UTC, the old period goes on. */
export function todayIn(
  { config, clock }: Pick<Connector, 'config' | 'clock'>,
  companyCode: string,
): LocalDate {
  const company = config.companyCodes.find((each) => each.companyCode === companyCode);
  return dateIn(company?.timeZone ?? 'UTC', clock.now());
}
