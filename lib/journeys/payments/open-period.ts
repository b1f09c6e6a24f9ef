import { DocumentError } from '../../errors.ts';
import type { LocalDate } from '../../rules/local-date.ts';
import { postingDates } from '../../rules/payments/posting-dates.ts';
import type { Connector } from '../doors.ts';
import { todayIn } from './posting-day.ts';

/** Posts on the date that the company code's policy allows: SAP tells by its refusal that a period is closed. */
export async function inOpenPeriod<T>(
  connector: Connector,
  companyCode: string,
  date: LocalDate,
  post: (postingDate: LocalDate) => Promise<T>,
): Promise<T> {
  const company = connector.config.companyCodes.find((each) => each.companyCode === companyCode);
  const today = todayIn(connector, companyCode);
  const dates = postingDates(company?.postingDate ?? 'process-date', date, today);
  for (const [index, postingDate] of dates.entries()) {
    try {
      return await post(postingDate);
    } catch (error) {
      const isClosed = error instanceof DocumentError && error.code === 'SAP_PERIOD_CLOSED';
      if (!isClosed || index === dates.length - 1) throw error;
    }
  }
  throw new Error('There is always a date to try.');
}
