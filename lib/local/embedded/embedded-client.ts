const credentials = { accessKeyId: 'embedded', secretAccessKey: 'embedded' };

/** What every client of an embedded server needs; the servers take any credentials. */
export function embeddedClient(endpoint: string) {
  return { endpoint, region: 'us-east-1', credentials };
}

/** The same for a server elsewhere, which may ask for the region and credentials of the environment. */
export function outsideClient(endpoint: string) {
  const { AWS_REGION: region = 'us-east-1', AWS_ACCESS_KEY_ID: own } = process.env;
  return { endpoint, region, ...(own === undefined && { credentials }) };
}
