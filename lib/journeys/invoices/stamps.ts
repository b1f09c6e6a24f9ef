import { isoTime } from '../../clock.ts';

/**
 * A change stamp some minutes earlier, in the form it came in: ISO (`LastChangeDateTime`) or SAP's text stamp
 * `YYYYMMDDhhmmss…` with or without a point (SAP dossier §4.1). Cut to whole seconds: a shorter text sorts before
 * a longer one, so nothing is missed. A stamp in no known form is given back as it is.
 */
export function stampBefore(stamp: string, minutes: number): string {
  const digits = stamp.replace(/\D/g, '').slice(0, 14);
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(digits);
  if (parts === null) return stamp;
  const [year, month, day, hour, minute, second] = parts.slice(1);
  const moment = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(moment)) return stamp;
  const earlier = isoTime(moment - minutes * 60_000);
  return /^\d{14}/.test(stamp) ? earlier.replace(/\D/g, '').slice(0, 14) : earlier;
}
