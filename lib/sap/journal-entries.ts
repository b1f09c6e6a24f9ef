import * as z from 'zod';
import type { Clock } from '../clock.ts';
import { WorldError } from '../errors.ts';
import type { HttpResponse } from '../http/http.ts';
import type { JournalEntry, PostedEntry, Reversal } from '../rules/sap-accounting.ts';
import type { Connection } from './connection.ts';
import { problemText, UnexpectedAnswer } from './failures.ts';
import { type EntryConfirmation, readConfirmations } from './journal-entry-answer.ts';
import { checkEntry, checkReversal } from './journal-entry-check.ts';
import { noteText, refusalOf } from './journal-entry-refusal.ts';
import { entryXml, reversalXml, soapAction } from './journal-entry-xml.ts';
import type { ODataClient } from './odata-client.ts';
import { all, compare, equal, v2 } from './odata-query.ts';
import { flag, optionalText, requiredText } from './odata-values.ts';
import type { Sap } from './sap.ts';
import { journalEntryService, operationalItemService } from './services.ts';

type JournalEntries = Pick<Sap, 'postJournalEntry' | 'reverseJournalEntry' | 'journalEntriesByReference'>;

interface Doors {
  readonly connection: Connection;
  readonly odata: ODataClient;
  readonly clock: Clock;
}

/** Journal entries: posted and reversed over SOAP, found again over the operational items (SAP dossier §9). */
export function journalEntries({ connection, odata, clock }: Doors): JournalEntries {
  async function post(
    document: JournalEntry | Reversal,
    messageId: string,
    xml: string,
  ): Promise<PostedEntry> {
    const response = await sendJournalEntry(connection, xml);
    return judge(document, confirmationOf(response, messageId));
  }

  return {
    async postJournalEntry(entry, messageId) {
      checkEntry(entry, messageId);
      return post(entry, messageId, entryXml({ id: messageId, clock }, entry));
    },
    async reverseJournalEntry(reversal, messageId) {
      checkReversal(reversal, messageId);
      return post(reversal, messageId, reversalXml({ id: messageId, clock }, reversal));
    },
    async journalEntriesByReference(companyCode, documentReferenceId, since, documentType) {
      const filter = all(
        equal('CompanyCode', v2.text(companyCode)),
        equal('DocumentReferenceID', v2.text(documentReferenceId.toUpperCase())),
        compare('PostingDate', 'ge', v2.date(since)),
        ...(documentType === undefined ? [] : [equal('AccountingDocumentType', v2.text(documentType))]),
      );
      const query = { filter, orderBy: keyFields, select: Object.keys(itemRow.shape) };
      const items = await odata.list(operationalItemService, 'A_OperationalAcctgDocItemCube', query, itemRow);
      return [
        ...new Map(items.map((item) => [`${item.AccountingDocument}/${item.FiscalYear}`, item])).values(),
      ].map(found);
    },
  };
}

/** SOAP 1.1 without a CSRF token (SAP dossier §§2, 9.1); never repeated. */
export function sendJournalEntry(connection: Connection, xml: string): Promise<HttpResponse> {
  return connection.send({
    service: journalEntryService,
    method: 'POST',
    path: journalEntryService.path,
    headers: { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml', soapaction: `"${soapAction}"` },
    body: xml,
  });
}

/** The answer to this very message. An answer that cannot be read leaves open what happened. */
export function confirmationOf(response: HttpResponse, messageId: string): EntryConfirmation {
  if (response.status >= 400) {
    throw new UnexpectedAnswer(
      `SAP refused the form of the request (HTTP ${response.status} ${problemText(response)}).`,
    );
  }
  const confirmation = readConfirmations(response.body)?.find((each) => each.referenceId === messageId);
  if (confirmation === undefined)
    throw uncertain(messageId, problemText(response) || 'no confirmation for it');
  return confirmation;
}

/** Success is a document number and a severity below 3, never the HTTP status (SAP dossier §9.3). */
function judge(document: JournalEntry | Reversal, confirmation: EntryConfirmation): PostedEntry {
  const { accountingDocument, fiscalYear, severity, items } = confirmation;
  const notes = items.map(noteText).join('; ');
  if (accountingDocument === undefined) {
    if (severity >= 3) throw refusalOf(document, confirmation);
    throw uncertain(document.documentReferenceId, notes || 'neither a document number nor an error');
  }
  if (severity >= 3)
    throw uncertain(document.documentReferenceId, `document ${accountingDocument}, yet an error: ${notes}`);
  return {
    companyCode: document.companyCode,
    accountingDocument,
    fiscalYear,
    warnings: items.filter((item) => item.severity === 2).map(noteText),
  };
}

function uncertain(what: string, why: string): WorldError {
  return new WorldError({
    code: 'SAP_POSTING_UNCERTAIN',
    message: `SAP's answer to the journal entry ${what} does not tell whether it was posted (${why}).`,
    nextStep: 'Nothing: the connector looks the entry up by its reference before it sends it again.',
    mayHaveHappened: true,
  });
}

const keyFields = ['CompanyCode', 'FiscalYear', 'AccountingDocument', 'AccountingDocumentItem'];

const itemRow = z.object({
  CompanyCode: requiredText,
  FiscalYear: requiredText,
  AccountingDocument: requiredText,
  ReverseDocument: optionalText,
  ReverseDocumentFiscalYear: optionalText,
  IsReversal: flag,
});

function found(item: z.output<typeof itemRow>): PostedEntry {
  return {
    companyCode: item.CompanyCode,
    accountingDocument: item.AccountingDocument,
    fiscalYear: item.FiscalYear,
    ...reversalOf(item),
    warnings: [],
  };
}

/** `ReverseDocument` of a reversal names what it reversed; only on the other one does it mean "reversed". */
function reversalOf({
  ReverseDocument: accountingDocument = '',
  ReverseDocumentFiscalYear: fiscalYear = '',
  IsReversal,
}: z.output<typeof itemRow>): Pick<PostedEntry, 'reversedBy' | 'isReversal'> {
  if (IsReversal) return { isReversal: true };
  return /^0*$/.test(accountingDocument) ? {} : { reversedBy: { accountingDocument, fiscalYear } };
}
