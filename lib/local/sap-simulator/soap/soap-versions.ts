/** SOAP 1.1 and 1.2, both bindings of the service (SAP dossier §9.1). */
export interface SoapVersion {
  readonly namespace: string;
  readonly contentType: string;
}

export const soapVersions: readonly SoapVersion[] = [
  { namespace: 'http://schemas.xmlsoap.org/soap/envelope/', contentType: 'text/xml' },
  { namespace: 'http://www.w3.org/2003/05/soap-envelope', contentType: 'application/soap+xml' },
];
