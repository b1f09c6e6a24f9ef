import { type Clock, isoTime } from '../clock.ts';
import { DocumentError } from '../errors.ts';
import type { Random } from '../random.ts';
import type { Clearing, ClearingItem, LineKey } from '../rules/sap-accounting.ts';
import type { Connection } from './connection.ts';
import { problemText, UnexpectedAnswer } from './failures.ts';
import { withZeros } from './odata-values.ts';
import type { Sap } from './sap.ts';
import { clearingService, entryChangeService, type SapService } from './services.ts';
import { soapActionOf, soapEnvelope, type Xml } from './soap.ts';

export interface MessageDoors {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly random: Random;
}

/** A message of an asynchronous service. `simulated`: SAP checks it and changes nothing (SAP dossier §9.8). */
interface Message {
  readonly service: SapService;
  readonly root: string;
  readonly id: string;
  readonly simulated?: boolean;
  readonly content: (header: (id: string) => Xml) => Record<string, Xml | readonly Xml[]>;
}

const longestId = 35;

/** The asynchronous services of open items: clearing, and payment blocks (SAP dossier §§4.8, 9.8). */
export function itemMessages(doors: MessageDoors): Pick<Sap, 'requestClearing' | 'requestPaymentBlock'> {
  return {
    requestClearing: (clearings, messageId) => sendClearing(doors, clearings, messageId),
    requestPaymentBlock: (lines, block, messageId) => sendPaymentBlock(doors, lines, block, messageId),
  };
}

/** One request for each clearing, so that each stands or falls alone. */
export async function sendClearing(
  doors: MessageDoors,
  clearings: readonly Clearing[],
  id: string,
  simulated = false,
): Promise<void> {
  for (const clearing of clearings) checkClearing(clearing);
  await send(doors, {
    service: clearingService,
    root: 'JournalEntryBulkClearingRequest',
    id,
    simulated,
    content: (header) => ({
      JournalEntryClearingRequest: clearings.map((clearing, index) => ({
        MessageHeader: header(`${id}-${index + 1}`),
        JournalEntry: clearingXml(clearing),
      })),
    }),
  });
}

/** The schema wants a character; an empty code is the only way to say "no block", and SAP's parser takes it (§9.2). */
export async function sendPaymentBlock(
  doors: MessageDoors,
  lines: readonly LineKey[],
  block: string,
  id: string,
  simulated = false,
): Promise<void> {
  await send(doors, {
    service: entryChangeService,
    root: 'JournalEntryBulkChangeRequestMessage',
    id,
    simulated,
    content: (header) => ({
      JournalEntryDebtorCreditorItem: lines.map((line, index) => ({
        MessageHeader: header(`${id}-${index + 1}`),
        ItemKey: {
          AccountingDocument: line.accountingDocument,
          CompanyCode: line.companyCode,
          FiscalYear: line.fiscalYear,
          AccountingDocumentItemID: String(Number(line.item)),
        },
        PaymentBlockingReasonCodeChange: {
          PaymentBlockingReasonCode: block,
          FieldValueChangeIsRequested: 'true',
        },
      })),
    }),
  });
}

/** SOAP 1.1 with the two addressing headers that these bindings demand (SAP dossier §9.1); never repeated. */
async function send({ connection, clock, random }: MessageDoors, message: Message): Promise<void> {
  const { service, root, id, simulated, content } = message;
  const action = soapActionOf(service.name);
  const header = (ofRequest: string): Xml => ({
    ID: ofRequest.slice(0, longestId),
    CreationDateTime: isoTime(clock.now()),
    TestDataIndicator: simulated === true ? 'true' : undefined,
  });
  const body = soapEnvelope(
    root,
    { MessageHeader: header(id), ...content(header) },
    {
      'wsa:Action': addressing(action),
      'wsa:MessageID': addressing(`uuid:${random.uuid()}`),
    },
  );
  const headers = {
    'content-type': 'text/xml; charset=utf-8',
    accept: 'text/xml',
    soapaction: `"${action}"`,
  };
  const response = await connection.send({ service, method: 'POST', path: service.path, headers, body });
  if (response.status < 400) return;
  throw new UnexpectedAnswer(
    `SAP refused the form of the request (HTTP ${response.status} ${problemText(response)}).`,
  );
}

function addressing(text: string): Xml {
  return {
    '@xmlns:wsa': 'http://www.w3.org/2005/08/addressing',
    '@soapenv:mustUnderstand': '1',
    '#text': text,
  };
}

function clearingXml(clearing: Clearing): Xml {
  return {
    CompanyCode: clearing.companyCode,
    AccountingDocumentType: clearing.documentType,
    DocumentDate: clearing.documentDate,
    PostingDate: clearing.postingDate,
    CurrencyCode: clearing.currency,
    DocumentHeaderText: clearing.headerText,
    ReferenceDocument: clearing.reference,
    CreatedByUser: clearing.createdByUser,
    APARItems: clearing.items.map((item, index) => itemXml(item, clearing.currency, index + 1)),
  };
}

function itemXml(item: ClearingItem, currency: string, place: number): Xml {
  return {
    ReferenceDocumentItem: String(place),
    CompanyCode: item.companyCode,
    AccountType: 'K',
    APARAccount: withZeros(item.supplier),
    FiscalYear: item.fiscalYear,
    AccountingDocument: item.accountingDocument,
    AccountingDocumentItem: String(Number(item.item)),
    PartialPaymentAmtInDspCrcy:
      item.partialAmount === undefined
        ? undefined
        : { '@currencyCode': currency, '#text': item.partialAmount },
  };
}

/** Nothing is cut, and nothing is sent that SAP would drop in silence (SAP dossier §0.15). */
function checkClearing(clearing: Clearing): void {
  const faults = [
    ...tooLong('header text', clearing.headerText, 25),
    ...tooLong('reference', clearing.reference, 16),
    ...tooLong('created by', clearing.createdByUser, 12),
    ...tooLong('document type', clearing.documentType, 2),
    ...(clearing.items.length < 2 ? ['a clearing has at least two lines'] : []),
  ];
  if (faults.length === 0) return;
  throw new DocumentError({
    code: 'CLEARING_NOT_VALID',
    message: `The clearing for ${clearing.reference} of company code ${clearing.companyCode} was not sent: ${faults.join('; ')}.`,
    nextStep: 'Correct the values named here in the configuration, then retry.',
    sapValues: { companyCode: clearing.companyCode, reference: clearing.reference },
  });
}

function tooLong(name: string, value: string, most: number): string[] {
  return value.length > most ? [`${name} "${value}" is longer than ${most} characters`] : [];
}
