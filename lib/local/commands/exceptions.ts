import type { Command } from 'commander';
import { addDeskOptions, atDesk, type DeskFlags } from './at-desk.ts';
import { print, taskLines, taskText } from './print.ts';

/** `exceptions`: the documents that need a person, and what a person decides about them. */
export function addExceptions(program: Command): void {
  const exceptions = program
    .command('exceptions')
    .description('the documents that need a person: list, show, retry, skip');

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
