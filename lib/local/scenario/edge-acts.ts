import { namesOf } from './invoices/all-invoices.ts';
import { raisedBy } from './planted.ts';
import type { Stage } from './stage.ts';
import * as on from './stage.ts';
import type { Act } from './story.ts';

const handedOver = ['courses', 'disputedRepair', 'archiving', 'oldPostage', 'lateBooks'] as const;

/** Amounts, periods and payments at the edge of what can be done. */
export const edgeActs: readonly Act<Stage>[] = [
  {
    title: 'Totals of zero and below, fourteen lines where eight are wanted, and four more invoices',
    play: (stage) => on.enter(stage, namesOf('edges')),
    raises: raisedBy(namesOf('edges')),
  },
  {
    title:
      'One is blocked in SAP after its bill is in BILL; four are paid: two without funds, one in a closed period',
    when: (stage) => on.areHandedOver(stage, handedOver),
    play: (stage) => {
      stage.sap.tenant.setFiBlock(on.keyOf(stage, 'disputedRepair'), 'A');
      stage.sap.tenant.closePeriod('1710', '2026-09');
      on.pay(stage, ['courses', 'archiving', 'oldPostage', 'lateBooks']);
      on.advance(stage, ['courses', 'archiving', 'oldPostage', 'lateBooks'], 'PROCESSED');
      on.advance(stage, ['courses'], 'FUNDING_FAILED_VOIDED');
      on.advance(stage, ['archiving'], 'FUNDING_FAILED_ACTION_NEEDED');
      on.advance(stage, ['lateBooks'], 'CLEARED');
      on.advance(stage, ['oldPostage'], 'FUNDS_ESCHEATED');
    },
    raises: [
      { code: 'NO_LONGER_PAYABLE_IN_SAP', invoice: 'disputedRepair' },
      { code: 'FUNDING_FAILED', payment: 'archiving' },
      { code: 'FUNDS_ESCHEATED', payment: 'oldPostage' },
      { code: 'SAP_PERIOD_CLOSED', payment: 'lateBooks' },
    ],
  },
];
