import type { Payment } from '../bill-documents.ts';
import {
  final,
  onItsWay,
  type Steps,
  settled,
  trouble,
  undecided,
  undone,
  unknown,
} from './payment-steps.ts';

/** One value of BILL's `singleStatus` and what it means for SAP. `docs/payment-states.md` is made of these rows. */
export interface StatusRow {
  readonly singleStatus: string;
  readonly meaning: string;
  /** Whether the vendor has the money. */
  readonly vendorIsPaid: 'no' | 'not yet' | 'maybe' | 'yes' | 'yes, revocable' | 'unclear';
  /** Whether BILL takes the bill for paid, whoever has the money. */
  readonly billIsPaid: 'no' | 'yes' | 'unclear';
  /** What moves the payment on from here. */
  readonly waitsFor: string;
  /** By how the payment's generation stands in SAP. */
  readonly steps: Steps;
}

/**
 * The state machine of a payment generation (BILL dossier §7.3). BILL's documented list may be incomplete: what is
 * in no row asks a person.
 */
export const statusRows: readonly StatusRow[] = [
  {
    singleStatus: 'SCHEDULED',
    meaning: 'waits for its process date; can still be canceled',
    vendorIsPaid: 'no',
    billIsPaid: 'no',
    waitsFor: 'the process date',
    steps: onItsWay('it waits for its process date'),
  },
  {
    singleStatus: 'FUNDING_STARTED',
    meaning: 'the debit of our account has begun',
    vendorIsPaid: 'no',
    billIsPaid: 'no',
    waitsFor: 'the debit',
    steps: onItsWay('our account is being debited'),
  },
  {
    singleStatus: 'PROCESSED',
    meaning: 'our account is debited; after an accepted reissue: the new disbursement is under way',
    vendorIsPaid: 'not yet',
    billIsPaid: 'no',
    waitsFor: 'the disbursement',
    steps: onItsWay('our account is debited, the vendor is not paid yet'),
  },
  {
    singleStatus: 'SENT',
    meaning: 'on its way to the vendor',
    vendorIsPaid: 'not yet',
    billIsPaid: 'no',
    waitsFor: 'the settlement',
    steps: onItsWay('it is on its way to the vendor'),
  },
  {
    singleStatus: 'DELIVERED',
    meaning: 'reached the vendor, who has yet to accept or cash it',
    vendorIsPaid: 'maybe',
    billIsPaid: 'no',
    waitsFor: 'the vendor',
    steps: onItsWay('it reached the vendor, who has yet to accept or cash it'),
  },
  {
    singleStatus: 'EXPIRING',
    meaning: 'unclaimed and near its expiry',
    vendorIsPaid: 'no',
    billIsPaid: 'no',
    waitsFor: 'the vendor, or a void',
    steps: onItsWay('the vendor has not claimed it and it will soon expire'),
  },
  {
    singleStatus: 'CLEARED',
    meaning: "settled; for ACH: sent to the vendor's bank, which may still send it back",
    vendorIsPaid: 'yes, revocable',
    billIsPaid: 'yes',
    waitsFor: 'nothing; watched for a return',
    steps: settled(),
  },
  {
    singleStatus: 'VOID_PENDING',
    meaning: 'a void was asked for and is not decided',
    vendorIsPaid: 'unclear',
    billIsPaid: 'no',
    waitsFor: "BILL's decision; a rejected void leads back",
    steps: undecided('a void was asked for and is not decided yet'),
  },
  {
    singleStatus: 'VOIDED',
    meaning: 'voided; the money comes back to us and the bill is open again',
    vendorIsPaid: 'no',
    billIsPaid: 'no',
    waitsFor: 'nothing; an accepted reissue begins the next generation',
    steps: undone('it was voided and the money comes back to us'),
  },
  {
    singleStatus: 'CANCELED',
    meaning: 'canceled before it was processed',
    vendorIsPaid: 'no',
    billIsPaid: 'no',
    waitsFor: 'nothing',
    steps: undone('it was canceled before it was processed'),
  },
  {
    singleStatus: 'FUNDING_FAILED_VOIDED',
    meaning: 'voided because our account could not be debited; nothing comes back, because nothing had left',
    vendorIsPaid: 'no',
    billIsPaid: 'no',
    waitsFor: 'nothing',
    steps: undone('it was voided because our account could not be debited'),
  },
  {
    singleStatus: 'DISBURSEMENT_ON_HOLD',
    meaning: 'BILL holds it back',
    vendorIsPaid: 'no',
    billIsPaid: 'no',
    waitsFor: 'BILL',
    steps: trouble(
      'PAYMENT_ON_HOLD',
      'BILL holds the payment back; the vendor has not been paid.',
      'Ask BILL why it is on hold and release or void it there; the connector goes on by itself.',
    ),
  },
  {
    singleStatus: 'DISBURSEMENT_FAILED_ACTION_NEEDED',
    meaning: 'the money came back to BILL; not voided yet',
    vendorIsPaid: 'no',
    billIsPaid: 'no',
    waitsFor: '"void and credit" or "void and reissue" in BILL; no reversal before',
    steps: trouble(
      'DISBURSEMENT_FAILED',
      'The payment came back to BILL; the vendor has not been paid.',
      'In BILL, choose "void and credit" or "void and reissue"; the connector follows by itself.',
    ),
  },
  {
    singleStatus: 'DISBURSEMENT_FAILED_VENDOR_BANK_REJECTED',
    meaning: "the vendor's bank refused it; not voided yet",
    vendorIsPaid: 'no',
    billIsPaid: 'no',
    waitsFor: 'a void or a reissue in BILL; no reversal before',
    steps: trouble(
      'DISBURSEMENT_REJECTED_BY_VENDOR_BANK',
      "The vendor's bank rejected the payment; the vendor has not been paid.",
      'Have the vendor correct the bank account, then void or reissue the payment in BILL; the connector follows by itself.',
    ),
  },
  {
    singleStatus: 'FUNDING_FAILED_ACTION_NEEDED',
    meaning: 'the vendor was paid, but our account could not be debited: we owe the money to BILL',
    vendorIsPaid: 'yes',
    billIsPaid: 'yes',
    waitsFor: 'our wire to BILL; the invoice must never be paid again, a payment block never be lifted',
    steps: final(
      'FUNDING_FAILED',
      'The vendor was paid, but BILL could not debit our account: we owe the money to BILL.',
      'Settle the debt with BILL, by wire as BILL asks. Do not pay the invoice again.',
    ),
  },
  {
    singleStatus: 'FUNDS_ESCHEATED',
    meaning: 'never claimed and handed over to the state; cannot be voided',
    vendorIsPaid: 'no',
    billIsPaid: 'yes',
    waitsFor: 'your accountants; the money has left us',
    steps: final(
      'FUNDS_ESCHEATED',
      'The vendor never claimed the payment and the money was handed over to the state; it cannot be voided.',
      'Book it in SAP by hand as your accountants decide, then skip it here.',
    ),
  },
];

/** A payment that waits for its approval: which `singleStatus` it shows is not known, `status` says it. */
export const approvingRow: StatusRow = {
  singleStatus: 'none, or an unknown one, while `status` is APPROVING',
  meaning: 'waits for its approval in BILL',
  vendorIsPaid: 'no',
  billIsPaid: 'no',
  waitsFor: 'the approver',
  steps: onItsWay('it waits for its approval in BILL'),
};

const bySingleStatus = new Map(statusRows.map((row) => [row.singleStatus, row]));

/** Whether BILL takes the bills of such a payment for paid. */
export function paysItsBills({ singleStatus = '' }: Pick<Payment, 'singleStatus'>): boolean {
  return bySingleStatus.get(singleStatus)?.billIsPaid === 'yes';
}

export function statusRow(payment: Payment): StatusRow {
  const known = bySingleStatus.get(payment.singleStatus ?? '');
  if (known !== undefined) return known;
  return payment.status === 'APPROVING' ? approvingRow : unknownRow(payment);
}

export function unknownRow({
  id,
  singleStatus,
  status,
}: Pick<Payment, 'id' | 'singleStatus' | 'status'>): StatusRow {
  const shown = singleStatus ?? status;
  const text =
    shown === undefined
      ? `BILL shows no status for payment ${id}; nothing was posted.`
      : `BILL shows the status "${shown}" for payment ${id}, which the connector does not know; nothing was posted.`;
  return {
    singleStatus: 'any other value, or none',
    meaning: 'not known to the connector',
    vendorIsPaid: 'unclear',
    billIsPaid: 'unclear',
    waitsFor: 'a person',
    steps: unknown(text),
  };
}
