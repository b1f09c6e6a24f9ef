import { ConfigurationError, CredentialsError, DocumentError, WorldError } from '../errors.ts';
import type { Fault } from './faults.ts';

/**
 * BILL's codes (BILL dossier §10) as the three kinds of failure of the design, §5. A code that stands in none of
 * these lists is the document's own.
 */
export const codes = {
  sessionEnded: new Set(['BDC_1109']),
  tooManyAtOnce: new Set(['BDC_1322']),
  hourSpent: new Set(['BDC_1144']),
  systemError: new Set(['BDC_1001']),
  notFound: new Set(['BDC_1120']),
  wrongPath: new Set(['BDC_1121']),
  rights: new Set(['BDC_1145', 'BDC_1361']),
} as const;

/** Codes about who calls, with what a person does about each. */
const credentialsFix: Readonly<Record<string, string>> = {
  BDC_1101:
    'Correct username and password (or the name and value of the sync token) in the BILL secret; check that they belong to the environment of baseUrl.',
  BDC_1102: 'Correct devKey in the BILL secret; sandbox and production have different developer keys.',
  BDC_1103:
    'The developer key is inactive: activate it in BILL under Settings, Sync & Integrations, Manage Developer Keys, or write a new one into the BILL secret.',
  BDC_1104: 'Accept the developer terms in BILL with the owner of the developer key.',
  BDC_1105: 'Have BILL enable the API for this organization.',
  BDC_1106: 'Use a developer key of this organization in the BILL secret, not one of a partner.',
  BDC_1107: 'The organization is locked: contact BILL support.',
  BDC_1110:
    'The login is locked: unlock the user in BILL (or wait until BILL does), then check the password in the BILL secret.',
  BDC_1111: 'Activate the user in BILL, or write an active one into the BILL secret.',
  BDC_1113: 'Correct username and password in the BILL secret; log in once by hand to see what BILL says.',
  BDC_1123:
    'Correct organizationId in the BILL secret; BILL shows it under Settings, Sync & Integrations, Manage Developer Keys.',
};

/** Codes that only a fault of this product explains: the request itself was wrong. */
const ours = new Set(
  [1002, 1003, 1005, 1108, 1122, 1124, 1128, 1129, 1130, 1131].map((number) => `BDC_${number}`),
);

const documentFix: Readonly<Record<string, string>> = {
  BDC_1143: 'Correct the value that BILL names in SAP, then retry.',
  BDC_1171:
    'Look in BILL for the bill that has this number already: archive it if it is wrong, then retry; else skip.',
};

/** An answer or a refusal that nobody expected: a fault of this product, or a change of BILL's API. */
export class UnexpectedAnswer extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'UnexpectedAnswer';
  }
}

/** BILL said no, with a code: nothing has happened. */
export function refusal(about: string, fault: Fault): Error {
  const { code } = fault;
  if (code in credentialsFix) return credentialsRefused(code);
  if (codes.rights.has(code)) return rightsRefused(about, code);
  if (codes.wrongPath.has(code)) return wrongAddress(about, code);
  if (ours.has(code))
    return new UnexpectedAnswer(`BILL cannot read the request for ${about} (${code}): ${fault.message}`);
  return new DocumentError({
    code,
    message: `BILL refused ${about} (${code}): ${fault.message}`,
    nextStep: documentFix[code] ?? 'Correct what BILL names, in SAP or in BILL, then retry; or skip.',
    billValues: { answer: fault.message },
  });
}

/** The credentials as such are refused; never tried again in a loop, or BILL locks the user. */
export function credentialsRefused(code: string): CredentialsError {
  return new CredentialsError({
    code: 'BILL_CREDENTIALS_REFUSED',
    message: `BILL refuses the credentials of the connector (${code}).`,
    nextStep:
      credentialsFix[code] ??
      'Check every value of the BILL secret against BILL, Settings, Sync & Integrations.',
  });
}

function rightsRefused(about: string, code: string): CredentialsError {
  const untrusted = code === 'BDC_1361';
  return new CredentialsError({
    code,
    message: untrusted
      ? `BILL wants a session with a second factor for ${about} (${code}).`
      : `The connector's BILL user has no right for ${about}, or the organization has that feature switched off (${code}).`,
    nextStep: untrusted
      ? 'Give the connector a sync token or a user whose rights need no second factor here.'
      : "Give the user's role that right in BILL (Settings, Users), or switch the feature on; then retry.",
  });
}

function wrongAddress(about: string, code: string): ConfigurationError {
  return new ConfigurationError({
    code,
    message: `BILL does not know the address of ${about} (${code}).`,
    nextStep:
      'Compare baseUrl and eventsBaseUrl in the BILL secret with https://gateway.prod.bill.com/connect and …/connect-events (sandbox: gateway.stage.bill.com).',
  });
}

export function sessionRefused(about: string): CredentialsError {
  return new CredentialsError({
    code: 'BILL_SESSION_REFUSED',
    message: `BILL refused a session for ${about} that was opened just before.`,
    nextStep: 'Check that devKey and organizationId in the BILL secret belong together.',
  });
}

/** 5xx, no answer, BDC_1001. */
export function unavailable(
  about: string,
  what: string,
  mayHaveHappened: boolean,
  cause?: unknown,
): WorldError {
  return new WorldError({
    code: 'BILL_UNAVAILABLE',
    message: `BILL gave no answer for ${about}: ${what}.`,
    nextStep:
      'Nothing: it goes on by itself when BILL answers again. If it stays, check baseUrl in the BILL secret.',
    mayHaveHappened,
    cause,
  });
}

/** Something came back that is neither BILL's data nor BILL's refusal. */
export function unusable(about: string, what: string, mayHaveHappened: boolean, cause?: unknown): WorldError {
  return new WorldError({
    code: 'BILL_UNUSABLE_ANSWER',
    message: `BILL's answer for ${about} cannot be used: ${what}.`,
    nextStep:
      'Nothing: it is looked up or tried again by itself. If it stays, check baseUrl in the BILL secret.',
    mayHaveHappened,
    cause,
  });
}

export function quotaRefused(about: string, code: string): WorldError {
  return new WorldError({
    code,
    message: codes.hourSpent.has(code)
      ? `BILL takes no more calls in this clock hour (${code}); ${about} waits.`
      : `BILL has too many calls at once (${code}); ${about} waits.`,
    nextStep:
      'Nothing: it goes on by itself. If it happens often, another program uses the same developer key.',
  });
}
