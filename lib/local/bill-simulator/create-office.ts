import { billById } from './bill-view.ts';
import { setBillArchived } from './bill-writes.ts';
import { addClassification, setClassificationArchived } from './classifications.ts';
import { addDocument } from './documents.ts';
import { addFundingAccount } from './funding-accounts.ts';
import { countCallsOfOthers } from './limits.ts';
import { noteDelivery, releaseHeld } from './notifications.ts';
import type { BillOfficeActions } from './office.ts';
import * as work from './office-work.ts';
import { advance, cancel, decideVoid, requestVoid } from './payment-life.ts';
import { paymentById } from './payments.ts';
import { addVendor, changeVendor, connectVendor, setVendorArchived, vendorById } from './vendors.ts';
import type { World } from './world.ts';

/** The office's actions; `settle` follows each: it saves the books and sends the notifications. */
export function createOffice(world: World, settle: () => void): BillOfficeActions {
  const { delivery, sessions } = world.books;
  const act = <Result>(action: () => Result): Result => {
    try {
      return action();
    } finally {
      settle();
    }
  };
  const payment = (id: string) => paymentById(world, id);
  return {
    addVendor: (vendor) => act(() => addVendor(world, vendor).id),
    editVendor: (id, change) => act(() => changeVendor(world, vendorById(world, id), change)),
    archiveVendor: (id) => act(() => void setVendorArchived(world, vendorById(world, id), true)),
    connectVendor: (id) => act(() => connectVendor(world, vendorById(world, id))),
    restoreVendor: (id) => act(() => void setVendorArchived(world, vendorById(world, id), false)),

    addChartOfAccount: (entry) => act(() => work.addChartOfAccount(world, entry).id),
    addDepartment: (entry) => act(() => addClassification(world, 'departments', entry).id),
    addLocation: (entry) => act(() => addClassification(world, 'locations', entry).id),
    addAccountingClass: (entry) => act(() => addClassification(world, 'accounting-classes', entry).id),
    archiveClassification: (kind, id) => act(() => setClassificationArchived(world, kind, id, true)),
    restoreClassification: (kind, id) => act(() => setClassificationArchived(world, kind, id, false)),
    addFundingAccount: (account) => act(() => addFundingAccount(world, account).id),

    addForeignBill: (bill) => act(() => work.addForeignBill(world, bill).id),
    editBill: (id, change) => act(() => work.editBill(world, id, change)),
    approveBill: (id) => act(() => work.decideBill(world, id, 'APPROVED')),
    denyBill: (id) => act(() => work.decideBill(world, id, 'DENIED')),
    addDocument: (id, name, content) =>
      act(() => void addDocument(world, billById(world, id).id, name, content)),
    archiveBill: (id) => act(() => void setBillArchived(world, billById(world, id), true)),
    restoreBill: (id) => act(() => void setBillArchived(world, billById(world, id), false)),

    addVendorCredit: (credit) => act(() => work.addCredit(world, credit)),
    applyVendorCredit: (billId, creditId, amount) =>
      act(() => work.applyVendorCredit(world, billId, creditId, amount)),

    pay: (wanted) => act(() => work.pay(world, wanted).id),
    recordPayment: (wanted) => act(() => work.recordOutside(world, wanted).id),
    approvePayment: (id) => act(() => work.approvePayment(world, payment(id))),
    advance: (id, singleStatus) => act(() => advance(world, payment(id), singleStatus)),
    cancel: (id) => act(() => cancel(world, payment(id))),
    void: (id, type, decision = 'ACCEPTED') =>
      act(() => {
        requestVoid(world, payment(id), type, 'Asked for in BILL');
        if (decision !== 'later' && payment(id).onlinePayment) decideVoid(world, payment(id), decision);
      }),
    decideVoid: (id, decision) => act(() => decideVoid(world, payment(id), decision)),
    returnPayment: (id) => act(() => advance(world, payment(id), 'DISBURSEMENT_FAILED_ACTION_NEEDED')),
    failPayment: (wanted, error) => act(() => work.failPayment(world, wanted, error)),

    addSubscription: (wanted) =>
      act(() => {
        const { id, securityKey } = work.subscribe(world, wanted);
        return { id, securityKey };
      }),
    switchSubscriptionOff: (id) => act(() => work.switchSubscriptions(world, false, id)),
    switchSubscriptionOn: (id) => act(() => work.switchSubscriptions(world, true, id)),
    loseNextNotification: () => act(() => Object.assign(delivery, { lose: delivery.lose + 1 })),
    repeatNextNotification: () => act(() => Object.assign(delivery, { repeat: delivery.repeat + 1 })),
    holdNotifications: () => act(() => Object.assign(delivery, { hold: true })),
    releaseNotifications: () => act(() => releaseHeld(world)),
    noteDelivery: (eventId, status) => act(() => noteDelivery(world, eventId, status)),

    spendCalls: (calls) => act(() => countCallsOfOthers(world, calls)),
    endSessions: () =>
      act(() => {
        for (const id of Object.keys(sessions)) delete sessions[id];
      }),
  };
}
