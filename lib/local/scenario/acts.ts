import { actsOfShapes } from './acts-of-shapes.ts';
import { clearingActs } from './clearing-acts.ts';
import { crossing } from './crossing-acts.ts';
import { driftActs } from './drift-acts.ts';
import { edgeActs } from './edge-acts.ts';
import { invoiceNamed, namesOf } from './invoices/all-invoices.ts';
import { raisedBy } from './planted.ts';
import type { Stage } from './stage.ts';
import * as on from './stage.ts';
import type { Act } from './story.ts';
import { vendorActs } from './vendor-acts.ts';

/** October: the connector goes live. */
const goingLive: Act<Stage>[] = [
  {
    title: 'The invoices of October are in SAP',
    play: (stage) => on.enter(stage, namesOf('october')),
  },
  {
    title: 'More invoices: blocked, parked, disputed, or older than the connector',
    when: (stage) => on.areHandedOver(stage, namesOf('october')),
    play: (stage) => {
      on.enter(stage, namesOf('notYet'));
      for (const name of namesOf('notYet')) {
        const { fiBlock } = invoiceNamed(name);
        if (fiBlock !== undefined) stage.sap.tenant.setFiBlock(on.keyOf(stage, name), fiBlock);
      }
    },
  },
  {
    title: 'Eight invoices out of the ordinary; most of them need a person',
    play: (stage) => on.enter(stage, namesOf('unclear')),
    raises: raisedBy(namesOf('unclear')),
  },
  {
    title: 'An account out of a range, one that is archived in BILL, and a cost center that has ended',
    play: (stage) => on.enter(stage, namesOf('coding')),
    raises: raisedBy(namesOf('coding')),
  },
];

/** The end of October: the first payment run. */
const firstRun: Act<Stage>[] = [
  {
    title: 'The first payment run in BILL: ACH, checks, one payment for several bills, a part of a bill',
    play: (stage) => on.pay(stage, ['rent', 'cleaning', 'staffPart', 'licences', 'travel']),
  },
  {
    title: 'The bank account is debited',
    play: (stage) => on.advance(stage, ['rent', 'cleaning', 'staffPart', 'licences', 'travel'], 'PROCESSED'),
  },
  {
    title: 'Two payments are cleared; one notification comes twice',
    play: (stage) => {
      stage.bill.office.repeatNextNotification();
      on.advance(stage, ['rent', 'staffPart'], 'CLEARED');
    },
  },
  {
    title: 'More are cleared; the notification of one is lost',
    when: (stage) => on.arePosted(stage, ['rent', 'staffPart']),
    play: (stage) => {
      stage.bill.office.loseNextNotification();
      on.advance(stage, ['licences', 'travel'], 'CLEARED');
      on.advance(stage, ['cleaning'], 'SENT');
    },
  },
  {
    title: 'The check is cashed',
    when: (stage) => on.arePosted(stage, ['licences', 'travel']),
    play: (stage) => on.advance(stage, ['cleaning'], 'CLEARED'),
  },
];

/** What was kept back is set free. */
const released: Act<Stage>[] = [
  {
    title: 'A price block is released in SAP',
    play: ({ sap, ...stage }) => sap.tenant.releaseBlock(on.keyOf({ sap, ...stage }, 'monitors')),
  },
  {
    title: 'A block is lifted in accounting only',
    when: (stage) => on.areHandedOver(stage, ['monitors']),
    play: (stage) => stage.sap.tenant.releaseBlock(on.keyOf(stage, 'deepCleaning'), 'fi-only'),
  },
  {
    title: 'A parked invoice is posted',
    when: (stage) => on.areHandedOver(stage, ['deepCleaning']),
    play: (stage) => stage.sap.tenant.postParked(on.keyOf(stage, 'extraStorage')),
  },
];

/** November: payments that do not go straight. */
const crooked: Act<Stage>[] = [
  {
    title: 'The invoices of November are in SAP',
    when: (stage) => on.areHandedOver(stage, ['extraStorage']),
    play: (stage) => on.enter(stage, namesOf('november')),
  },
  {
    title: 'Payments across company codes and currencies, and two that will not hold',
    play: (stage) => {
      on.pay(stage, ['cloud', 'rentDe', 'seminar', 'lunch']);
      on.advance(stage, ['cloud', 'rentDe', 'seminar', 'lunch'], 'PROCESSED');
    },
  },
  {
    title: 'All four are cleared',
    play: (stage) => on.advance(stage, ['cloud', 'rentDe', 'seminar', 'lunch'], 'CLEARED'),
  },
  {
    title: "The vendor's bank returns one payment, a check is lost",
    when: (stage) => on.arePosted(stage, ['cloud', 'rentDe', 'seminar', 'lunch']),
    play: (stage) => {
      stage.bill.office.returnPayment(on.paymentId(stage, 'seminar'));
      stage.bill.office.returnPayment(on.paymentId(stage, 'lunch'));
    },
  },
  {
    title: 'The returned payment is voided, the lost check is issued anew',
    play: ({ bill, ...stage }) => {
      bill.office.void(on.paymentId({ bill, ...stage }, 'seminar'), 'VOID_AND_CREDIT');
      bill.office.void(on.paymentId({ bill, ...stage }, 'lunch'), 'VOID_AND_REISSUE');
    },
  },
  {
    title: 'The new check is cashed',
    when: (stage) => on.isReversedInSap(stage, 'seminar') && on.isReversedInSap(stage, 'lunch'),
    play: (stage) => on.advance(stage, ['lunch'], 'CLEARED'),
  },
];

/** Invoices that do not stay as they were. */
const changed: Act<Stage>[] = [
  {
    title: 'More invoices, and a longer term of payment for one that is in BILL already',
    when: (stage) => on.arePosted(stage, ['lunch']) && on.areHandedOver(stage, namesOf('november')),
    play: (stage) => {
      on.enter(stage, namesOf('unsteady'));
      stage.sap.tenant.changeInvoice(on.keyOf(stage, 'dockingStations'), {
        paymentTerms: 'NT45',
        itemTexts: { '0001': 'Docking stations, 12, third floor' },
      });
    },
  },
  {
    title: 'An invoice that was entered twice is reversed; three payments are scheduled',
    when: (stage) => on.areHandedOver(stage, namesOf('unsteady')),
    play: (stage) => {
      const key = on.keyOf(stage, 'seminarEnteredTwice');
      stage.sap.tenant.reverseInvoice(key, { postingDate: '2026-11-10' });
      on.pay(stage, ['cyberPolicy', 'keynote', 'laptops']);
    },
  },
  {
    title: 'An invoice is reversed although its payment is scheduled',
    when: (stage) => on.isWithdrawn(stage, 'seminarEnteredTwice'),
    play: (stage) => {
      const key = on.keyOf(stage, 'cyberPolicy');
      stage.sap.tenant.reverseInvoice(key, { postingDate: '2026-11-20' });
    },
    raises: [{ code: 'REVERSED_AFTER_SCHEDULING', invoice: 'cyberPolicy' }],
  },
  {
    title: 'One payment is cleared, another one is in a status that nobody knows',
    play: (stage) => {
      on.advance(stage, ['laptops', 'keynote'], 'PROCESSED');
      on.advance(stage, ['laptops'], 'CLEARED');
      on.advance(stage, ['keynote'], 'HELD_BY_PARTNER_WALLET');
    },
    raises: [{ code: 'PAYMENT_STATUS_UNKNOWN', payment: 'keynote' }],
  },
  {
    title: 'A vendor that SAP does not know has a bill in BILL, which is paid',
    when: (stage) => on.arePosted(stage, ['laptops']),
    play: payFlowers,
    raises: [
      { code: 'BILL_OF_VENDOR_NOT_IN_SAP', bill: 'BF-204' },
      { code: 'PAID_BILL_NOT_FROM_SAP', payment: 'flowers' },
    ],
  },
];

/** The end of November. */
const lastRun: Act<Stage>[] = [
  {
    title: 'The last invoices of November are in SAP',
    play: (stage) => on.enter(stage, namesOf('lateNovember')),
  },
  {
    title: 'The second payment run in BILL',
    when: (stage) => on.areHandedOver(stage, namesOf('lateNovember')),
    play: (stage) => {
      on.pay(stage, ['staffRest', 'paper', 'rentLate', 'travelLate', 'cleaningLate', 'travelDe']);
    },
  },
  {
    title: 'Notifications are late and out of order',
    play: (stage) => {
      const run = ['staffRest', 'paper', 'rentLate', 'travelLate'] as const;
      stage.bill.office.holdNotifications();
      on.advance(stage, run, 'PROCESSED');
      on.advance(stage, run, 'CLEARED');
      stage.bill.office.releaseNotifications();
    },
  },
  {
    title: 'BILL switches the subscription off; the last payments are cleared without a word',
    when: (stage) => on.arePosted(stage, ['staffRest', 'paper', 'rentLate', 'travelLate']),
    play: (stage) => {
      stage.bill.office.switchSubscriptionOff();
      on.advance(stage, ['cleaningLate', 'travelDe'], 'PROCESSED');
      on.advance(stage, ['cleaningLate', 'travelDe'], 'CLEARED');
    },
  },
];

/** The whole story; two months of the firm. */
export const acts: readonly Act<Stage>[] = [
  ...goingLive,
  ...firstRun,
  ...released,
  ...crooked,
  ...changed,
  ...clearingActs,
  ...lastRun,
  ...actsOfShapes,
  ...crossing,
  ...vendorActs,
  ...driftActs,
  ...edgeActs,
];

function payFlowers({ bill, names }: Stage): void {
  const vendor = Object.values(bill.books.vendors).find(({ fields }) => fields.name === 'Bluebell Florists');
  const billId = bill.office.addForeignBill({
    vendorId: vendor?.id ?? '',
    invoiceNumber: 'BF-204',
    invoiceDate: '2026-11-12',
    dueDate: '2026-11-12',
    description: 'Flowers, reception',
    lines: [{ amount: '86.50', description: 'Flowers' }],
  });
  const payment = bill.office.pay({
    bills: [{ billId, amount: '86.50' }],
    disbursementType: 'ACH',
    fundingAccountId: Object.keys(bill.books.fundingAccounts)[0] ?? '',
    processDate: '2026-11-12',
  });
  names['payment flowers'] = payment;
  bill.office.advance(payment, 'CLEARED');
}
