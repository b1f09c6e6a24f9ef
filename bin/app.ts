import { ConnectorError } from '../lib/errors.ts';
import { createApp } from '../lib/infra/app.ts';

try {
  createApp().synth();
} catch (error) {
  if (!(error instanceof ConnectorError)) throw error;
  console.error(`${error.message}\n${error.nextStep}`);
  process.exitCode = 1;
}
