import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { postingDates } from '../../../../lib/rules/payments/posting-dates.ts';

const dates = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('posting dates', () => {
  it('are one date for the fixed policies', () => {
    expect(postingDates('process-date', '2026-10-30', '2026-11-24')).toEqual(['2026-10-30']);
    expect(postingDates('today', '2026-10-30', '2026-11-24')).toEqual(['2026-11-24']);
  });

  it('go on with the first day of each month, over the turn of a year, up to the next one', () => {
    expect(postingDates('next-open-period', '2026-11-30', '2027-01-02')).toEqual([
      '2026-11-30',
      '2026-12-01',
      '2027-01-01',
      '2027-02-01',
    ]);
  });

  it('end after twelve months, however long ago the payment was', () => {
    const tried = postingDates('next-open-period', '2024-05-30', '2026-11-24');
    expect(tried).toHaveLength(13);
    expect(tried.at(-1)).toBe('2025-05-01');
  });

  it('begin with the process date, rise, and are bounded', () => {
    fc.assert(
      fc.property(dates, dates, (date, today) => {
        const tried = postingDates('next-open-period', date, today);
        expect(tried[0]).toBe(date);
        expect(tried.toSorted()).toEqual(tried);
        expect(new Set(tried).size).toBe(tried.length);
        expect(tried.length).toBeLessThanOrEqual(13);
        expect(tried.slice(1).every((each) => each.endsWith('-01'))).toBe(true);
      }),
    );
  });
});
