#!/usr/bin/env node
import { runProgram } from '../lib/local/commands/program.ts';

process.exitCode = await runProgram(process.argv, (text) => process.stderr.write(text));
