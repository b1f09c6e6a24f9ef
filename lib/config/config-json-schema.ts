import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import { connectorConfigSchema } from './connector-config.ts';

/** Where the JSON Schema of connector.config.json is published, for the completion of editors (`npm run schema` writes it). */
export const publishedSchema = new URL('../../docs/connector.config.schema.json', import.meta.url);

/** The text of the published schema: what a person may write, defaults filled in by the connector. */
export function configJsonSchema(): string {
  const schema = z.toJSONSchema(connectorConfigSchema, { io: 'input' });
  return `${JSON.stringify({ title: 'connector.config.json of ml-connector', ...schema }, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(publishedSchema, configJsonSchema());
