import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateIn, isoDate } from '../../lib/clock.ts';

const hourMs = 60 * 60_000;
const moments = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
  .map((date) => date.getTime());
const zones = fc.constantFrom(
  'UTC',
  'America/New_York',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Asia/Kolkata',
);

describe('the date in a time zone', () => {
  it.each([
    ['America/New_York', '2026-12-01T04:59:59.999Z', '2026-11-30'],
    ['America/New_York', '2026-12-01T05:00:00.000Z', '2026-12-01'],
    ['Asia/Tokyo', '2026-11-30T14:59:59.999Z', '2026-11-30'],
    ['Asia/Tokyo', '2026-11-30T15:00:00.000Z', '2026-12-01'],
    // Summer time begins: the day has 23 hours.
    ['America/New_York', '2026-03-08T04:59:59.999Z', '2026-03-07'],
    ['America/New_York', '2026-03-09T03:59:59.999Z', '2026-03-08'],
    ['America/New_York', '2026-03-09T04:00:00.000Z', '2026-03-09'],
    // Summer time ends: the day has 25 hours.
    ['America/New_York', '2026-11-01T04:00:00.000Z', '2026-11-01'],
    ['America/New_York', '2026-11-02T04:59:59.999Z', '2026-11-01'],
    ['America/New_York', '2026-11-02T05:00:00.000Z', '2026-11-02'],
    // Both sides of the date line at one moment.
    ['Pacific/Kiritimati', '2026-12-31T10:30:00.000Z', '2027-01-01'],
    ['Pacific/Pago_Pago', '2026-12-31T10:30:00.000Z', '2026-12-30'],
    // Samoa crossed the date line and had no 30 December.
    ['Pacific/Apia', '2011-12-30T09:59:59.999Z', '2011-12-29'],
    ['Pacific/Apia', '2011-12-30T10:00:00.000Z', '2011-12-31'],
  ])('%s at %s', (timeZone, moment, date) => {
    expect(dateIn(timeZone, Date.parse(moment))).toBe(date);
  });

  it('is the UTC date that many hours later or earlier, where the zone has a fixed offset', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: -12, max: 14 }), (moment, hours) => {
        // The names in Etc bear the opposite sign.
        const timeZone = `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
        expect(dateIn(timeZone, moment)).toBe(isoDate(moment + hours * hourMs));
      }),
    );
  });

  it('never goes back, and is at most a day from the UTC date', () => {
    fc.assert(
      fc.property(zones, moments, fc.nat(48 * hourMs), (timeZone, moment, later) => {
        const date = dateIn(timeZone, moment);
        expect(dateIn(timeZone, moment + later) >= date).toBe(true);
        expect(Math.abs(Date.parse(date) - Date.parse(isoDate(moment)))).toBeLessThanOrEqual(24 * hourMs);
      }),
    );
  });
});
