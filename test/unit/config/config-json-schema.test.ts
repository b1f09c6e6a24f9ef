import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configJsonSchema, publishedSchema } from '../../../lib/config/config-json-schema.ts';
import { loadConfig } from '../../../lib/config/load-config.ts';

const docs = new URL('../../../docs/', import.meta.url);

test('the published schema is current (npm run schema writes it anew)', () => {
  expect(readFileSync(publishedSchema, 'utf8')).toBe(configJsonSchema());
});

test('the published schema demands what has no default and offers every setting', () => {
  const schema = JSON.parse(configJsonSchema());
  expect(schema.required).toEqual(['connection', 'goLiveDate', 'companyCodes']);
  expect(schema.additionalProperties).toBe(false);
  expect(Object.keys(schema.properties)).toContain('polling');
});

test('the published example can be used as it is', () => {
  const text = readFileSync(new URL('connector.config.example.json', docs), 'utf8');
  expect(loadConfig(text)).toMatchObject({ connection: 'example-us', polling: { overlapMinutes: 15 } });
});
