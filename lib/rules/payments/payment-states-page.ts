import { approvingRow, type StatusRow, statusRows, unknownRow } from './payment-status-rows.ts';
import type { PaymentStep } from './payment-steps.ts';

/** The state machine for people: the text of docs/payment-states.md. */
export function paymentStatesPage(): string {
  const rows = [approvingRow, ...statusRows, unknownRow({ id: '' })];
  return [...introduction, header, rule, ...rows.map(rowText), ...notes, ''].join('\n');
}

const introduction = [
  '# What a payment in BILL means for SAP',
  '',
  "A payment is read by its id and only what BILL shows then counts: `singleStatus` and the voids (`voidInfo`). Every accepted *void and reissue* begins a new *generation* of the same payment id. What is done depends on how the payment's current generation stands in SAP. Entries of earlier generations are reversed first, each once.",
  '',
  'This page is made from `lib/rules/payments/payment-status-rows.ts`; a test keeps it current.',
  '',
];

const header =
  '| `singleStatus` | Meaning | Vendor is paid | Bill is paid | Nothing posted yet | Posted | Reversed | Waits for |';
const rule = '|---|---|---|---|---|---|---|---|';

const notes = [
  '',
  '- **post**: one journal entry for each company code that has none yet of this generation.',
  '- **reverse**: the entries of exactly this generation, with the reversal reason of the company code; nothing where nothing was posted.',
  '- **keep**: the entries stand, nothing is written.',
  '- `CODE`: an open exception; nothing is posted and nothing reversed. It closes by itself when BILL moves on.',
  '- Payments recorded outside BILL (`onlinePayment` false) follow `payments.paidOutsideBill` of the configuration; those that the connector recorded itself are never posted.',
];

function rowText({ singleStatus, meaning, vendorIsPaid, billIsPaid, waitsFor, steps }: StatusRow): string {
  const name = /^[A-Z_]+$/.test(singleStatus) ? `\`${singleStatus}\`` : singleStatus;
  const cells = [
    name,
    meaning,
    vendorIsPaid,
    billIsPaid,
    ...[steps.nothing, steps.posted, steps.reversed].map(stepText),
    waitsFor,
  ];
  return `| ${cells.join(' | ')} |`;
}

function stepText(step: PaymentStep): string {
  return step.step === 'attend' ? `\`${step.code}\`` : step.step;
}
