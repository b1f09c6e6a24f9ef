import type { ConnectorConfig } from '../../config/connector-config.ts';
import { isZero } from '../../money.ts';
import type { PayableLine, SupplierInvoice } from '../sap-invoices.ts';
import { dueDateOf } from './payable-parts.ts';

/** What is to become of a supplier invoice in BILL, as SAP shows it now. */
export type Eligibility =
  | { readonly kind: 'eligible' }
  /** Nothing that we wait for will ever make it ours. */
  | { readonly kind: 'not-ours'; readonly reason: string }
  /** Not now: looked at again when it changes, and on the slower schedule by its FI line. */
  | { readonly kind: 'kept-back'; readonly code: string; readonly reason: string }
  /** Must not live in BILL any more. */
  | { readonly kind: 'withdrawn'; readonly reason: string }
  /** Cleared in SAP: there is nothing left to pay. */
  | { readonly kind: 'settled'; readonly reason: string };

/** SupplierInvoiceStatus (SAP dossier §4.3), other than `5` posted and `2` deleted. */
const NOT_POSTED: ReadonlyMap<string, string> = new Map([
  ['1', 'it is to be verified in the background'],
  ['3', 'it has errors'],
  ['4', 'it is correct but not posted'],
  ['A', 'it is parked'],
  ['B', 'it is parked as completed and waits for its approval'],
  ['C', 'it is parked and held'],
  ['D', 'it is entered and held'],
  ['E', 'it is parked and released but not posted'],
]);

interface InvoiceFacts {
  readonly invoice: SupplierInvoice;
  /** The FI supplier lines of this invoice; special G/L lines are passed over. */
  readonly payable: readonly PayableLine[];
  readonly config: ConnectorConfig;
}

/**
 * Decides by status, reversal, clearing, payment block and payment method, company code and posting date
 * (SAP dossier §4.3). The first answer in this order counts: a reversal is never hidden by a block. Credit memos
 * are judged like invoices; they become vendor credits. A document that reverses another one, or comes to nothing,
 * needs nothing in BILL.
 */
export function eligibility(facts: InvoiceFacts): Eligibility {
  return outOfScope(facts) ?? notLive(facts.invoice) ?? notPayable(facts) ?? { kind: 'eligible' };
}

function outOfScope({ invoice, config }: InvoiceFacts): Eligibility | undefined {
  const { companyCode } = invoice.key;
  if (!config.companyCodes.some((each) => each.companyCode === companyCode)) {
    return { kind: 'not-ours', reason: `Company code ${companyCode} is not in the configuration.` };
  }
  return undefined;
}

function notLive(invoice: SupplierInvoice): Eligibility | undefined {
  if (invoice.reversedBy !== undefined) {
    const { supplierInvoice, fiscalYear } = invoice.reversedBy;
    return { kind: 'withdrawn', reason: `It was reversed in SAP by ${supplierInvoice}/${fiscalYear}.` };
  }
  if (invoice.status === '2') return { kind: 'withdrawn', reason: 'It was deleted in SAP.' };
  if (invoice.isReversal) return { kind: 'settled', reason: 'It only reverses another document.' };
  return undefined;
}

function notPayable({ invoice, payable, config }: InvoiceFacts): Eligibility | undefined {
  const lines = payable.filter((line) => line.specialGlCode === undefined);
  const open = lines.filter((line) => !line.isCleared);
  return (
    beforeGoLive(invoice, config) ??
    notPosted(invoice) ??
    worthNothing(invoice) ??
    cleared(invoice, lines, config) ??
    blocked(open, config) ??
    otherPaymentMethod(invoice, open, config)
  );
}

function beforeGoLive(invoice: SupplierInvoice, config: ConnectorConfig): Eligibility | undefined {
  if (invoice.postingDate >= config.goLiveDate) return undefined;
  const reason = `It was posted on ${invoice.postingDate}, before the go-live date ${config.goLiveDate}.`;
  return { kind: 'not-ours', reason };
}

function notPosted({ status }: SupplierInvoice): Eligibility | undefined {
  if (status === '5') return undefined;
  const why = NOT_POSTED.get(status);
  if (why !== undefined) return keptBack('NOT_POSTED', `Not posted yet: ${why} (status ${status}).`);
  return keptBack('STATUS_UNKNOWN', `SAP shows the status "${status}", which the connector does not know.`);
}

/** Such an invoice may have no FI supplier line at all. */
function worthNothing({ grossAmount, currency }: SupplierInvoice): Eligibility | undefined {
  if (!isZero(grossAmount, currency)) return undefined;
  return { kind: 'settled', reason: 'Its total is zero: there is nothing to pay.' };
}

function cleared(
  invoice: SupplierInvoice,
  lines: readonly PayableLine[],
  config: ConnectorConfig,
): Eligibility | undefined {
  if (lines.length === 0) {
    return keptBack('FI_LINE_MISSING', 'Its FI document does not show in SAP yet.');
  }
  const done = lines.filter((line) => line.isCleared);
  if (done.length === 0) return undefined;
  const by = [...new Set(done.map((line) => line.clearingDocument ?? 'an unnamed document'))].join(', ');
  if (done.length === lines.length) return { kind: 'settled', reason: `It is cleared in SAP by ${by}.` };
  if (areWholeInstalments(invoice, lines, config)) return undefined;
  const part = `${done.length} of its ${lines.length} FI supplier lines are cleared in SAP by ${by}`;
  return keptBack('PARTLY_CLEARED_IN_SAP', `${part}; a bill for the whole invoice would pay them twice.`);
}

/** With a bill for each due date the instalments that are still open can be paid without those that are cleared. */
function areWholeInstalments(
  invoice: SupplierInvoice,
  lines: readonly PayableLine[],
  config: ConnectorConfig,
): boolean {
  if (config.invoices.severalDueDates !== 'bill-per-due-date') return false;
  const byDate = Map.groupBy(lines, (line) => dueDateOf(invoice, line, config));
  return [...byDate.values()].every((of) => new Set(of.map(({ isCleared }) => isCleared)).size === 1);
}

/** There is an FI line by now, and it alone decides: the header keeps the block of the posting (decision 5). */
function blocked(lines: readonly PayableLine[], { handOverBlock }: ConnectorConfig): Eligibility | undefined {
  const isBlock = (block: string | undefined) =>
    block !== undefined && block !== '' && block !== handOverBlock;
  const line = lines.find((each) => isBlock(each.paymentBlock));
  if (line === undefined) return undefined;
  const place = `${line.accountingDocument}/${line.accountingDocumentYear} item ${line.item}`;
  return keptBack('PAYMENT_BLOCKED', `Its FI line ${place} carries the payment block ${line.paymentBlock}.`);
}

/** The FI line tells the method of today; the header shows the one of the posting. */
function otherPaymentMethod(
  invoice: SupplierInvoice,
  lines: readonly PayableLine[],
  { paymentMethods }: ConnectorConfig,
): Eligibility | undefined {
  const methods = lines.map((line) => line.paymentMethod ?? invoice.paymentMethod ?? '');
  const other = methods.find((method) => !paymentMethods.includes(method));
  if (other === undefined) return undefined;
  const named = other === '' ? 'It has no payment method' : `Its payment method is ${other}`;
  return keptBack('PAYMENT_METHOD_NOT_CONFIGURED', `${named}, which is not one that is paid through BILL.`);
}

function keptBack(code: string, reason: string): Eligibility {
  return { kind: 'kept-back', code, reason };
}
