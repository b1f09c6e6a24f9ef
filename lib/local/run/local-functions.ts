import { createHandler as createPollBill } from '../../../functions/poll-bill.ts';
import type { PollOutcome } from '../../../functions/poll-outcome.ts';
import { createHandler as createPollSap } from '../../../functions/poll-sap.ts';
import { createHandler as createReadBothSides } from '../../../functions/read-both-sides.ts';
import { createHandler as createReceiveBillEvent } from '../../../functions/receive-bill-event.ts';
import { createHandler as createWriteBill } from '../../../functions/write-bill.ts';
import { createHandler as createWriteSap } from '../../../functions/write-sap.ts';
import { createUseCases } from '../../journeys/create-use-cases.ts';
import type { Doors } from '../../journeys/doors.ts';
import type { PollReport, UseCases } from '../../journeys/use-cases.ts';
import type { BatchAnswer } from '../../work/batch.ts';
import type { QueueName } from '../../work/queue.ts';
import type { QueueRecord } from '../../work/receiver.ts';
import type { RawRequest } from './local-server.ts';
import type { PollName } from './polls.ts';

/** The six functions of the stack in this process, called with the events that Lambda gives them. */
export interface LocalFunctions {
  /** Throws what the poll threw, also where the function only answers that it waits. */
  poll(name: PollName): Promise<PollReport>;
  /** The daily tie-out; throws what it threw. */
  tieOut(): Promise<unknown>;
  work(queue: QueueName, records: readonly QueueRecord[]): Promise<BatchAnswer>;
  receiveEvent(request: RawRequest): Promise<{ statusCode: number; body?: string }>;
}

export function createLocalFunctions(doors: Doors): LocalFunctions {
  const failures = new Map<PollName, unknown>();
  const runtime = { ...doors, useCases: rememberFailures(createUseCases(doors), failures) };
  const source = () => runtime;
  const pollSap = createPollSap(source);
  const pollBill = createPollBill(source);
  const run: Record<PollName, (event: { task: PollName }) => Promise<PollOutcome>> = {
    'find-invoices': pollSap,
    'recheck-invoices': pollSap,
    'follow-up': pollSap,
    'watch-invoices': pollSap,
    'find-payments': pollBill,
    'watch-payments': pollBill,
    'find-suppliers': pollSap,
    'compare-suppliers': pollSap,
    'find-vendors': pollBill,
    'read-reference-data': createReadBothSides(source),
  };
  const writers = { 'bill-work': createWriteBill(source), 'sap-work': createWriteSap(source) };
  const receiveBillEvent = createReceiveBillEvent(source);
  return {
    poll: async (name) => {
      const outcome = await run[name]({ task: name });
      if ('waitsFor' in outcome) throw failures.get(name);
      return outcome;
    },
    tieOut: () => runtime.useCases.tieOut(),
    work: (queue, records) => writers[queue]({ Records: records.map((record) => sqsRecord(queue, record)) }),
    receiveEvent: async ({ headers, body }) => {
      const event = { headers: { ...headers }, body: body.toString('base64'), isBase64Encoded: true };
      const { statusCode = 500, body: text } = await receiveBillEvent(event);
      return { statusCode, ...(text === undefined ? {} : { body: text }) };
    },
  };
}

function rememberFailures(useCases: UseCases, failures: Map<PollName, unknown>): UseCases {
  const remember = (name: PollName, poll: () => Promise<PollReport>) => async () => {
    try {
      return await poll();
    } catch (error) {
      failures.set(name, error);
      throw error;
    }
  };
  return {
    ...useCases,
    findInvoices: remember('find-invoices', useCases.findInvoices),
    recheckInvoices: remember('recheck-invoices', useCases.recheckInvoices),
    followUp: remember('follow-up', useCases.followUp),
    watchInvoices: remember('watch-invoices', useCases.watchInvoices),
    watchPayments: remember('watch-payments', useCases.watchPayments),
    findSuppliers: remember('find-suppliers', useCases.findSuppliers),
    compareSuppliers: remember('compare-suppliers', useCases.compareSuppliers),
    findPayments: remember('find-payments', useCases.findPayments),
    readReferenceData: remember('read-reference-data', useCases.readReferenceData),
    findVendors: remember('find-vendors', useCases.findVendors),
  };
}

/** A received message as the event-source mapping hands it over (AWS Lambda, "Using Lambda with Amazon SQS"). */
function sqsRecord(queue: QueueName, { messageId, receiptHandle, body, attributes }: QueueRecord) {
  const { ApproximateReceiveCount, MessageGroupId, MessageDeduplicationId } = attributes;
  return {
    messageId,
    receiptHandle,
    body,
    attributes: {
      ApproximateReceiveCount,
      SentTimestamp: '',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '',
      ...(MessageGroupId === undefined ? {} : { MessageGroupId }),
      ...(MessageDeduplicationId === undefined ? {} : { MessageDeduplicationId }),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:000000000000:${queue}.fifo`,
    awsRegion: 'us-east-1',
  };
}
