import type { Clock } from '../../clock.ts';
import { createAwsSecrets } from '../../config/aws-secrets.ts';
import { createFileSecrets } from '../../config/file-secrets.ts';
import type { BillSecret, SapSecret, Secrets } from '../../config/secrets.ts';
import type { EmbeddedAws } from '../embedded/embedded-aws.ts';

/** A file `{"sap": …, "bill": …}`, read again at every use, or the two secrets themselves. */
export type GivenSecrets = { readonly file: string } | { readonly sap: SapSecret; readonly bill: BillSecret };

/** The secrets that the embedded Secrets Manager is to hold. */
export function secretTexts(given: GivenSecrets): Record<string, string> {
  if ('file' in given) return {};
  return { sap: JSON.stringify(given.sap), bill: JSON.stringify(given.bill) };
}

export function openSecrets(given: GivenSecrets, aws: EmbeddedAws, clock: Clock): Secrets {
  if ('file' in given) return createFileSecrets(given.file);
  return createAwsSecrets({
    client: aws.secrets.client,
    sapSecretId: 'sap',
    billSecretId: 'bill',
    clock,
  });
}
