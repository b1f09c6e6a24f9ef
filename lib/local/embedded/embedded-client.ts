/** What every client of an embedded server needs; the servers take any credentials. */
export function embeddedClient(endpoint: string) {
  return {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'embedded', secretAccessKey: 'embedded' },
  };
}
