import type { CompanyCodeConfig } from '../../config/connector-config.ts';
import type { LocalDate } from '../local-date.ts';

/** No more months than these are tried after a closed one. */
const mostMonths = 12;

/**
 * The posting dates to try, one after the other: SAP alone knows which periods are open, and tells by refusing. With
 * `next-open-period` the first day of each month after `date` follows, up to the month after today's.
 */
export function postingDates(
  policy: CompanyCodeConfig['postingDate'],
  date: LocalDate,
  today: LocalDate,
): LocalDate[] {
  if (policy === 'today') return [today];
  if (policy === 'process-date') return [date];
  const dates = [date];
  let month = firstOfNextMonth(date);
  while (month <= firstOfNextMonth(today) && dates.length <= mostMonths) {
    dates.push(month);
    month = firstOfNextMonth(month);
  }
  return dates;
}

function firstOfNextMonth(date: LocalDate): LocalDate {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
  return `${String(next.year).padStart(4, '0')}-${String(next.month).padStart(2, '0')}-01`;
}
