import { isoTime } from '../../clock.ts';

/** SAP's long time stamp as text, UTC: `20261124050000.1230000`. */
export function sapTime(milliseconds: number): string {
  const digits = isoTime(milliseconds).replaceAll(/\D/g, '');
  return `${digits.slice(0, 14)}.${digits.slice(14)}0000`;
}
