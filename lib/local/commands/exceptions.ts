import { type Command, Option } from 'commander';
import type { Keep } from '../../ledger/drifts.ts';
import { addDeskOptions, atDesk, type DeskFlags } from './at-desk.ts';
import { print, taskLines, taskText } from './print.ts';

const outcomes: Record<Keep, string> = {
  sap: "SAP's values are kept: BILL gets them now.",
  bill: "BILL's values are kept.",
  leave: 'The difference is left as it is.',
};

/** `exceptions`: the documents that need a person, and what a person decides about them. */
export function addExceptions(program: Command): void {
  const exceptions = program
    .command('exceptions')
    .description('the documents that need a person: list, show, retry, resolve, skip');

  addDeskOptions(exceptions.command('list'))
    .description('list the open exceptions, oldest first')
    .action(async (flags: DeskFlags) => {
      const tasks = await atDesk(flags, (desk) => desk.tasks());
      print(flags.json, tasks, taskLines(tasks));
    });

  addDeskOptions(exceptions.command('show <id>'))
    .description("what is wrong with a document, both sides' values, and the next step")
    .action(async (id: string, flags: DeskFlags) => {
      const task = await atDesk(flags, (desk) => desk.task(id));
      print(flags.json, task, taskText(task));
    });

  addDeskOptions(exceptions.command('retry <id>'))
    .description('send a document its normal way again, after what was wrong is mended')
    .requiredOption('--by <name>', 'who decides')
    .action(async (id: string, flags: DeskFlags & { by: string }) => {
      await atDesk(flags, (desk) => desk.retry(id, flags.by));
      const text = `${id} is tried again. "ml-connector trace ${id}" tells the outcome.\n`;
      print(flags.json, { id, decision: 'retry', by: flags.by }, text);
    });

  addDeskOptions(exceptions.command('resolve <id>'))
    .description('where SAP and BILL differ: decide whose values hold; who and why are kept')
    .addOption(
      new Option('--keep <side>', "sap: SAP's values, bill: BILL's, leave: both as they are")
        .choices(['sap', 'bill', 'leave'])
        .makeOptionMandatory(),
    )
    .requiredOption('--by <name>', 'who decides')
    .requiredOption('--why <text>', 'the reason')
    .action(async (id: string, flags: DeskFlags & { keep: Keep; by: string; why: string }) => {
      const { keep, by, why } = flags;
      await atDesk(flags, (desk) => desk.resolve(id, keep, by, why));
      const text = `${outcomes[keep]} "ml-connector trace ${id}" tells the outcome.\n`;
      print(flags.json, { id, decision: 'resolve', keep, by, why }, text);
    });

  addDeskOptions(exceptions.command('skip <id>'))
    .description('do nothing more with a document; who and why are kept')
    .requiredOption('--by <name>', 'who decides')
    .requiredOption('--why <text>', 'the reason')
    .action(async (id: string, flags: DeskFlags & { by: string; why: string }) => {
      const { by, why } = flags;
      await atDesk(flags, (desk) => desk.skip(id, by, why));
      print(flags.json, { id, decision: 'skip', by, why }, `${id} is skipped; a retry takes it up again.\n`);
    });
}
