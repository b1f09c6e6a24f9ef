import { namesOf } from './invoices/all-invoices.ts';
import type { Stage } from './stage.ts';
import * as on from './stage.ts';
import type { Act } from './story.ts';

const run = ['analyticsRent', 'analyticsStaffPart', 'analyticsSeminar'] as const;

/** The third company: our payment block on what is in BILL, and clearing at once, whole and in parts. */
export const clearingActs: readonly Act<Stage>[] = [
  {
    title: "The analytics company's invoices are in SAP",
    play: (stage) => on.enter(stage, namesOf('analytics')),
  },
  {
    title: "SAP's own payment run passes them over; BILL pays one, a part of another one, and a third",
    when: (stage) =>
      on.areHandedOver(stage, namesOf('analytics')) && on.areBlocked(stage, namesOf('analytics'), 'B'),
    play: (stage) => {
      on.pay(stage, run);
      on.advance(stage, run, 'PROCESSED');
      on.advance(stage, run, 'CLEARED');
    },
  },
  {
    title: 'BILL pays the rest; a payment comes back although its entry is cleared in SAP',
    when: (stage) => on.areClearedInSap(stage, run),
    play: (stage) => {
      on.pay(stage, ['analyticsStaffRest']);
      on.advance(stage, ['analyticsStaffRest'], 'PROCESSED');
      on.advance(stage, ['analyticsStaffRest'], 'CLEARED');
      const seminar = on.paymentId(stage, 'analyticsSeminar');
      stage.bill.office.returnPayment(seminar);
      stage.bill.office.void(seminar, 'VOID_AND_CREDIT');
    },
    raises: [{ code: 'ENTRY_CLEARED_RESET_FIRST', payment: 'analyticsSeminar' }],
  },
];
