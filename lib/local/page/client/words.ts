import type { DocumentRow } from '../../desk/desk.ts';

/** `18,500.00 USD`; decimal text in, never a float. */
export function money(amount: string, currency = ''): string {
  const grouped = amount.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
  return `${grouped} ${currency}`.trim();
}

/** An amount with its currency gets its separators; any other value stays as it is. */
export function valueText(value: string): string {
  const [, amount, currency] = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(value) ?? [];
  return amount === undefined ? value : money(amount, currency);
}

export function moneyOf({ amount, currency }: Pick<DocumentRow, 'amount' | 'currency'>): string {
  return amount === '' ? '' : money(amount, currency);
}

/** `18,500`: for places where a sum is only to be grasped. */
export function roundMoney(amount: string, currency: string): string {
  return money(amount.replace(/\.\d+$/, ''), currency);
}

/** Time of the day of an ISO time, here; with the date unless it is today. */
export function moment(iso: string, now: string): string {
  const at = new Date(iso);
  const time = at.toLocaleTimeString('en-GB');
  return sameDay(at, new Date(now)) ? time : `${localDate(at)} ${time}`;
}

/** `2026-10-01` stays, an ISO time becomes the date it has here. */
export function day(text: string): string {
  return text.length > 10 ? localDate(new Date(text)) : text;
}

function localDate(at: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function sameDay(one: Date, other: Date): boolean {
  return localDate(one) === localDate(other);
}

/** `12 s ago`, by the connector's own clock. */
export function ago(iso: string, now: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(iso)) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}

/** `1 document`, `2 documents`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const purposes: Readonly<Record<string, string>> = {
  'hand-over-invoice': 'Bills',
  'ensure-vendor': 'Vendors',
  'return-payment': 'Payments',
  'send-attachment': 'Documents',
  'align-vendor': 'Changed vendors',
  poll: 'Looking for changes',
  'set-up': 'Setting up',
  login: 'Logging in',
};

/** What the connector calls BILL for. */
export function purpose(name: string): string {
  return purposes[name] ?? name;
}
