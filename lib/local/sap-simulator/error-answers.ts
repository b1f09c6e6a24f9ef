import type { HttpRequest, HttpResponse } from '../../http/http.ts';
import { xmlError } from './odata/atom.ts';
import type { Version } from './odata/literals.ts';
import { acceptsJson } from './odata/odata-service.ts';
import type { Refusal } from './refusal.ts';
import { sapTime } from './sap-time.ts';
import type { SapSwitches } from './switches.ts';
import type { Tenant } from './tenant/tenant.ts';

/** How SAP says no: the envelopes of OData V2 and V4 (SAP dossier §§3.1, 3.2), and pages. */
export function odataError(
  refusal: Refusal,
  request: HttpRequest,
  service: { readonly name: string; readonly version: Version },
  tenant: Tenant,
): HttpResponse {
  const { status, headers } = refusal;
  if (service.version === 'V2' && !acceptsJson(request) && !request.url.includes('$format=json')) {
    const xmlType = { 'content-type': 'application/xml;charset=utf-8' };
    return { status, headers: { ...xmlType, ...headers }, body: xmlError(refusal.code, refusal.message) };
  }
  const error =
    service.version === 'V2'
      ? errorV2(refusal, service.name, tenant)
      : errorV4(refusal, service.name, tenant);
  const jsonType = { 'content-type': 'application/json;charset=utf-8' };
  return { status, headers: { ...jsonType, ...headers }, body: JSON.stringify({ error }) };
}

function errorV2({ code, message }: Refusal, service: string, tenant: Tenant) {
  return {
    code,
    message: { lang: 'en', value: message },
    innererror: {
      application: {
        component_id: '',
        service_namespace: '/SAP/',
        service_id: service,
        service_version: '0001',
      },
      transactionid: tenant.random.uuid().replaceAll('-', '').toUpperCase(),
      timestamp: sapTime(tenant.clock.now()),
      errordetails: [
        {
          code,
          message,
          longtext_url: '',
          propertyref: '',
          severity: 'error',
          target: '',
          transition: false,
        },
      ],
    },
  };
}

function errorV4({ code, message }: Refusal, service: string, tenant: Tenant) {
  const transaction = tenant.random.uuid().replaceAll('-', '').toUpperCase();
  return {
    code,
    message,
    details: [{ code, message }],
    '@SAP__core.ExceptionCategory': 'Client_Error',
    innererror: {
      '@SAP__core.Application': { ServiceId: service, ServiceVersion: '0001' },
      '@SAP__core.TransactionId': transaction,
      '@SAP__core.Timestamp': sapTime(tenant.clock.now()),
    },
  };
}

/** A page of the web dispatcher: before any service looks at the request. */
export function page(status: number, title: string, headers: Record<string, string> = {}): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'text/html;charset=utf-8', ...headers },
    body: `<html><head><title>${title}</title></head><body><h1>${status} ${title}</h1></body></html>`,
  };
}

/** Outage and throttling (dossier §3.3). */
export function unavailable(switches: SapSwitches, status: 429 | 503): HttpResponse {
  const title = status === 503 ? 'Service Unavailable' : 'Too Many Requests';
  return page(status, title, { 'retry-after': `${switches.retryAfterSeconds}` });
}
