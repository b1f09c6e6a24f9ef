import { expect, test } from 'vitest';
import { at, play } from './played.ts';

const path = '/sap/opu/odata/sap/API_CV_ATTACHMENT_SRV';
const pdf = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x2d, 0x00, 0xff]);

async function playWithFile(options: Parameters<typeof play>[0] = {}) {
  const played = await play(options);
  const key = played.postInvoice();
  played.clock.advance(60_000);
  played.people.attachFile(key, { name: 'invoice.pdf', content: pdf });
  const linked = `LinkedSAPObjectKey='${key.supplierInvoice}${key.fiscalYear}'`;
  const originals = `${path}/GetAllOriginals?BusinessObjectTypeName='BUS2081'&${linked}`;
  const uri = async () =>
    String(at((await played.get(originals)).json, 'd.results.0.__metadata.uri')).slice(played.origin.length);
  return { ...played, key, originals, uri };
}

test('the files of an invoice are found by its number and year', async () => {
  const { get, originals, people, key } = await playWithFile();
  people.attachFile(key, { name: 'mail.msg', mimeType: 'application/vnd.ms-outlook', content: pdf });
  const { json } = await get(originals);
  expect(at(json, 'd.results.0')).toMatchObject({
    DocumentInfoRecordDocType: 'GOS',
    LinkedSAPObjectKey: '51056001012026',
    BusinessObjectTypeName: 'BUS2081',
    FileName: 'invoice.pdf',
    MimeType: 'application/pdf',
    FileSize: '7',
    CreationDateTime: '/Date(1795496460000+0000)/',
  });
  expect(at(json, 'd.results.1')).toMatchObject({ FileName: 'mail.msg' });
  const others = await get(originals.replace('BUS2081', 'BUS2012'));
  expect(at(others.json, 'd.results')).toEqual([]);
  people.removeFile(key, 'invoice.pdf');
  expect(at((await get(originals)).json, 'd.results')).toHaveLength(1);
});

test('the content of a file is its media resource, byte for byte', async () => {
  const { get, uri } = await playWithFile();
  const answer = await get(`${await uri()}/$value`);
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/pdf' }, body: '' });
  expect(Buffer.from(answer.bytes ?? [])).toEqual(pdf);
});

test.each([
  ['the set itself, which is not addressable', () => `${path}/AttachmentContentSet`, 501],
  ['a key with a part missing', () => `${path}/AttachmentContentSet(LogicalDocument='1')/$value`, 400],
  ['a file that is not there', (uri: string) => `${uri.replace(/FOL/, 'NOT')}/$value`, 404],
  ['an invoice without its key', () => `${path}/GetAllOriginals?BusinessObjectTypeName='BUS2081'`, 400],
  ['a key without quotes', () => `${path}/GetAllOriginals?LinkedSAPObjectKey=51056001012026`, 400],
  ['a parameter that is none', (_uri: string, all: string) => `${all}&Invoice='1'`, 400],
  ['a content of what is no file', () => `${path}/GetAllOriginals/$value`, 400],
])('refused: %s', async (_, target, status) => {
  const { get, uri, originals } = await playWithFile();
  expect((await get(target(await uri(), originals))).status).toBe(status);
});

test('a function that reads is no POST, and metadata says so', async () => {
  const { send, get, originals } = await playWithFile();
  const fetched = await get(`${path}/`, { 'x-csrf-token': 'Fetch' });
  const cookie = [fetched.headers['set-cookie'] ?? []]
    .flat()
    .map((each) => each.split(';')[0])
    .join('; ');
  const token = String(fetched.headers['x-csrf-token']);
  expect((await send('POST', originals, { 'x-csrf-token': token, cookie })).status).toBe(405);
  const { body } = await get(`${path}/$metadata`, { accept: 'application/xml' });
  expect(body).toContain('<FunctionImport Name="GetAllOriginals" ReturnType="Collection(');
  expect(body).toContain('m:HasStream="true"');
});

test.each([
  [true, '20261124050100.0000000'],
  [false, '20261124050000.0000000'],
])(
  'a file that is attached moves the change stamp of the invoice: %s',
  async (attachmentMovesStamp, stamp) => {
    const { sap } = await playWithFile({ switches: { attachmentMovesStamp } });
    expect(sap.books.tables.A_SupplierInvoice?.[0]?.SuplrInvcLstChgDteTmeTxt).toBe(stamp);
  },
);

test('sizes may be missing', async () => {
  const { get, originals } = await playWithFile({ switches: { showsFileSize: false } });
  expect(at((await get(originals)).json, 'd.results.0.FileSize')).toBe('');
});
