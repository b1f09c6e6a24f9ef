import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { DocumentError, WorldError } from '../../../lib/errors.ts';
import type { HttpResponse } from '../../../lib/http/http.ts';
import { fromMinor, negate } from '../../../lib/money.ts';
import { seededRandom } from '../../../lib/random.ts';
import type { JournalEntry, Reversal } from '../../../lib/rules/sap-accounting.ts';
import { createSap } from '../../../lib/sap/create-sap.ts';
import { entryXml } from '../../../lib/sap/journal-entry-xml.ts';
import {
  answering,
  asked,
  basicSecret,
  clockAt,
  host,
  html,
  json,
  recordingObserve,
  secretsOf,
} from './doors.ts';
import { list } from './invoice-rows.ts';

const clock = clockAt('2026-11-24T05:00:00Z');

function sapWith(answer: Parameters<typeof answering>[0]) {
  const { http, requests } = answering(answer);
  const sap = createSap({
    http,
    clock,
    random: seededRandom(1),
    observe: recordingObserve(),
    secrets: secretsOf(basicSecret),
  });
  return { sap, requests };
}

const entry: JournalEntry = {
  companyCode: '1710',
  documentType: 'KZ',
  documentDate: '2026-11-23',
  postingDate: '2026-11-23',
  currency: 'USD',
  documentReferenceId: 'BP7K3M9Q2X4T8WZ1',
  headerText: 'BILL payment',
  createdByUser: 'MLCONNECTOR',
  reference1: 'STP01EXAMPLE00000001',
  supplierItems: [
    {
      supplier: '17300001',
      amount: '1200.50',
      assignmentReference: '51056001012026',
      text: 'INV-4711 <paper> & more',
    },
  ],
  glItems: [
    {
      glAccount: '11001080',
      amount: '-900.50',
      profitCenter: 'YB101',
      reference3: '51056001012026',
      text: '61008000',
    },
    {
      glAccount: '11001080',
      amount: '-300.00',
      profitCenter: 'YB102',
      costCenter: '17101101',
      assignmentReference: 'A1',
    },
  ],
};

const reversal: Reversal = {
  companyCode: '1710',
  documentType: 'KZ',
  accountingDocument: '150000042',
  fiscalYear: '2026',
  postingDate: '2026-11-24',
  reason: '01',
  documentReferenceId: 'BR7K3M9Q2X4T8WZ1',
  headerText: 'BILL void',
  createdByUser: 'MLCONNECTOR',
};

const messageId = 'B-0001';

interface Answer {
  document?: string;
  year?: string;
  severity?: string;
  items?: string;
  reference?: string;
}

function confirmation({
  document = '1500000042',
  year = '2026',
  severity = '1',
  items = '',
  reference = messageId,
}: Answer = {}): HttpResponse {
  const body = `<?xml version="1.0" encoding="utf-8"?><soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/"><soap-env:Header/><soap-env:Body>
<n0:JournalEntryBulkCreateConfirmation xmlns:n0="http://sap.com/xi/SAPSCORE/SFIN" xmlns:prx="urn:sap.com:proxy:S4H">
<MessageHeader><UUID>0</UUID><ReferenceID>${reference}</ReferenceID><CreationDateTime>2026-11-24T05:00:01Z</CreationDateTime></MessageHeader><ConfirmationInterfaceOrignName/>
<JournalEntryCreateConfirmation><MessageHeader><UUID>1</UUID><ReferenceID>${reference}</ReferenceID></MessageHeader>
<JournalEntryCreateConfirmation><AccountingDocument>${document}</AccountingDocument><CompanyCode>1710</CompanyCode><FiscalYear>${year}</FiscalYear></JournalEntryCreateConfirmation>
<Log><MaximumLogItemSeverityCode>${severity}</MaximumLogItemSeverityCode>${items}</Log></JournalEntryCreateConfirmation><Log/>
</n0:JournalEntryBulkCreateConfirmation></soap-env:Body></soap-env:Envelope>`;
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
}

const logItem = (typeId: string, severity: string, note: string) =>
  `<Item><TypeID>${typeId}</TypeID><SeverityCode>${severity}</SeverityCode><Note>${note}</Note><WebURI>https://help.example.test</WebURI></Item>`;
const frame = logItem('609(RW)', '3', 'Error in document: BKPFF $ S4H');
const refusal = (...items: string[]) =>
  confirmation({ document: '0000000000', year: '0000', severity: '3', items: items.join('') });

describe('the request', () => {
  it('is SOAP 1.1 in the order of the schema', async () => {
    const { sap, requests } = sapWith(() => confirmation());
    await sap.postJournalEntry(entry, messageId);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: `${host}/sap/bc/srt/scs_ext/sap/journalentrycreaterequestconfi`,
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        'accept-language': 'en',
        soapaction:
          '"http://sap.com/xi/SAPSCORE/SFIN/JournalEntryCreateRequestConfirmation_In/JournalEntryCreateRequestConfirmation_InRequest"',
      },
    });
    expect(requests[0]?.headers).not.toHaveProperty('x-csrf-token');
    const header =
      '<MessageHeader><ID>B-0001</ID><CreationDateTime>2026-11-24T05:00:00.000Z</CreationDateTime></MessageHeader>';
    const money = (value: string, code: string) =>
      `<AmountInTransactionCurrency currencyCode="USD">${value}</AmountInTransactionCurrency><DebitCreditCode>${code}</DebitCreditCode>`;
    expect(requests[0]?.body).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sfin="http://sap.com/xi/SAPSCORE/SFIN">',
        `<soapenv:Header></soapenv:Header><soapenv:Body><sfin:JournalEntryBulkCreateRequest>${header}<JournalEntryCreateRequest>${header}<JournalEntry>`,
        '<OriginalReferenceDocumentType>BKPFF</OriginalReferenceDocumentType><BusinessTransactionType>RFBU</BusinessTransactionType>',
        '<AccountingDocumentType>KZ</AccountingDocumentType><DocumentReferenceID>BP7K3M9Q2X4T8WZ1</DocumentReferenceID>',
        '<DocumentHeaderText>BILL payment</DocumentHeaderText><CreatedByUser>MLCONNECTOR</CreatedByUser><CompanyCode>1710</CompanyCode>',
        '<DocumentDate>2026-11-23</DocumentDate><PostingDate>2026-11-23</PostingDate>',
        '<Reference1InDocumentHeader>STP01EXAMPLE00000001</Reference1InDocumentHeader>',
        `<Item><ReferenceDocumentItem>2</ReferenceDocumentItem><GLAccount>0011001080</GLAccount>${money('-900.50', 'H')}`,
        '<DocumentItemText>61008000</DocumentItemText><Reference3IDByBusinessPartner>51056001012026</Reference3IDByBusinessPartner>',
        '<AccountAssignment><ProfitCenter>YB101</ProfitCenter></AccountAssignment></Item>',
        `<Item><ReferenceDocumentItem>3</ReferenceDocumentItem><GLAccount>0011001080</GLAccount>${money('-300.00', 'H')}`,
        '<AssignmentReference>A1</AssignmentReference>',
        '<AccountAssignment><ProfitCenter>YB102</ProfitCenter><CostCenter>0017101101</CostCenter></AccountAssignment></Item>',
        `<CreditorItem><ReferenceDocumentItem>1</ReferenceDocumentItem><Creditor>0017300001</Creditor>${money('1200.50', 'S')}`,
        '<DocumentItemText>INV-4711 &lt;paper&gt; &amp; more</DocumentItemText><AssignmentReference>51056001012026</AssignmentReference></CreditorItem>',
        '</JournalEntry></JournalEntryCreateRequest></sfin:JournalEntryBulkCreateRequest></soapenv:Body></soapenv:Envelope>',
      ].join(''),
    );
  });

  it('of a reversal names document, company code and year, and has no items', async () => {
    const { sap, requests } = sapWith(() => confirmation());
    await sap.reverseJournalEntry(reversal, messageId);
    const body = requests[0]?.body ?? '';
    expect(body).toContain(
      '<DocumentHeaderText>BILL void</DocumentHeaderText><ReversalReason>01</ReversalReason><ReversalReferenceDocument>015000004217102026</ReversalReferenceDocument><CreatedByUser>',
    );
    expect(body).not.toMatch(/<Item>|<CreditorItem>/);
  });

  it('means to SAP what was meant here, whatever the texts hold', () => {
    const parser = new XMLParser({
      parseTagValue: false,
      ignoreAttributes: false,
      attributeNamePrefix: '@',
      trimValues: false,
      isArray: (name) => name === 'Item',
    });
    const words = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.toWellFormed());
    fc.assert(
      fc.property(words, words, fc.bigInt(1n, 10n ** 12n), (header, item, cents) => {
        const amount = fromMinor(cents, 'USD');
        const xml = entryXml(
          { id: messageId, clock },
          {
            ...entry,
            headerText: header,
            supplierItems: [],
            glItems: [
              { glAccount: '11001080', amount, text: item },
              { glAccount: '11001090', amount: negate(amount, 'USD') },
            ],
          },
        );
        const read =
          parser.parse(xml)['soapenv:Envelope']['soapenv:Body']['sfin:JournalEntryBulkCreateRequest']
            .JournalEntryCreateRequest.JournalEntry;
        const kept = (text: string) => text.replace(/[\p{Cc}\ufffe\uffff]+/gu, ' ').trim() || undefined;
        expect(read.DocumentHeaderText).toBe(kept(header));
        expect(read.Item[0].DocumentItemText).toBe(kept(item));
        expect(
          read.Item.map((each: Record<string, unknown>) => [
            each.AmountInTransactionCurrency,
            each.DebitCreditCode,
          ]),
        ).toEqual([
          [{ '#text': amount, '@currencyCode': 'USD' }, 'S'],
          [{ '#text': `-${amount}`, '@currencyCode': 'USD' }, 'H'],
        ]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what SAP would refuse or ignore is not sent', () => {
  const longText = 'x'.repeat(51);
  it.each<[string, Partial<JournalEntry>]>([
    [
      'document reference "BP7K3M9Q2X4T8WZ12" is longer than 16',
      { documentReferenceId: 'BP7K3M9Q2X4T8WZ12' },
    ],
    ['document reference is missing', { documentReferenceId: ' ' }],
    ['header text', { headerText: 'x'.repeat(26) }],
    ['created by', { createdByUser: 'x'.repeat(13) }],
    ['reference 1', { reference1: 'x'.repeat(21) }],
    ['text of supplier item 1', { supplierItems: [{ supplier: '1', amount: '1200.50', text: longText }] }],
    [
      'assignment of supplier item 1',
      { supplierItems: [{ supplier: '1', amount: '1200.50', assignmentReference: 'x'.repeat(19) }] },
    ],
    ['supplier of supplier item 1', { supplierItems: [{ supplier: '', amount: '1200.50' }] }],
    [
      'reference 3 of G/L item 1',
      { glItems: [{ glAccount: '1', amount: '-1200.50', reference3: 'x'.repeat(21) }] },
    ],
    [
      'cost center of G/L item 1',
      { glItems: [{ glAccount: '1', amount: '-1200.50', costCenter: 'x'.repeat(11) }] },
    ],
    ['debits and credits differ by 0.01 USD', { glItems: [{ glAccount: '1', amount: '-1200.49' }] }],
    ['1200.505 has more decimals than USD knows', { supplierItems: [{ supplier: '1', amount: '1200.505' }] }],
    ['"2026-02-30" is no date', { postingDate: '2026-02-30' }],
    ['at least two items', { supplierItems: [], glItems: [] }],
  ])('%s', async (fault, changes) => {
    const { sap, requests } = sapWith(() => confirmation());
    await expect(sap.postJournalEntry({ ...entry, ...changes }, messageId)).rejects.toMatchObject({
      name: 'DocumentError',
      code: 'ENTRY_NOT_VALID',
      message: expect.stringContaining(fault),
    });
    expect(requests).toHaveLength(0);
  });

  it('tells all faults at once, of a reversal too', async () => {
    const { sap, requests } = sapWith(() => confirmation());
    await expect(
      sap.reverseJournalEntry({ ...reversal, fiscalYear: '26', reason: '001' }, 'x'.repeat(36)),
    ).rejects.toThrow(/message id.*reversal reason.*fiscal year "26"/);
    expect(requests).toHaveLength(0);
  });
});

describe('the answer', () => {
  it('is a success with a number and information only', async () => {
    const { sap } = sapWith(() =>
      confirmation({ items: logItem('605(RW)', '1', 'Document posted successfully') }),
    );
    await expect(sap.postJournalEntry(entry, messageId)).resolves.toEqual({
      companyCode: '1710',
      accountingDocument: '1500000042',
      fiscalYear: '2026',
      warnings: [],
    });
  });

  it('is a success with warnings', async () => {
    const { sap } = sapWith(() =>
      confirmation({
        severity: '2',
        items: logItem('117(F5)', '2', 'Check &amp; compare') + logItem('605(RW)', '1', 'Posted'),
      }),
    );
    await expect(sap.postJournalEntry(entry, messageId)).resolves.toMatchObject({
      warnings: ['117(F5) Check & compare'],
    });
  });

  it.each([
    ['SAP_SUPPLIER_UNKNOWN', '104(F5)', 'Vendor 17300001 is not defined in company code 1710'],
    ['SAP_ACCOUNT_UNKNOWN', '507(F5)', 'G/L account 11001080 is not defined in chart of accounts YCOA'],
    ['SAP_ACCOUNT_UNKNOWN', '004(FH)', 'G/L account 11001080 not defined'],
    [
      'SAP_PROFIT_CENTER_REQUIRED',
      '808(F5)',
      'Field Profit Ctr is a required field for G/L account 1710 21100000',
    ],
    ['SAP_FIELD_REQUIRED', '808(F5)', 'Field Text is a required field for G/L account 1710 21100000'],
    ['SAP_PERIOD_CLOSED', '201(F5)', 'Period 011/2026 is not open for account type S'],
    ['SAP_ENTRY_NOT_BALANCED', '702(F5)', 'Balance in transaction currency'],
    ['SAP_REFUSED', '999(ZZ)', 'Some rule of this tenant'],
  ])('is %s for %s, with HTTP 200', async (code, typeId, note) => {
    const { sap } = sapWith(() =>
      refusal(frame, logItem(typeId, '3', note), logItem('001(ZZ)', '1', 'for information')),
    );
    const error = (await sap
      .postJournalEntry(entry, messageId)
      .catch((each: unknown) => each)) as DocumentError;
    expect(error).toBeInstanceOf(DocumentError);
    expect(error.code).toBe(code);
    expect(error.message).toContain(`609(RW) Error in document: BKPFF $ S4H; ${typeId} ${note}`);
    expect(error.message).not.toContain('for information');
    expect(error.nextStep).not.toBe('');
    expect(error.sapValues).toMatchObject({ companyCode: '1710', documentReference: 'BP7K3M9Q2X4T8WZ1' });
  });

  it('is a refusal also with a blank number', async () => {
    const { sap } = sapWith(() => confirmation({ document: ' ', severity: '3', items: frame }));
    await expect(sap.postJournalEntry(entry, messageId)).rejects.toMatchObject({ code: 'SAP_REFUSED' });
  });

  const fault: HttpResponse = {
    status: 500,
    headers: { 'content-type': 'text/xml' },
    body: '<soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/"><soap-env:Body><soap-env:Fault><faultcode>soap-env:Server</faultcode><faultstring xml:lang="en">Web service processing error</faultstring></soap-env:Fault></soap-env:Body></soap-env:Envelope>',
  };

  it.each<[string, HttpResponse]>([
    ['a SOAP fault', fault],
    ['a SOAP fault with HTTP 200', { ...fault, status: 200 }],
    ['a time-out of the front end', html(504, 'Gateway time-out')],
    ['a maintenance page', html(503, 'System maintenance')],
    ['a web page with HTTP 200', html(200, 'Welcome')],
    ['an empty body', { status: 200, headers: {}, body: '' }],
    ['a cut body', { ...confirmation(), body: confirmation().body.slice(0, 700) }],
    ['the answer to another message', confirmation({ reference: 'B-0002' })],
    ['neither number nor error', confirmation({ document: '0000000000', severity: '1' })],
    ['a number beside an error', confirmation({ severity: '3', items: frame })],
  ])('leaves open what happened: %s', async (_what, answer) => {
    const { sap, requests } = sapWith(() => answer);
    const error = (await sap.postJournalEntry(entry, messageId).catch((each: unknown) => each)) as WorldError;
    expect(error).toBeInstanceOf(WorldError);
    expect(error.mayHaveHappened).toBe(true);
    expect(requests).toHaveLength(1);
  });

  it("carries SAP's fault text", async () => {
    const { sap } = sapWith(() => fault);
    await expect(sap.postJournalEntry(entry, messageId)).rejects.toThrow('Web service processing error');
  });

  it('is our failure where SAP refuses the form of the request', async () => {
    const { sap } = sapWith(() => html(415, 'Unsupported Media Type'));
    await expect(sap.postJournalEntry(entry, messageId)).rejects.toMatchObject({ name: 'UnexpectedAnswer' });
  });

  it('names the arrangement that is missing', async () => {
    const { sap } = sapWith(() => html(403, 'Forbidden'));
    await expect(sap.postJournalEntry(entry, messageId)).rejects.toMatchObject({
      code: 'SAP_NOT_AUTHORIZED',
      mayHaveHappened: false,
      nextStep: expect.stringContaining('SAP_COM_0002'),
    });
  });
});

describe('the look-up', () => {
  const item = (changes: Record<string, unknown> = {}) => ({
    CompanyCode: '1710',
    FiscalYear: '2026',
    AccountingDocument: '1500000042',
    AccountingDocumentItem: '001',
    ReverseDocument: '',
    IsReversal: false,
    ...changes,
  });

  it('asks by company code, upper-case reference and date, and gives each document once', async () => {
    const { sap, requests } = sapWith(() =>
      json(
        list([
          item(),
          item({ AccountingDocumentItem: '002' }),
          item({
            AccountingDocument: '1500000043',
            ReverseDocument: '1500000050',
            ReverseDocumentFiscalYear: '2027',
          }),
        ]),
      ),
    );
    await expect(sap.journalEntriesByReference('1710', 'bp7k3m9q2x4t8wz1', '2026-11-20')).resolves.toEqual([
      { companyCode: '1710', accountingDocument: '1500000042', fiscalYear: '2026', warnings: [] },
      {
        companyCode: '1710',
        accountingDocument: '1500000043',
        fiscalYear: '2026',
        reversedBy: { accountingDocument: '1500000050', fiscalYear: '2027' },
        warnings: [],
      },
    ]);
    expect(asked(requests[0]).query.$filter).toBe(
      "CompanyCode eq '1710' and DocumentReferenceID eq 'BP7K3M9Q2X4T8WZ1' and PostingDate ge datetime'2026-11-20T00:00:00'",
    );
  });

  it('asks for one document type where it is given: a clearing may have taken the reference over', async () => {
    const { sap, requests } = sapWith(() => json(list([item()])));
    await sap.journalEntriesByReference('1710', 'BP7K3M9Q2X4T8WZ1', '2026-11-20', 'KZ');
    expect(asked(requests[0]).query.$filter).toMatch(/ and AccountingDocumentType eq 'KZ'$/);
  });

  it('does not take a reversal for something reversed', async () => {
    const { sap } = sapWith(() => json(list([item({ ReverseDocument: '1500000042', IsReversal: true })])));
    const [found] = await sap.journalEntriesByReference('1710', 'BR7K3M9Q2X4T8WZ1', '2026-11-20');
    expect(found).not.toHaveProperty('reversedBy');
    expect(found).toMatchObject({ accountingDocument: '1500000042', isReversal: true });
  });
});
