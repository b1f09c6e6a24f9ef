import type { Answer } from './answer.ts';
import type { BillSwitches } from './switches.ts';
import { billTime } from './values.ts';

/** BILL says no: HTTP status and `BDC_` code (BILL dossier §2, §10). */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
  }
}

/** The error envelope, in the form that the switch asks for (§2.2). */
export function refusalAnswer(refusal: Refusal, switches: BillSwitches, now: number): Answer {
  const { status, code, message } = refusal;
  if (switches.errorForm === 'empty') return { status, text: '', type: 'text/plain' };
  if (switches.errorForm === 'html') return htmlPage(status);
  const element = {
    timestamp: billTime(now),
    code,
    severity: 'ERROR',
    category: code === 'BDC_1109' ? 'DOWNSTREAM' : status >= 500 ? 'SERVER' : 'REQUEST',
    message,
  };
  return { status, body: switches.errorForm === 'object' ? element : [element] };
}

/** What a gateway in front of BILL answers. */
export function htmlPage(status: number): Answer {
  const text = `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
  return { status, text, type: 'text/html' };
}

export const invalid = (message: string) => new Refusal(400, 'BDC_1143', `Invalid entity data: ${message}`);
export const notAllowed = (message: string) => new Refusal(422, 'BDC_1143', message);
export const noRight = (what: string) =>
  new Refusal(403, 'BDC_1145', `No permission, or the feature is not enabled: ${what}.`);
export const untrusted = () => new Refusal(403, 'BDC_1361', 'The session is not trusted; MFA is needed.');
export const listParameter = (message: string) => new Refusal(400, 'BDC_1129', message);
export const notFound = (switches: BillSwitches, what: string, id: string) =>
  new Refusal(switches.notFoundStatus, 'BDC_1120', `No ${what} with id ${id}.`);
