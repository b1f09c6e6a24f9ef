import { type InvoiceName, namesOf } from './invoices/all-invoices.ts';
import type { Stage } from './stage.ts';
import * as on from './stage.ts';
import type { Act } from './story.ts';

/** What people do in BILL to bills that came from SAP: each needs a person, but for the one that is undone. */
export const driftActs: readonly Act<Stage>[] = [
  {
    title: 'Three more invoices',
    play: (stage) => on.enter(stage, namesOf('drifting')),
  },
  {
    title: 'In BILL, one gets another due date, one is archived by mistake, one is denied',
    when: (stage) => on.areHandedOver(stage, namesOf('drifting')),
    play: (stage) => {
      const { office } = stage.bill;
      office.editBill(idOf(stage, 'plants'), { dueDate: '2027-01-15' });
      office.archiveBill(idOf(stage, 'workshopLunch'));
      office.denyBill(idOf(stage, 'brochures'));
    },
    raises: [
      { code: 'EDITED_IN_BILL', invoice: 'plants' },
      { code: 'DENIED_IN_BILL', invoice: 'brochures' },
    ],
  },
  {
    title: 'The archived bill is restored, and so is one whose invoice was reversed',
    when: (stage) => on.isWithdrawn(stage, 'seminarEnteredTwice'),
    play: (stage) => {
      const { office } = stage.bill;
      office.restoreBill(idOf(stage, 'workshopLunch'));
      office.restoreBill(idOf(stage, 'seminarEnteredTwice'));
    },
    raises: [{ code: 'RESTORED_IN_BILL', invoice: 'seminarEnteredTwice' }],
  },
];

function idOf(stage: Stage, name: InvoiceName): string {
  return on.billOf(stage, name)?.id ?? '';
}
