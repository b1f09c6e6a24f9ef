// A journal-entry request as text, to be broken in every way (SAP dossier §9.9).

const stamp = '<CreationDateTime>2026-11-24T05:00:00Z</CreationDateTime>';

export function envelope(body: string, namespace = 'http://schemas.xmlsoap.org/soap/envelope/'): string {
  return `<soapenv:Envelope xmlns:soapenv="${namespace}" xmlns:sfin="http://sap.com/xi/SAPSCORE/SFIN"><soapenv:Header/><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
}

export function bulk(entries: readonly string[], bulkHeader = `<ID>B-1</ID>${stamp}`): string {
  return `<sfin:JournalEntryBulkCreateRequest><MessageHeader>${bulkHeader}</MessageHeader>${entries.join('')}</sfin:JournalEntryBulkCreateRequest>`;
}

export function request(id: string, content: string, header = ''): string {
  return `<JournalEntryCreateRequest><MessageHeader><ID>${id}</ID>${stamp}${header}</MessageHeader><JournalEntry>${content}</JournalEntry></JournalEntryCreateRequest>`;
}

/** Elements of JournalEntry in their order; a change to undefined leaves one out. */
export function content(changes: Record<string, string | undefined>, items: string): string {
  const elements: Record<string, string | undefined> = {
    OriginalReferenceDocumentType: 'BKPFF',
    BusinessTransactionType: 'RFBU',
    AccountingDocumentType: 'KZ',
    DocumentReferenceID: 'BP7K3M9Q2X4T8WZ1',
    DocumentHeaderText: 'BILL payment',
    ReversalReason: undefined,
    ReversalReferenceDocument: undefined,
    CreatedByUser: 'BILLCONN',
    CompanyCode: '1710',
    DocumentDate: '2026-11-23',
    PostingDate: '2026-11-23',
    Reference1InDocumentHeader: 'STP01EXAMPLE00000001',
    ...changes,
  };
  const texts = Object.entries(elements).flatMap(([name, text]) =>
    text === undefined ? [] : [`<${name}>${text}</${name}>`],
  );
  return `${texts.join('')}${items}`;
}

export function amount(value: string, currency = 'USD'): string {
  const code = value.startsWith('-') ? 'H' : 'S';
  return `<AmountInTransactionCurrency currencyCode="${currency}">${value}</AmountInTransactionCurrency><DebitCreditCode>${code}</DebitCreditCode>`;
}

export function glItem(account: string, value: string, assignment = ''): string {
  const inner = assignment === '' ? '' : `<AccountAssignment>${assignment}</AccountAssignment>`;
  return `<Item><ReferenceDocumentItem>2</ReferenceDocumentItem><GLAccount>${account}</GLAccount>${amount(value)}${inner}</Item>`;
}

export function creditorItem(supplier: string, value: string, after = ''): string {
  return `<CreditorItem><ReferenceDocumentItem>1</ReferenceDocumentItem><Creditor>${supplier}</Creditor>${amount(value)}${after}<AssignmentReference>51056001012026</AssignmentReference></CreditorItem>`;
}

/** The dossier's own example: debit the supplier, credit the bank clearing account. */
export function payment(
  supplier: string,
  changes: Record<string, string | undefined> = {},
  id = 'B-1-1',
): string {
  const items = `${glItem('0011001080', '-1200.50')}${creditorItem(supplier, '1200.50')}`;
  return envelope(bulk([request(id, content(changes, items))]));
}

export function paymentWith(items: string, changes: Record<string, string | undefined> = {}): string {
  return envelope(bulk([request('B-1-1', content(changes, items))]));
}

/** Text of the first element of this local name. */
export function textOf(xml: string, name: string): string | undefined {
  return new RegExp(`<(?:\\w[\\w-]*:)?${name}(?: [^>]*)?>([^<]*)<`).exec(xml)?.[1];
}

export function typeIds(xml: string): string[] {
  return [...xml.matchAll(/<TypeID>([^<]*)<\/TypeID>/g)].map((match) => match[1] ?? '');
}
