import type { Command } from 'commander';
import { addDeskOptions, atDesk, type DeskFlags } from './at-desk.ts';
import { print, storyText } from './print.ts';

/** `trace`: a document's whole story across both systems, by any of its numbers. */
export function addTrace(program: Command): void {
  addDeskOptions(program.command('trace <number>'))
    .description("tell a document's whole story, by any of its numbers in SAP or BILL")
    .action(async (number: string, flags: DeskFlags) => {
      const stories = await atDesk(flags, (desk) => desk.trace(number));
      print(flags.json, stories, stories.map(storyText).join('\n'));
    });
}
