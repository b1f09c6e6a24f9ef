import { describe, expect, it } from 'vitest';
import { CredentialsError, WorldError } from '../../../lib/errors.ts';
import { HttpFailure, type HttpResponse } from '../../../lib/http/http.ts';
import { seededRandom } from '../../../lib/random.ts';
import { createSap } from '../../../lib/sap/create-sap.ts';
import { ODataError } from '../../../lib/sap/odata-errors.ts';
import { answering, asked, basicSecret, clockAt, html, json, recordingObserve, secretsOf } from './doors.ts';
import { list } from './invoice-rows.ts';

function sapWith(answer: Parameters<typeof answering>[0]) {
  const { http, requests } = answering(answer);
  const observe = recordingObserve();
  const doors = { random: seededRandom(1), observe, secrets: secretsOf(basicSecret) };
  return { sap: createSap({ ...doors, http, clock: clockAt('2026-11-24T05:00:00Z') }), requests, observe };
}

const key = { companyCode: '1710', supplierInvoice: '5105600101', fiscalYear: '2026' };
const service = '/sap/opu/odata/sap/API_CV_ATTACHMENT_SRV';

/** A file of the generic object services, as the service's metadata has it; names and numbers are invented. */
const row = {
  __metadata: { type: 'API_CV_ATTACHMENT_SRV.AttachmentContent', media_src: '…' },
  DocumentInfoRecordDocType: 'GOS',
  DocumentInfoRecordDocNumber: '0000000007',
  DocumentInfoRecordDocVersion: '',
  DocumentInfoRecordDocPart: '',
  LogicalDocument: '0A1B2C3D4E5F60718293A4B5C6D7E8F9',
  ArchiveDocumentID: 'FOL18000000000004EXT44000000000007',
  LinkedSAPObjectKey: '51056001012026',
  BusinessObjectTypeName: 'BUS2081',
  SemanticObject: '',
  FileSize: '123456',
  FileName: "O'Neil & Sons.pdf",
  MimeType: 'application/pdf',
  CreatedByUser: 'CLERK',
  CreationDateTime: '/Date(1795132800000)/',
  Source: 'GOS',
};
const id =
  "DocumentInfoRecordDocType='GOS',DocumentInfoRecordDocNumber='0000000007',DocumentInfoRecordDocVersion=''," +
  "DocumentInfoRecordDocPart='',LogicalDocument='0A1B2C3D4E5F60718293A4B5C6D7E8F9'," +
  "ArchiveDocumentID='FOL18000000000004EXT44000000000007',LinkedSAPObjectKey='51056001012026'," +
  "BusinessObjectTypeName='BUS2081'";
const file = { id, fileName: 'invoice.pdf' };
const bytes = Buffer.from('%PDF-1.7 …');
const content = (changes: Partial<HttpResponse> = {}): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'application/pdf' },
  body: '',
  bytes,
  ...changes,
});

describe('the files of an invoice', () => {
  it('are found by number and year in one call', async () => {
    const { sap, requests } = sapWith(() => json(list([row])));
    expect(await sap.attachments(key)).toEqual([
      {
        id,
        fileName: "O'Neil & Sons.pdf",
        mimeType: 'application/pdf',
        bytes: 123_456,
        createdAt: '2026-11-20T00:00:00.000Z',
      },
    ]);
    expect(requests).toHaveLength(1);
    expect(asked(requests[0])).toEqual({
      path: `${service}/GetAllOriginals`,
      query: { BusinessObjectTypeName: "'BUS2081'", LinkedSAPObjectKey: "'51056001012026'" },
    });
  });

  it('may lack size, type, time and name; an invoice may have none', async () => {
    const bare = { ...row, FileSize: '', MimeType: '', CreationDateTime: null, FileName: '' };
    const { sap } = sapWith((_request, count) => json(list(count === 1 ? [bare] : [])));
    expect(await sap.attachments(key)).toEqual([{ id, fileName: '' }]);
    expect(await sap.attachments(key)).toEqual([]);
  });

  it('need an arrangement of the scenario of supplier invoices', async () => {
    const { sap } = sapWith(() =>
      json({ error: { code: '/IWFND/MED/170', message: { value: 'No service' } } }, 403),
    );
    const error = await sap.attachments(key).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CredentialsError);
    expect(error).toMatchObject({
      code: 'SAP_NOT_AUTHORIZED',
      nextStep: expect.stringContaining('SAP_COM_0057'),
    });
  });
});

describe('the content of a file', () => {
  it('comes as the bytes that SAP holds, never more of them than wanted', async () => {
    const { sap, requests } = sapWith(() => content());
    expect(await sap.attachmentContent(file, 100)).toEqual(bytes);
    expect(decodeURIComponent(new URL(requests[0]?.url ?? '').pathname)).toBe(
      `${service}/AttachmentContentSet(${id})/$value`,
    );
    expect(requests[0]).toMatchObject({ method: 'GET', mostBytes: 100 });
    expect(await sap.attachmentContent(file, bytes.length - 1)).toBe('too-large');
  });

  it('is too large where the HTTP door stopped reading', async () => {
    const { sap } = sapWith(() => Promise.reject(new HttpFailure('ANSWER_TOO_LARGE', true, 'larger')));
    expect(await sap.attachmentContent(file, 100)).toBe('too-large');
  });

  it('is gone where SAP says so, which is no matter of the credentials', async () => {
    const said =
      '<error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"><code>X/1</code>';
    const xml = {
      status: 404,
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version="1.0"?>${said}`,
    };
    const gone = json({ error: { code: '/IWBEP/CM_MGW_RT/020', message: { value: 'Not found' } } }, 404);
    const { sap, observe } = sapWith((_request, count) => (count === 1 ? gone : xml));
    expect(await sap.attachmentContent(file, 100)).toBe('gone');
    expect(await sap.attachmentContent(file, 100)).toBe('gone');
    expect(observe.counted).toEqual([]);
  });

  it.each([
    ['a 404 that is not SAP’s word', html(404, 'Not found'), CredentialsError],
    [
      'a web page in the place of the file',
      { ...html(200, 'Maintenance'), bytes: Buffer.from('<html>') },
      WorldError,
    ],
    ['maintenance', html(503, 'Maintenance'), WorldError],
    ['a refusal', json({ error: { code: 'X/1', message: { value: 'No' } } }, 400), ODataError],
  ])('is not taken from %s', async (_, answer, kind) => {
    const { sap } = sapWith(() => answer);
    await expect(sap.attachmentContent(file, 100)).rejects.toBeInstanceOf(kind);
  });
});
