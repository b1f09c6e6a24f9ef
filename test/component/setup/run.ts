import { vi } from 'vitest';
import { runProgram } from '../../../lib/local/commands/program.ts';

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `ml-connector …` in this process. */
export async function run(...args: readonly string[]): Promise<Said> {
  let stdout = '';
  let stderr = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  process.exitCode = undefined;
  try {
    const code = await runProgram(['node', 'ml-connector', ...args], (text) => {
      stderr += text;
    });
    return { code, stdout, stderr };
  } finally {
    process.exitCode = undefined;
    spy.mockRestore();
  }
}
