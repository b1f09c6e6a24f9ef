/** A request that SAP refuses; the service turns it into its envelope. */
export class Refusal extends Error {
  readonly status: number;
  /** `CLASS/NUMBER` of SAP's message, e.g. `/IWFND/MED/170`. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** Codes of the OData framework; where the dossier has no sample the number is a likely one. */
export const codes = {
  noService: '/IWFND/MED/170',
  noAuthority: '/IWFND/CM_CONSUMER/101',
  csrf: '/IWFND/CM_MGW/403',
  notFound: '/IWBEP/CM_MGW_RT/020',
  syntax: '/IWFND/CM_MGW/051',
  method: '/IWFND/CM_MGW/405',
  business: 'M8/462',
} as const;

/** 400 for a request whose resource path or options SAP does not understand. */
export function badRequest(message: string): Refusal {
  return new Refusal(400, codes.syntax, message);
}
