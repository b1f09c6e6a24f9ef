import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../errors.ts';
import { checkSecret, secretKinds } from './read-secret.ts';
import type { Secrets } from './secrets.ts';

/**
 * Both secrets from a file `{"sap": …, "bill": …}`, each in the shape it has in AWS Secrets Manager. The file is
 * read every time, so a correction counts from the next use on.
 */
export function createFileSecrets(path: string): Secrets {
  return {
    sap: async () => checkSecret(secretKinds.sap, `"sap" in ${path}`, (await readSecretsFile(path)).sap),
    bill: async () => checkSecret(secretKinds.bill, `"bill" in ${path}`, (await readSecretsFile(path)).bill),
  };
}

/** Both secrets as they stand in the file, unchecked. Throws ConfigurationError `SECRET_EMPTY`, `SECRET_INVALID`. */
export async function readSecretsFile(path: string): Promise<Partial<Record<'sap' | 'bill', unknown>>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw unusable('SECRET_EMPTY', `The file of secrets ${path} cannot be read (${error.code}).`);
  });
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json;
  } catch {
    // The JSON error would quote the text of the file: it is not passed on.
  }
  throw unusable('SECRET_INVALID', `The file of secrets ${path} is not a JSON object.`);
}

function unusable(code: string, message: string): ConfigurationError {
  return new ConfigurationError({
    code,
    message,
    nextStep: 'Write it as {"sap": …, "bill": …} (README, "Credentials").',
  });
}
