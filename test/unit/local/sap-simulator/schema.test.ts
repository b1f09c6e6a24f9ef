import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { schemaProblem } from '../../../../lib/local/sap-simulator/soap/check-schema.ts';
import { bulkRequest } from '../../../../lib/local/sap-simulator/soap/journal-entry-schema.ts';
import { child, parseXml, type XmlElement } from '../../../../lib/local/sap-simulator/xml.ts';
import {
  bulk,
  content,
  creditorItem,
  envelope,
  glItem,
  payment,
  request,
} from '../../../component/sap-simulator/entry-xml.ts';

function problemOf(xml: string): string | undefined {
  const root = parseXml(xml);
  const body = child(root, 'Body')?.children[0];
  if (!body) throw new Error('no body');
  return schemaProblem(body, bulkRequest);
}

const items = `${glItem('11001080', '-1.00')}${creditorItem('17300001', '1.00')}`;
const withEntry = (entry: string) => envelope(bulk([request('B-1-1', entry)]));

test("the dossier's example keeps the schema", () => {
  expect(problemOf(payment('17300001'))).toBeUndefined();
});

test.each([
  'OriginalReferenceDocumentType',
  'BusinessTransactionType',
  'AccountingDocumentType',
  'CreatedByUser',
  'CompanyCode',
  'DocumentDate',
  'PostingDate',
])('%s is mandatory', (name) => {
  expect(problemOf(withEntry(content({ [name]: undefined }, items)))).toContain(`${name} is missing`);
});

test.each([
  ['DocumentReferenceID', 16],
  ['DocumentHeaderText', 25],
  ['CreatedByUser', 12],
  ['CompanyCode', 4],
  ['Reference1InDocumentHeader', 20],
  ['AccountingDocumentType', 5],
])('%s holds %i characters', (name, longest) => {
  const of = (length: number) => problemOf(withEntry(content({ [name]: 'X'.repeat(length) }, items)));
  expect(of(longest)).toBeUndefined();
  expect(of(longest + 1)).toContain(`${name} has ${longest + 1} characters`);
});

test.each([
  ['AssignmentReference', 18],
  ['DocumentItemText', 50],
  ['Reference3IDByBusinessPartner', 20],
  ['GLAccount', 10],
])('%s of an item holds %i characters', (name, longest) => {
  const before = name === 'GLAccount' ? '' : '<GLAccount>1</GLAccount>';
  const amount = '<AmountInTransactionCurrency currencyCode="USD">1</AmountInTransactionCurrency>';
  const of = (length: number) => {
    const element = `<${name}>${'X'.repeat(length)}</${name}>`;
    const item = name === 'GLAccount' ? `${element}${amount}` : `${before}${amount}${element}`;
    return problemOf(withEntry(content({}, `<Item>${item}</Item>`)));
  };
  expect(of(longest)).toBeUndefined();
  expect(of(longest + 1)).toContain(name);
});

test('an empty DocumentReferenceID is refused', () => {
  expect(problemOf(withEntry(content({ DocumentReferenceID: '' }, items)))).toContain('0 characters');
});

describe('order', () => {
  const parts = [...content({}, '').matchAll(/<(\w+)>[^<]*<\/\1>/g)].map((match) => match[0]);

  test('any two header elements in the other order are refused', () => {
    const places = fc.tuple(fc.nat(parts.length - 1), fc.nat(parts.length - 1)).filter(([a, b]) => a !== b);
    fc.assert(
      fc.property(places, ([a, b]) => {
        const swapped = parts.with(a, parts[b] ?? '').with(b, parts[a] ?? '');
        expect(problemOf(withEntry(`${swapped.join('')}${items}`))).toBeDefined();
      }),
      { numRuns: 50 },
    );
  });

  test('an unknown element is refused wherever it stands', () => {
    fc.assert(
      fc.property(fc.nat(parts.length), (place) => {
        const mixed = parts.toSpliced(place, 0, '<ProfitCenter>YB110</ProfitCenter>');
        expect(problemOf(withEntry(`${mixed.join('')}${items}`))).toBeDefined();
      }),
      { numRuns: 20 },
    );
  });

  test('creditor items stand behind G/L items', () => {
    const swapped = `${creditorItem('17300001', '1.00')}${glItem('11001080', '-1.00')}`;
    expect(problemOf(withEntry(content({}, swapped)))).toContain('Item is unknown or out of order');
  });
});

test.each([
  ['a cost center in a creditor item', creditorItem('17300001', '1.00', '<CostCenter>1</CostCenter>')],
  [
    'an amount without currency',
    '<Item><GLAccount>1</GLAccount><AmountInTransactionCurrency>1</AmountInTransactionCurrency></Item>',
  ],
  ['a thousands separator', glItem('1', '1,000.00')],
  ['too many decimals for the currency', glItem('1', '1.001')],
  [
    'a missing account',
    '<Item><AmountInTransactionCurrency currencyCode="USD">1</AmountInTransactionCurrency></Item>',
  ],
  ['a qualified child', '<sfin:Item/>'],
])('%s is refused', (_what, item) => {
  expect(problemOf(withEntry(content({}, item)))).toBeDefined();
});

test.each(['2026-02-30', '23.11.2026', '2026-11-23T00:00:00'])('%s is no date', (date) => {
  expect(problemOf(withEntry(content({ PostingDate: date }, items)))).toContain(
    'PostingDate has the invalid value',
  );
});

test('the message needs its moment of creation', () => {
  const without = payment('17300001').replace(
    '<CreationDateTime>2026-11-24T05:00:00Z</CreationDateTime>',
    '',
  );
  expect(problemOf(without)).toContain('CreationDateTime is missing');
  const local = payment('17300001').replaceAll('05:00:00Z', '05:00:00+01:00');
  expect(problemOf(local)).toContain('CreationDateTime has the invalid value');
});

test('namespaces are resolved from any prefix', () => {
  const root: XmlElement | undefined = parseXml(
    '<a:x xmlns:a="urn:one"><y/><z xmlns="urn:two"><b/></z></a:x>',
  );
  expect([root?.namespace, root?.children[0]?.namespace, root?.children[1]?.children[0]?.namespace]).toEqual([
    'urn:one',
    '',
    'urn:two',
  ]);
  expect(parseXml('<a><b></a>')).toBeUndefined();
});
