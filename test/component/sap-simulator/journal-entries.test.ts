import { expect, test } from 'vitest';
import {
  amount,
  bulk,
  content,
  creditorItem,
  envelope,
  glItem,
  payment,
  paymentWith,
  request,
  textOf,
  typeIds,
} from './entry-xml.ts';
import { itemsPath, type Played, play, postingPath } from './played.ts';

const items = `${itemsPath}/A_OperationalAcctgDocItemCube`;

function itemsOf({ list }: Played, reference: string) {
  return list(items, { $filter: `CompanyCode eq '1710' and DocumentReferenceID eq '${reference}'` });
}

test('an entry is posted, answered with its number, and visible with its reference in upper case', async () => {
  const played = await play();
  const reply = await played.post(payment(played.supplier, { DocumentReferenceID: 'bp7k3m9q2x4t8wz1' }));
  expect(reply.status).toBe(200);
  const number = textOf(reply.body, 'AccountingDocument');
  expect(number).toMatch(/^15\d{8}$/);
  expect(typeIds(reply.body)).toEqual(['605(RW)']);
  expect(textOf(reply.body, 'MaximumLogItemSeverityCode')).toBe('1');
  expect(reply.body).toContain('<ReferenceID>B-1-1</ReferenceID>');
  const { rows } = await itemsOf(played, 'BP7K3M9Q2X4T8WZ1');
  expect(rows).toMatchObject([
    {
      AccountingDocument: number,
      FiscalYear: '2026',
      AccountingDocumentItem: '001',
      FinancialAccountType: 'S',
      GLAccount: '11001080',
      AmountInTransactionCurrency: '-1200.500',
      DebitCreditCode: 'H',
    },
    {
      FinancialAccountType: 'K',
      Supplier: '17300001',
      GLAccount: '21100000',
      AmountInTransactionCurrency: '1200.500',
      AssignmentReference: '51056001012026',
      ReferenceDocumentType: 'BKPFF',
      OriginalReferenceDocument: `${number}17102026`,
      IsCleared: false,
      Reference1InDocumentHeader: 'STP01EXAMPLE00000001',
    },
  ]);
});

test('numbers depend on the reference, not on the order of arrival, and stay unique', async () => {
  const numbersOf = async (references: readonly string[]) => {
    const { post, supplier } = await play();
    const found: Record<string, string | undefined> = {};
    for (const reference of references) {
      const reply = await post(payment(supplier, { DocumentReferenceID: reference }));
      found[reference] = textOf(reply.body, 'AccountingDocument');
    }
    return found;
  };
  expect(await numbersOf(['A', 'B', 'C'])).toEqual(await numbersOf(['C', 'A', 'B']));
  const { post, supplier } = await play();
  const twice = [await post(payment(supplier)), await post(payment(supplier))];
  expect(new Set(twice.map(({ body }) => textOf(body, 'AccountingDocument'))).size).toBe(2);
});

const refused: readonly [code: string, what: string, xml: (supplier: string) => string][] = [
  [
    '702(F5)',
    'a balance that is not zero',
    (s) => paymentWith(`${glItem('11001080', '-1.00')}${creditorItem(s, '1.01')}`),
  ],
  ['701(F5)', 'a single item', () => paymentWith(glItem('11001080', '-1.00'))],
  [
    '706(F5)',
    'two currencies',
    (s) => paymentWith(`${glItem('11001080', '-1.00').replace('USD', 'EUR')}${creditorItem(s, '1.00')}`),
  ],
  [
    '116(RW)',
    'a sign against its code',
    (s) => payment(s).replace('<DebitCreditCode>H<', '<DebitCreditCode>S<'),
  ],
  [
    '210(F5)',
    'items without an amount',
    (s) => paymentWith(`${glItem('11001080', '0')}${creditorItem(s, '0')}`),
  ],
  ['507(F5)', 'an unknown G/L account', (s) => payment(s).replace('0011001080', '0011001099')],
  ['354(F5)', 'a payable account as G/L account', (s) => payment(s).replace('0011001080', '21100000')],
  ['235(KI)', 'an expense without cost center', (s) => payment(s).replace('0011001080', '61008000')],
  [
    '809(F5)',
    'a cost center on an account that takes none',
    (s) => withAssignment(s, '11001080', '<CostCenter>17101301</CostCenter>'),
  ],
  [
    '113(KS)',
    'an unknown cost center',
    (s) => withAssignment(s, '61008000', '<CostCenter>99999999</CostCenter>'),
  ],
  [
    '113(KS)',
    'a cost center of another company code',
    (s) => withAssignment(s, '61008000', '<CostCenter>10101101</CostCenter>'),
  ],
  [
    '711(KM)',
    'an unknown profit center',
    (s) => withAssignment(s, '11001080', '<ProfitCenter>NONE</ProfitCenter>'),
  ],
  ['104(F5)', 'a vendor that the company code does not have', (s) => payment(s, { CompanyCode: '1010' })],
  [
    '102(F5)',
    'a customer',
    (s) =>
      paymentWith(
        `${glItem('11001080', '-1.00')}${creditorItem(s, '1.00').replaceAll('Creditor', 'Debtor')}`,
      ),
  ],
  ['352(F5)', 'a payable account that may not stand for the own one', (s) => withPayable(s, '21110000')],
  ['165(F5)', 'an unknown company code', (s) => payment(s, { CompanyCode: '9999' })],
  ['814(F5)', 'an unknown document type', (s) => payment(s, { AccountingDocumentType: 'ZZ' })],
  ['603(RW)', 'another business transaction', (s) => payment(s, { BusinessTransactionType: 'GLVR' })],
];

function withAssignment(supplier: string, account: string, assignment: string): string {
  return paymentWith(`${glItem(account, '-1.00', assignment)}${creditorItem(supplier, '1.00')}`);
}

function withPayable(supplier: string, account: string): string {
  return paymentWith(
    `${glItem('11001080', '-1.00')}${creditorItem(supplier, '1.00', `<AltvRecnclnAccts>${account}</AltvRecnclnAccts>`)}`,
  );
}

test.each(refused)('%s: accounting refuses %s with HTTP 200 and no number', async (code, _what, xml) => {
  const { post, supplier, sap } = await play();
  const { status, body } = await post(xml(supplier));
  expect([status, textOf(body, 'AccountingDocument'), textOf(body, 'FiscalYear')]).toEqual([
    200,
    '0000000000',
    '0000',
  ]);
  expect(textOf(body, 'MaximumLogItemSeverityCode')).toBe('3');
  expect([...new Set(typeIds(body))]).toEqual(['609(RW)', code]);
  expect(sap.canonical()).toMatchObject({ journalEntries: [] });
});

test('what is refused today is posted when the tenant changes: period, blocks, account set-up', async () => {
  const { post, people, supplier } = await play();
  const expense = withAssignment(supplier, '61008000', '<CostCenter>17101301</CostCenter>');
  const codes = async () => typeIds((await post(expense)).body);
  people.closePeriod('1710', '2026-11');
  expect(await codes()).toEqual(['609(RW)', '201(F5)']);
  people.openPeriod('1710', '2026-11');
  people.blockCostCenter('17101301');
  expect(await codes()).toEqual(['609(RW)', '265(KI)']);
  people.unblockCostCenter('17101301');
  people.changeSupplier(supplier, { postingBlocked: true });
  expect(await codes()).toEqual(['609(RW)', '353(F5)']);
  people.changeSupplier(supplier, { postingBlocked: false });
  people.setGlAccount('61008000', { name: 'Consulting', type: 'profit-loss', isBlocked: true });
  expect(await codes()).toEqual(['609(RW)', '003(FH)']);
  people.setGlAccount('61008000', { name: 'Consulting', type: 'profit-loss' });
  expect(await codes()).toEqual(['605(RW)']);
  people.setGlAccount('11001080', { name: 'Clearing', type: 'balance-sheet', requiresProfitCenter: true });
  expect(typeIds((await post(payment(supplier))).body)).toEqual(['609(RW)', '808(F5)']);
  expect(
    typeIds((await post(withAssignment(supplier, '11001080', '<ProfitCenter>YB110</ProfitCenter>'))).body),
  ).toEqual(['605(RW)']);
});

test('another payable account stands where it is allowed', async () => {
  const played = await play();
  expect(typeIds((await played.post(withPayable(played.supplier, '21120000'))).body)).toEqual(['605(RW)']);
  const { rows } = await itemsOf(played, 'BP7K3M9Q2X4T8WZ1');
  expect(rows[1]).toMatchObject({ FinancialAccountType: 'K', GLAccount: '21120000' });
});

test('a simulation checks everything and posts nothing, in either header', async () => {
  const { post, supplier, sap } = await play();
  const test = '<TestDataIndicator>true</TestDataIndicator>';
  const entry = (own: string) =>
    request('B-1-1', content({}, `${glItem('11001080', '-1.00')}${creditorItem(supplier, '1.00')}`), own);
  const outer = bulk(
    [entry('')],
    `<ID>B-1</ID><CreationDateTime>2026-11-24T05:00:00Z</CreationDateTime>${test}`,
  );
  for (const xml of [envelope(bulk([entry(test)])), envelope(outer)]) {
    const { body } = await post(xml);
    expect(textOf(body, 'AccountingDocument')).toBe('0000000000');
    expect(textOf(body, 'MaximumLogItemSeverityCode')).toBe('1');
  }
  expect(sap.canonical()).toMatchObject({ journalEntries: [] });
});

test('each entry of a request stands for itself and is echoed by its own id', async () => {
  const { post, supplier, sap } = await play();
  const good = (id: string) =>
    request(
      id,
      content({ DocumentReferenceID: id }, `${glItem('11001080', '-1.00')}${creditorItem(supplier, '1.00')}`),
    );
  const bad = request('BAD', content({}, `${glItem('11001080', '-1.00')}${creditorItem(supplier, '2.00')}`));
  const { body } = await post(envelope(bulk([good('ONE'), bad, good('TWO')])));
  const answers = [...body.matchAll(/<ReferenceID>(ONE|BAD|TWO)<[\s\S]*?<AccountingDocument>(\d+)</g)];
  expect(answers.map(([, id, number]) => [id, Number(number) > 0])).toEqual([
    ['ONE', true],
    ['BAD', false],
    ['TWO', true],
  ]);
  expect(sap.canonical()).toMatchObject({ journalEntries: { length: 2 } });
});

test('a repeated message id posts twice, unless the switch refuses it', async () => {
  const { post, supplier, sap } = await play();
  await post(payment(supplier));
  await post(payment(supplier));
  expect(sap.canonical()).toMatchObject({ journalEntries: { length: 2 } });
  sap.switches.refusesRepeatedMessageId = true;
  const third = await post(payment(supplier));
  expect([textOf(third.body, 'AccountingDocument'), sap.canonical()]).toMatchObject([
    '0000000000',
    { journalEntries: { length: 2 } },
  ]);
  expect(typeIds((await post(payment(supplier, {}, 'B-1-2'))).body)).toEqual(['605(RW)']);
});

test('a warning beside a number is a success', async () => {
  const { post, supplier } = await play({ switches: { postingWarns: true } });
  const { body } = await post(payment(supplier));
  expect([
    textOf(body, 'MaximumLogItemSeverityCode'),
    Number(textOf(body, 'AccountingDocument')) > 0,
  ]).toEqual(['2', true]);
});

test('a posted document shows after the lag', async () => {
  const played = await play({ switches: { visibilityLagMs: 5_000 } });
  await played.post(payment(played.supplier));
  expect((await itemsOf(played, 'BP7K3M9Q2X4T8WZ1')).rows).toEqual([]);
  played.clock.advance(5_000);
  expect((await itemsOf(played, 'BP7K3M9Q2X4T8WZ1')).rows).toHaveLength(2);
});

test('a cut answer leaves the document posted', async () => {
  const { post, people, supplier, sap } = await play();
  people.cutNextAnswers(1);
  expect((await post(payment(supplier))).status).toBe(504);
  expect(sap.canonical()).toMatchObject({ journalEntries: [{ DocumentReferenceID: 'BP7K3M9Q2X4T8WZ1' }] });
  expect((await post(payment(supplier))).status).toBe(200);
});

test('a reversal posts the opposite once, names both documents, and clears the supplier lines', async () => {
  const played = await play();
  const { post, supplier, list } = played;
  const number = textOf((await post(payment(supplier))).body, 'AccountingDocument') ?? '';
  const reversal = (changes: Record<string, string> = {}, more = '') =>
    paymentWith(more, {
      DocumentReferenceID: 'BR7K3M9Q2X4T8WZ1',
      ReversalReason: '01',
      ReversalReferenceDocument: `${number}17102026`,
      PostingDate: '2026-11-24',
      ...changes,
    });
  expect(typeIds((await post(reversal({ ReversalReason: '99' }))).body)).toEqual(['609(RW)', '531(F5)']);
  expect(typeIds((await post(reversal({ ReversalReferenceDocument: `${number}1710` }))).body)).toEqual([
    '609(RW)',
    '397(F5)',
  ]);
  expect(typeIds((await post(reversal({}, glItem('11001080', '1.00')))).body)).toEqual([
    '609(RW)',
    '610(RW)',
  ]);
  const reversing = textOf((await post(reversal())).body, 'AccountingDocument');
  expect(typeIds((await post(reversal())).body)).toEqual(['609(RW)', '361(F5)']);
  const { rows } = await list(items, { $orderby: 'DocumentReferenceID,AccountingDocumentItem' });
  expect(rows).toMatchObject([
    {
      AccountingDocument: number,
      IsReversed: true,
      IsReversal: false,
      ReverseDocument: reversing,
      ReversalReason: '01',
    },
    { AccountingDocument: number, IsCleared: true, ClearingAccountingDocument: reversing },
    {
      AccountingDocument: reversing,
      IsReversed: false,
      IsReversal: true,
      ReverseDocument: number,
      AmountInTransactionCurrency: '1200.500',
    },
    { AccountingDocument: reversing, IsCleared: true, AmountInTransactionCurrency: '-1200.500' },
  ]);
});

test('cleared entries are not reversed', async () => {
  const { post, people, postInvoice } = await play();
  const paid = people.payInSap(postInvoice());
  const reversed = `${paid.accountingDocument}17102026`;
  const { body } = await post(paymentWith('', { ReversalReason: '01', ReversalReferenceDocument: reversed }));
  expect(typeIds(body)).toEqual(['609(RW)', '308(F5)']);
});

test.each([
  ['GET', {}, 405],
  ['POST', { 'content-type': 'application/json' }, 415],
  ['POST', { soapaction: '' }, 500],
  ['POST', { soapaction: 'http://sap.com/other' }, 500],
  ['POST', { authorization: '' }, 401],
] as const)('%s with %j is answered %i', async (method, more, status) => {
  const { send, supplier, sap } = await play();
  const right = {
    'content-type': 'text/xml',
    soapaction:
      '"http://sap.com/xi/SAPSCORE/SFIN/JournalEntryCreateRequestConfirmation_In/JournalEntryCreateRequestConfirmation_InRequest"',
  };
  expect(
    (await send('POST', postingPath, right, payment(supplier, { DocumentReferenceID: 'RIGHT' }))).status,
  ).toBe(200);
  expect((await send(method, postingPath, { ...right, ...more }, payment(supplier))).status).toBe(status);
  expect(sap.canonical()).toMatchObject({ journalEntries: [{ DocumentReferenceID: 'RIGHT' }] });
});

test('a body that breaks the schema is a fault; the lenient parser ignores what it does not know', async () => {
  const { post, supplier, sap } = await play();
  const misplaced = payment(supplier).replace('<Creditor>', '<ProfitCenter>YB110</ProfitCenter><Creditor>');
  const strict = await post(misplaced);
  expect([strict.status, textOf(strict.body, 'faultstring')]).toEqual([
    500,
    'Deserialisation failed: Creditor is missing in CreditorItem',
  ]);
  expect((await post('<no-envelope/>')).status).toBe(500);
  expect((await post(envelope('<sfin:Other/>'))).status).toBe(500);
  sap.switches.soapParsing = 'lenient';
  expect(typeIds((await post(misplaced)).body)).toEqual(['605(RW)']);
  const unreadable = payment(supplier).replace('>-1200.50<', '>-1.200,50<');
  expect(typeIds((await post(unreadable)).body)).toEqual(['609(RW)', '702(F5)']);
  expect(typeIds((await post(payment(supplier, { PostingDate: undefined }))).body)).toEqual([
    '609(RW)',
    '016(F5)',
  ]);
  const withoutCurrency = payment(supplier).replaceAll(amount('1200.50'), '');
  expect(typeIds((await post(withoutCurrency)).body)).toEqual(['609(RW)', '705(F5)']);
});

test('SOAP 1.2 has its own content type and fault', async () => {
  const { post, supplier } = await play();
  const soap12 = (xml: string) =>
    xml.replace('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope');
  expect((await post(soap12(payment(supplier)))).status).toBe(415);
  const headers = { 'content-type': 'application/soap+xml;charset=utf-8' };
  expect((await post(soap12(payment(supplier)), headers)).status).toBe(200);
  expect((await post(soap12(envelope('')), headers)).body).toContain('env:Sender');
});

test('without its arrangement the posting service answers 403', async () => {
  const { post, supplier } = await play({
    switches: { missingArrangements: ['JournalEntryCreateRequestConfirmation_In'] },
  });
  expect((await post(payment(supplier))).status).toBe(403);
});
