import { isoTime } from '../../clock.ts';
import { DocumentError } from '../../errors.ts';
import { type BlockRecord, blockRecords } from '../../ledger/hand-over-blocks.ts';
import { invoiceRecords } from '../../ledger/invoices.ts';
import { readRecord, updateRecord, without } from '../../ledger/record.ts';
import { tell } from '../../ledger/timeline.ts';
import { referenceCode } from '../../rules/reference-code.ts';
import type { DocumentKey, LineKey, SupplierLine } from '../../rules/sap-accounting.ts';
import type { Connector } from '../doors.ts';
import { raiseOnInvoice } from '../exceptions/raise.ts';
import { settle, type Write, writeOnce } from '../once.ts';
import type { Progress } from '../payments/clear-entries.ts';
import { isOverdue } from '../payments/clearing-records.ts';

type Store = Pick<Connector, 'table' | 'clock'>;

interface SentBlock {
  readonly wanted: BlockRecord['wanted'];
  readonly lines: readonly LineKey[];
  readonly messageId: string;
}

/** The bill exists: where the company code says so, SAP's payment run must not pay the invoice too; repeatable. */
export async function wantBlock(connector: Connector, invoice: string): Promise<void> {
  const { handOverBlock, companyCodes } = connector.config;
  const company = companyCodes.find((each) => invoice.startsWith(`${each.companyCode}/`));
  if (company?.setHandOverBlock !== true || handOverBlock === '') return;
  await want(connector, invoice, 'set');
}

/** The bill is gone for good: the block, where we have set one, is lifted; repeatable. */
export async function wantNoBlock(store: Store, invoice: string): Promise<void> {
  if ((await readRecord(store.table, blockRecords, invoice)) !== undefined)
    await want(store, invoice, 'lifted');
}

/** A retry of the invoice takes up what SAP has not done. */
export async function takeUpBlock(connector: Connector, invoice: string): Promise<void> {
  await updateRecord(connector, blockRecords, invoice, (current) =>
    current?.state === 'exception'
      ? { ...current, state: 'due' as const, since: isoTime(connector.clock.now()) }
      : undefined,
  );
}

async function want(store: Store, invoice: string, wanted: BlockRecord['wanted']): Promise<void> {
  const since = isoTime(store.clock.now());
  await updateRecord(store, blockRecords, invoice, (current) => {
    if (current?.wanted === wanted) return undefined;
    const unconfirmed = current?.state === 'asked' ? current : current && without(current, 'askedAt');
    return { ...unconfirmed, invoice, wanted, state: 'due' as const, since, asked: current?.asked ?? 0 };
  });
}

/** Takes one block a step further, by the invoice's lines as SAP shows them; an exception goes onto the invoice. */
export async function followBlock(
  connector: Connector,
  record: BlockRecord,
  lines: readonly SupplierLine[],
  documents: readonly DocumentKey[],
): Promise<Progress> {
  try {
    const { intent } = record;
    if (intent === undefined) return await follow(connector, record, openLines(lines, documents));
    await settle(connector, blockWrite(connector, record, intent.sent as SentBlock, documents), intent);
    return 'asked';
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    await updateRecord(connector, blockRecords, record.invoice, (current) =>
      current === undefined ? undefined : { ...current, state: 'exception' as const },
    );
    const invoice = await readRecord(connector.table, invoiceRecords, record.invoice);
    const done = invoice?.done ?? { version: invoice?.seenVersion ?? '', attempt: invoice?.attempt ?? 1 };
    await raiseOnInvoice(connector, record.invoice, error, done);
    return 'asked';
  }

  async function follow(
    { config }: Connector,
    current: BlockRecord,
    open: readonly SupplierLine[] | undefined,
  ): Promise<Progress> {
    const wrong = open?.filter((line) => !isAsWanted(line, current.wanted, config.handOverBlock));
    if (wrong?.length === 0)
      return open?.length !== 0 && mayBeUnderWay(connector, current) ? 'waits' : finish(connector, current);
    if (current.state === 'due' && wrong !== undefined) return ask(connector, current, wrong, documents);
    const since = current.state === 'asked' ? current.askedAt : current.since;
    if (isOverdue(connector, since)) throw notConfirmed(connector, current, wrong ?? []);
    return 'waits';
  }
}

/** The opposite was asked for before, and SAP may carry it out only after this look. */
function mayBeUnderWay(connector: Connector, { state, askedAt }: BlockRecord): boolean {
  return state === 'due' && askedAt !== undefined && !isOverdue(connector, askedAt);
}

/** The invoice's open lines; undefined while SAP shows none at all. */
function openLines(
  lines: readonly SupplierLine[],
  documents: readonly DocumentKey[],
): SupplierLine[] | undefined {
  const own = lines.filter((line) =>
    documents.some(
      (each) =>
        each.companyCode === line.companyCode &&
        each.accountingDocument === line.accountingDocument &&
        each.fiscalYear === line.fiscalYear,
    ),
  );
  return own.length === 0
    ? undefined
    : own.filter((line) => !line.isCleared && line.specialGlCode === undefined);
}

/** Any block keeps SAP's payment run away; only our own is ever lifted. */
function isAsWanted({ paymentBlock }: SupplierLine, wanted: BlockRecord['wanted'], key: string): boolean {
  return wanted === 'set' ? paymentBlock !== undefined : paymentBlock !== key;
}

async function ask(
  connector: Connector,
  record: BlockRecord,
  wrong: readonly SupplierLine[],
  documents: readonly DocumentKey[],
): Promise<Progress> {
  const lines = wrong.map(({ companyCode, accountingDocument, fiscalYear, item }) => ({
    companyCode,
    accountingDocument,
    fiscalYear,
    item,
  }));
  const sent: SentBlock = { wanted: record.wanted, lines, messageId: messageIdOf(record, record.asked + 1) };
  const block = record.wanted === 'set' ? connector.config.handOverBlock : '';
  await writeOnce(connector, {
    ...blockWrite(connector, record, sent, documents),
    act: async () => {
      await connector.sap.requestPaymentBlock(sent.lines, block, sent.messageId);
      return 'asked' as const;
    },
  });
  return 'asked';
}

function blockWrite(
  connector: Connector,
  record: BlockRecord,
  sent: SentBlock,
  documents: readonly DocumentKey[],
): Write<BlockRecord, 'asked'> {
  return {
    type: blockRecords,
    id: record.invoice,
    action: `block-${sent.wanted}`,
    sent,
    lagMs: connector.config.sap.visibilityLagSeconds * 1000,
    find: async () => {
      const open = openLines(await connector.sap.supplierLines(documents), documents);
      const { handOverBlock } = connector.config;
      return open?.every((line) => isAsWanted(line, sent.wanted, handOverBlock)) === true ? ['asked'] : [];
    },
    act: () => Promise.reject(new Error('A block that is only settled is not sent.')),
    record: (current) => ({
      ...current,
      asked: current.asked + 1,
      ...(current.wanted === sent.wanted
        ? { state: 'asked' as const, askedAt: isoTime(connector.clock.now()) }
        : {}),
    }),
  };
}

/** Unique for every asking (SAP dossier §9.5). */
function messageIdOf({ invoice }: BlockRecord, asked: number): string {
  return `${referenceCode([invoice, 'block'])}-B${asked}`;
}

async function finish(connector: Connector, record: BlockRecord): Promise<Progress> {
  await updateRecord(connector, blockRecords, record.invoice, (current) =>
    current?.wanted === record.wanted ? { ...current, state: 'done' as const } : undefined,
  );
  const key = connector.config.handOverBlock;
  const text =
    record.wanted === 'set'
      ? `Blocked for SAP's own payment run (payment block ${key}), since the bill is in BILL.`
      : `Payment block ${key} is lifted in SAP, since the bill is gone.`;
  connector.observe.log('info', 'payment-block-changed', { document: record.invoice, wanted: record.wanted });
  await tell(connector, { kind: 'invoice', id: record.invoice }, text);
  return 'rest';
}

function notConfirmed(
  { config }: Connector,
  record: BlockRecord,
  wrong: readonly SupplierLine[],
): DocumentError {
  const { handOverBlock, sap } = config;
  const places = wrong
    .map((line) => `${line.accountingDocument}/${line.fiscalYear} item ${line.item}`)
    .join(', ');
  const isSet = record.wanted === 'set';
  const change = isSet
    ? `set payment block ${handOverBlock} on`
    : `remove payment block ${handOverBlock} from`;
  return new DocumentError({
    code: isSet ? 'BLOCK_NOT_SET' : 'BLOCK_NOT_LIFTED',
    message: `SAP did not ${isSet ? 'set' : 'lift'} our payment block on invoice ${record.invoice} within ${sap.confirmWithinMinutes} minutes${isSet ? ': its payment run may pay what is in BILL too' : ''}.`,
    nextStep: `In SAP, ${change} ${places || 'its FI lines'} ("Manage Supplier Line Items"), or cure the error of message ${messageIdOf(record, record.asked)} in "Message Dashboard" (/FINAC); then retry.`,
    sapValues: { invoice: record.invoice, lines: places, message: messageIdOf(record, record.asked) },
  });
}
