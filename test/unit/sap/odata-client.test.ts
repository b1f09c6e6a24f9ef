import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { HttpRequest } from '../../../lib/http/http.ts';
import { createConnection } from '../../../lib/sap/connection.ts';
import { createODataClient } from '../../../lib/sap/odata-client.ts';
import {
  businessPartnerService,
  purchaseOrderService,
  supplierInvoiceService,
} from '../../../lib/sap/services.ts';
import { answering, basicSecret, clockAt, host, html, json, recordingObserve, secretsOf } from './doors.ts';

const row = z.object({ SupplierInvoice: z.string() });

function client(answer: Parameters<typeof answering>[0]) {
  const { http, requests } = answering(answer);
  const clock = clockAt('2026-11-24T05:00:00Z');
  const observe = recordingObserve();
  const connection = createConnection({ http, clock, observe, secrets: secretsOf(basicSecret) });
  return { odata: createODataClient(connection, { clock, observe }), requests, observe, clock };
}

describe('lists', () => {
  it('follows __next of V2 with its own host and credentials', async () => {
    const link = `https://elsewhere.example.test:44300${supplierInvoiceService.path}/A_SupplierInvoice?$skiptoken=2&$filter=A eq '1'`;
    const { odata, requests } = client((_request, count) =>
      count === 1
        ? json({ d: { results: [{ SupplierInvoice: '1', YY1_Extra: 'ignored' }], __next: link } })
        : json({ d: { results: [{ SupplierInvoice: '2' }] } }),
    );
    const rows = await odata.list(supplierInvoiceService, 'A_SupplierInvoice', { top: 100 }, row);
    expect(rows).toEqual([{ SupplierInvoice: '1' }, { SupplierInvoice: '2' }]);
    expect(requests.map(({ url }) => new URL(url).origin)).toEqual([host, host]);
    expect(requests[1]?.url).toContain('$skiptoken=2&$filter=A%20eq%20%271%27');
  });

  it('reads the oldest V2 form, a bare list', async () => {
    const { odata } = client(() => json({ d: [{ SupplierInvoice: '1' }] }));
    await expect(odata.list(supplierInvoiceService, 'A_SupplierInvoice', {}, row)).resolves.toHaveLength(1);
  });

  it('follows a relative @odata.nextLink of V4', async () => {
    const { odata, requests } = client((_request, count) =>
      count === 1
        ? json({ value: [{ PurchaseOrder: '1' }], '@odata.nextLink': 'PurchaseOrder?$skiptoken=2' })
        : json({ value: [{ PurchaseOrder: '2' }] }),
    );
    const rows = await odata.list(
      purchaseOrderService,
      'PurchaseOrder',
      {},
      z.object({ PurchaseOrder: z.string() }),
    );
    expect(rows).toHaveLength(2);
    expect(requests[1]?.url).toBe(`${host}${purchaseOrderService.path}/PurchaseOrder?$skiptoken=2`);
  });

  it('completes expanded rows that the server cut', async () => {
    const items = z.object({ to_Items: z.object({ results: z.array(z.object({ Item: z.string() })) }) });
    const { odata } = client((request) =>
      request.url.includes('skiptoken')
        ? json({ d: { results: [{ Item: '2' }] } })
        : json({
            d: {
              results: [
                {
                  to_Items: {
                    results: [{ Item: '1' }],
                    __next: `${host}${supplierInvoiceService.path}/A_X?$skiptoken=1`,
                  },
                },
              ],
            },
          }),
    );
    await expect(odata.list(supplierInvoiceService, 'A_SupplierInvoice', {}, items)).resolves.toEqual([
      { to_Items: { results: [{ Item: '1' }, { Item: '2' }] } },
    ]);
  });

  it('refuses a link to another service, another shape and a list without end', async () => {
    const foreign = client(() =>
      json({ d: { results: [], __next: `${host}/sap/opu/odata/sap/OTHER/A?x=1` } }),
    );
    await expect(foreign.odata.list(supplierInvoiceService, 'A', {}, row)).rejects.toThrow('another service');
    const shape = client(() => json({ d: { results: [{ SupplierInvoice: 7 }] } }));
    await expect(shape.odata.list(supplierInvoiceService, 'A', {}, row)).rejects.toThrow('SupplierInvoice');
    const noList = client(() => json({ value: 1 }));
    await expect(noList.odata.list(supplierInvoiceService, 'A', {}, row)).rejects.toMatchObject({
      name: 'UnexpectedAnswer',
    });
    const endless = client(() =>
      json({ d: { results: [], __next: `${host}${supplierInvoiceService.path}/A?x=1` } }),
    );
    await expect(endless.odata.list(supplierInvoiceService, 'A', {}, row)).rejects.toThrow('no end');
  });

  it('takes a web page with status 200 for an outage', async () => {
    const { odata } = client(() => html(200, 'System maintenance'));
    await expect(odata.list(supplierInvoiceService, 'A', {}, row)).rejects.toMatchObject({
      code: 'SAP_ANSWER_UNREADABLE',
      message: expect.stringContaining('System maintenance'),
    });
  });

  it("tells SAP's reason for a 400, its details included", async () => {
    const { odata } = client(() =>
      json(
        {
          error: {
            code: '005056A509B1',
            message: { lang: 'en', value: 'Invalid filter' },
            innererror: { errordetails: [{ code: 'X/1', message: 'IsReversed may not be filtered' }] },
          },
        },
        400,
      ),
    );
    await expect(odata.list(supplierInvoiceService, 'A', {}, row)).rejects.toMatchObject({
      name: 'ODataError',
      status: 400,
      message: expect.stringContaining('IsReversed may not be filtered'),
    });
  });

  it('logs the warnings that come with a success', async () => {
    const message = {
      code: 'M8/108',
      message: 'Check the date',
      severity: 'warning',
      target: '',
      details: [{ code: 'M8/109', message: 'Fine', severity: 'info' }],
    };
    const v2 = client(() => json({ d: { results: [] } }, 200, { 'sap-message': JSON.stringify(message) }));
    await v2.odata.list(supplierInvoiceService, 'A', {}, row);
    expect(v2.observe.logged).toEqual([
      ['sap-warning', { document: 'API_SUPPLIERINVOICE_PROCESS_SRV', warnings: ['M8/108 Check the date'] }],
    ]);
    const v4 = client(() =>
      json({ value: [] }, 200, {
        'sap-messages': JSON.stringify([
          { code: 'A/1', message: 'Old', numericSeverity: 3 },
          { code: 'A/2', message: 'Done', numericSeverity: 1 },
        ]),
      }),
    );
    await v4.odata.list(purchaseOrderService, 'A', {}, row);
    expect(v4.observe.logged).toEqual([
      ['sap-warning', { document: 'api_purchaseorder_2', warnings: ['A/1 Old'] }],
    ]);
    const broken = client(() => json({ d: [] }, 200, { 'sap-message': 'no JSON' }));
    await broken.odata.list(supplierInvoiceService, 'A', {}, row);
    expect(broken.observe.logged).toEqual([
      ['sap-warning', { document: 'API_SUPPLIERINVOICE_PROCESS_SRV', warnings: ['no JSON'] }],
    ]);
  });
});

describe('writes', () => {
  let sessions = 0;
  const tokenAnswer = () => {
    sessions += 1;
    return json({ d: { EntitySets: [] } }, 200, {
      'x-csrf-token': `token-${sessions}`,
      'set-cookie': [
        `SAP_SESSIONID_S4H_100=session-${sessions}; path=/; secure; HttpOnly`,
        'sap-usercontext=sap-client=100; path=/',
      ],
    });
  };
  const isFetch = ({ headers }: HttpRequest) => headers['x-csrf-token'] === 'Fetch';
  const partner = { BusinessPartnerCategory: '2' };
  const created = () =>
    json({ d: { BusinessPartner: '4711' } }, 201, {
      'sap-message': '{"code":"R1/1","message":"Similar name exists","severity":"warning"}',
    });
  const required = () => html(403, 'CSRF token validation failed', { 'x-csrf-token': 'Required' });

  it('fetches token and all cookies with GET at the service root, once for all writers, and uses both', async () => {
    sessions = 0;
    const { odata, requests } = client((request) => (isFetch(request) ? tokenAnswer() : created()));
    const [one] = await Promise.all([
      odata.post(businessPartnerService, 'A_BusinessPartner', partner),
      odata.post(businessPartnerService, 'A_BusinessPartner', partner),
    ]);
    expect(one).toEqual({ entity: { BusinessPartner: '4711' }, warnings: ['R1/1 Similar name exists'] });
    const [fetch, ...writes] = requests;
    expect(fetch).toMatchObject({ method: 'GET', url: `${host}${businessPartnerService.path}/` });
    expect(writes).toHaveLength(2);
    for (const { headers, body } of writes) {
      expect(headers).toMatchObject({
        'x-csrf-token': 'token-1',
        cookie: 'SAP_SESSIONID_S4H_100=session-1; sap-usercontext=sap-client=100',
      });
      expect(body).toBe(JSON.stringify(partner));
    }
  });

  it('keeps the token for ten minutes', async () => {
    sessions = 0;
    const { odata, requests, clock } = client((request) => (isFetch(request) ? tokenAnswer() : created()));
    await odata.post(businessPartnerService, 'A_BusinessPartner', partner);
    clock.advance(599_999);
    await odata.post(businessPartnerService, 'A_BusinessPartner', partner);
    expect(requests.filter(isFetch)).toHaveLength(1);
    clock.advance(1);
    await odata.post(businessPartnerService, 'A_BusinessPartner', partner);
    expect(requests.filter(isFetch)).toHaveLength(2);
  });

  it('fetches anew and repeats once when SAP requires a token', async () => {
    sessions = 0;
    const { odata, requests } = client((request) => {
      if (isFetch(request)) return tokenAnswer();
      return request.headers['x-csrf-token'] === 'token-1' ? required() : created();
    });
    await odata.post(businessPartnerService, 'A_BusinessPartner', partner);
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'POST']);
    const stubborn = client((request) => (isFetch(request) ? tokenAnswer() : required()));
    await expect(
      stubborn.odata.post(businessPartnerService, 'A_BusinessPartner', partner),
    ).rejects.toMatchObject({ code: 'SAP_NOT_AUTHORIZED' });
    expect(stubborn.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  it('takes any other 403 for a missing arrangement', async () => {
    const { odata, requests } = client((request) =>
      isFetch(request) ? tokenAnswer() : html(403, 'Forbidden'),
    );
    await expect(odata.post(businessPartnerService, 'A_BusinessPartner', partner)).rejects.toMatchObject({
      code: 'SAP_NOT_AUTHORIZED',
      nextStep: expect.stringContaining('SAP_COM_0008'),
    });
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('never repeats a write that may have happened', async () => {
    const { odata, requests } = client((request) =>
      isFetch(request) ? tokenAnswer() : html(504, 'Gateway time-out'),
    );
    await expect(odata.post(businessPartnerService, 'A_BusinessPartner', partner)).rejects.toMatchObject({
      mayHaveHappened: true,
    });
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('cannot write without a token', async () => {
    const { odata } = client(() => json({ d: {} }));
    await expect(odata.post(businessPartnerService, 'A_BusinessPartner', partner)).rejects.toThrow(
      'no CSRF token',
    );
  });
});
