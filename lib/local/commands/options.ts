import { InvalidArgumentError } from 'commander';
import { isThisMachine } from '../run/this-machine.ts';

/** Readers of option values; what they refuse, commander tells the user. */
export function port(text: string): number {
  const value = wholeNumber(text);
  if (value > 65_535) throw new InvalidArgumentError('Give a port from 0 to 65535.');
  return value;
}

/** The usual port, so that the page is where it always is; a run to the end takes any, so that it never collides. */
export function pagePort({ port: wanted, once }: { port?: number; once?: true }): number {
  return wanted ?? (once === true ? 0 : 8787);
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}

/** Seconds, also parts of one, as milliseconds. */
export function seconds(text: string): number {
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text)) throw new InvalidArgumentError('Give seconds, such as 5 or 0.5.');
  return Math.round(Number(text) * 1000);
}

export function httpsUrl(text: string): string {
  if (!URL.canParse(text) || !(text.startsWith('https://') || isThisMachine(text))) {
    throw new InvalidArgumentError(
      'Give the whole https address, such as https://example.com/webhooks/bill.',
    );
  }
  return text;
}
