import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../errors.ts';
import type { ConnectorConfig } from './connector-config.ts';
import { loadConfig } from './load-config.ts';

/**
 * Reads a connector.config.json from disk.
 * Throws ConfigurationError `CONFIG_MISSING` when there is no such file, `CONFIG_INVALID` as loadConfig does.
 */
export function readConfigFile(path: string): ConnectorConfig {
  return loadConfig(textOf(path), path);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigurationError({
      code: 'CONFIG_MISSING',
      message: `The configuration ${path} cannot be read (${(cause as NodeJS.ErrnoException).code}).`,
      nextStep:
        'Copy docs/connector.config.example.json to connector.config.json and fill it in, or name another file.',
      cause,
    });
  }
}
