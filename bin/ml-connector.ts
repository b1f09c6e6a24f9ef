#!/usr/bin/env node
import { Command } from 'commander';
import { addLocal } from '../lib/local/commands/local.ts';
import { runProgram } from '../lib/local/commands/run-program.ts';
import { addSimulate } from '../lib/local/commands/simulate.ts';
import { addStart } from '../lib/local/commands/start.ts';

const program = new Command('ml-connector').description(
  'Connects SAP S/4HANA Cloud with BILL: approved supplier invoices become bills, cleared payments become journal entries.',
);
for (const add of [addStart, addLocal, addSimulate]) add(program);
await runProgram(program, process.argv);
