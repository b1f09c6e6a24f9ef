import type { InvoiceStage, PartnerStage, PaymentStage } from './desk.ts';

/** What each stage is called where people read it. */
export const stageNames: Readonly<Record<InvoiceStage | PaymentStage | PartnerStage, string>> = {
  queued: 'Queued',
  'handed-over': 'In BILL',
  paid: 'Paid',
  exception: 'Needs a person',
  'kept-back': 'Kept back',
  withdrawn: 'Reversed in SAP',
  settled: 'Cleared in SAP',
  skipped: 'Skipped',
  'not-ours': 'Not for BILL',
  'in-transit': 'In transit',
  posted: 'Posted in SAP',
  reversed: 'Reversed',
  ignored: 'Not for SAP',
  linked: 'Linked',
  'not-linked': 'Not linked',
};

/** In the order of the way. */
export const stagesOf: {
  readonly invoice: readonly InvoiceStage[];
  readonly payment: readonly PaymentStage[];
} = {
  invoice: [
    'queued',
    'handed-over',
    'paid',
    'exception',
    'kept-back',
    'withdrawn',
    'settled',
    'skipped',
    'not-ours',
  ],
  payment: ['queued', 'in-transit', 'posted', 'exception', 'reversed', 'skipped', 'ignored'],
};
