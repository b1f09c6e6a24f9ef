import { DocumentError } from '../errors.ts';
import type { JournalEntry, Reversal } from '../rules/sap-accounting.ts';
import type { EntryConfirmation, LogItem } from './journal-entry-answer.ts';

/** A cause that SAP names by message number and class, and what cures it (SAP dossier §9.4). */
interface Cause {
  readonly code: string;
  readonly typeIds: readonly string[];
  /** A note that must also match, where one number stands for several causes (English notes are asked for). */
  readonly note?: RegExp;
  readonly nextStep: string;
}

const causes: readonly Cause[] = [
  {
    code: 'SAP_SUPPLIER_UNKNOWN',
    typeIds: ['104(F5)'],
    nextStep: 'Extend the supplier to this company code in SAP (business partner, role FLVN00), then retry.',
  },
  {
    code: 'SAP_ACCOUNT_UNKNOWN',
    typeIds: ['507(F5)', '004(FH)'],
    nextStep: 'Correct the G/L account in connector.config.json, or create it in SAP, then retry.',
  },
  {
    code: 'SAP_PROFIT_CENTER_REQUIRED',
    typeIds: ['808(F5)'],
    note: /profit/i,
    nextStep:
      'Give the account or the supplier line a profit center (default assignment in SAP), then retry.',
  },
  {
    code: 'SAP_FIELD_REQUIRED',
    typeIds: ['808(F5)'],
    nextStep: "Fill the field that SAP names, or make it optional in the account's field status, then retry.",
  },
  {
    code: 'SAP_PERIOD_CLOSED',
    typeIds: ['201(F5)'],
    nextStep:
      'Open the posting period in SAP ("Manage Posting Periods"), then retry. Or let the company code post into the next open one ("postingDate": "next-open-period").',
  },
  {
    code: 'ENTRY_CLEARED_RESET_FIRST',
    typeIds: ['308(F5)'],
    nextStep: 'Reset the clearing of the document in SAP ("Reset Cleared Items"), then retry.',
  },
  {
    code: 'SAP_ENTRY_NOT_BALANCED',
    typeIds: ['702(F5)'],
    nextStep: 'Report this with the document: the connector sent an entry that SAP does not find balanced.',
  },
];

const otherCause = {
  code: 'SAP_REFUSED',
  nextStep: "Cure what SAP's message says, then retry.",
};

/** SAP refused this very entry: nothing was posted. The message carries all of SAP's errors. */
export function refusalOf(document: JournalEntry | Reversal, confirmation: EntryConfirmation): DocumentError {
  const errors = confirmation.items.filter((item) => item.severity >= 3);
  const told = errors.length > 0 ? errors : confirmation.items;
  const cause = causes.find((each) => told.some((item) => isCausedBy(each, item))) ?? otherCause;
  const notes = told.map(noteText).join('; ') || 'no reason given';
  return new DocumentError({
    code: cause.code,
    message: `SAP did not post the journal entry ${document.documentReferenceId} of company code ${document.companyCode}: ${notes}.`,
    nextStep: cause.nextStep,
    sapValues: {
      companyCode: document.companyCode,
      documentReference: document.documentReferenceId,
      postingDate: document.postingDate,
      messages: notes,
    },
  });
}

function isCausedBy({ typeIds, note }: Cause, item: LogItem): boolean {
  return typeIds.includes(item.typeId) && (note === undefined || note.test(item.note));
}

/** `104(F5) Vendor 17300001 is not defined in company code 1710` */
export function noteText({ typeId, note }: LogItem): string {
  return `${typeId} ${note}`.trim().replace(/\.$/, '');
}
