import type { ConnectorConfig } from '../config/connector-config.ts';
import type { ConnectorFunctions } from './functions.ts';
import type { ScheduledPoll } from './schedules.ts';

/** Every poll by the function that runs it: its task, how often, and what it looks for. */
export function scheduledPolls(
  { polling, payments, reference, vendors }: ConnectorConfig,
  { pollSap, pollBill, readBothSides }: ConnectorFunctions,
): ScheduledPoll[] {
  const { everyMinutes, recheckEveryMinutes, followUpEveryMinutes } = polling;
  const { watchEveryMinutes } = payments;
  return [
    ...run(pollSap, [
      ['find-invoices', everyMinutes, 'Changed supplier invoices'],
      ['recheck-invoices', recheckEveryMinutes, 'Invoices that were kept back'],
      ['follow-up', followUpEveryMinutes, 'Clearings and payment blocks in SAP'],
      ['watch-invoices', watchEveryMinutes, 'Handed-over invoices that SAP paid itself'],
      ['find-suppliers', everyMinutes, 'Changed suppliers that have a vendor'],
      [
        'compare-suppliers',
        vendors.compareEveryHours * 60,
        'All suppliers that have a vendor, whatever their change stamps say',
      ],
    ]),
    ...run(pollBill, [
      [
        'find-payments',
        everyMinutes,
        'Payments that no notification told of, and the health of the webhook subscription',
      ],
      [
        'watch-payments',
        watchEveryMinutes,
        'Returns and payments that neither a notification nor a poll told of',
      ],
      [
        'find-vendors',
        everyMinutes,
        'Changed vendors that no notification told of, bills that are not ours, and changes of ours',
      ],
    ]),
    ...run(readBothSides, [
      [
        'read-reference-data',
        reference.everyMinutes,
        'Accounts, cost centers, and what else both sides name',
      ],
      ['tie-out', 24 * 60, 'What both sides still have to pay, compared once a day'],
    ]),
  ];
}

type Row = readonly [task: string, everyMinutes: number, description: string];

function run({ function: poll }: ConnectorFunctions['pollSap'], rows: readonly Row[]): ScheduledPoll[] {
  return rows.map(([task, everyMinutes, description]) => ({ task, everyMinutes, description, poll }));
}
