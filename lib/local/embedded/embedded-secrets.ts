import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import fastify from 'fastify';
import { embeddedClient, outsideClient } from './embedded-client.ts';

/** Name of a secret -> its text. Read at every request, so a change counts from the next one on. */
export type SecretTexts = Readonly<Record<string, string>>;

export interface EmbeddedSecrets {
  readonly client: SecretsManagerClient;
  close(): Promise<void>;
}

const GET_SECRET_VALUE = 'secretsmanager.GetSecretValue';

/**
 * The part of AWS Secrets Manager that the connector uses, GetSecretValue, on a random port of the loopback
 * interface. `endpoint` names a Secrets Manager elsewhere instead.
 */
export async function startEmbeddedSecrets(
  secrets: SecretTexts,
  endpoint?: string,
): Promise<EmbeddedSecrets> {
  const server = endpoint === undefined ? secretsServer(secrets) : undefined;
  const url = (await server?.listen({ host: '127.0.0.1', port: 0 })) ?? '';
  const client = new SecretsManagerClient(
    endpoint === undefined ? embeddedClient(url) : outsideClient(endpoint),
  );
  return {
    client,
    close: async () => {
      client.destroy();
      await server?.close();
    },
  };
}

function secretsServer(secrets: SecretTexts) {
  const server = fastify({ forceCloseConnections: true });
  server.addContentTypeParser('application/x-amz-json-1.1', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  server.post('/', async (request, reply) => {
    const refuse = (type: string) =>
      reply.code(400).send({ __type: type, message: 'Refused by the embedded server.' });
    if (request.headers['x-amz-target'] !== GET_SECRET_VALUE) return refuse('InvalidRequestException');
    const { SecretId: Name } = JSON.parse(String(request.body));
    if (!Object.hasOwn(secrets, Name)) return refuse('ResourceNotFoundException');
    return { Name, SecretString: secrets[Name] };
  });
  return server;
}
