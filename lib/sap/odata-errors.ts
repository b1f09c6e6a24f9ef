import * as z from 'zod';

/** The readable part of an OData error, from its outermost text down to the details that name the cause. */
export interface ODataProblem {
  /** `CLASS/NUMBER`, or an id of the framework. */
  readonly code: string;
  /** Distinct texts, `error.message` first, then the details. */
  readonly texts: readonly string[];
  /** Codes of the details, where the real cause often is (SAP dossier §3.1). */
  readonly detailCodes: readonly string[];
}

/** SAP refused a request of ours (HTTP 4xx other than 401, 403, 404, 429). */
export class ODataError extends Error {
  readonly status: number;
  readonly problem: ODataProblem | undefined;

  constructor(what: string, status: number, problem: ODataProblem | undefined) {
    const said = problem === undefined ? '' : `: ${[problem.code, ...problem.texts].join(' ')}`;
    super(`SAP refused the request (${what}, HTTP ${status})${said}`);
    this.name = 'ODataError';
    this.status = status;
    this.problem = problem;
  }
}

const text = z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)]).catch('');
const detail = z.object({ code: z.string().catch(''), message: text });
const details = z.array(detail).catch([]);

/** V2 puts the details under `innererror.errordetails`, V4 under `details` (SAP dossier §§3.1, 3.2). */
const envelope = z.object({
  error: z.object({
    code: z.string().catch(''),
    message: text,
    details: details.optional(),
    innererror: z.object({ errordetails: details }).optional().catch(undefined),
  }),
});

/** Reads either envelope; undefined for a body that is neither (a web page, nothing at all). */
export function readODataError(body: string): ODataProblem | undefined {
  const parsed = envelope.safeParse(jsonOf(body));
  if (!parsed.success) return readXmlError(body);
  const { code, message, innererror, details: fromV4 = [] } = parsed.data.error;
  const all = [...(innererror?.errordetails ?? []), ...fromV4];
  const texts = [message, ...all.map((each) => each.message)].map((each) => each.trim()).filter(Boolean);
  return {
    code,
    texts: [...new Set(texts)],
    detailCodes: [...new Set(all.map((each) => each.code).filter(Boolean))],
  };
}

/** The form of V2 where no JSON was asked for, as with files (OData 2.0, "Representing Errors in Atom Format"). */
function readXmlError(body: string): ODataProblem | undefined {
  if (!/^\s*(<\?xml[^>]*\?>\s*)?<error\b[^>]*\/dataservices\/metadata"/.test(body)) return undefined;
  const [, code = ''] = /<code>([^<]*)<\/code>/.exec(body) ?? [];
  const [, said = ''] = /<message\b[^>]*>([^<]*)<\/message>/.exec(body) ?? [];
  return { code: code.trim(), texts: [said.trim()].filter(Boolean), detailCodes: [] };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
