import type { Context } from 'aws-lambda';
import type { Runtime } from '../../../functions/runtime.ts';
import { systemClock } from '../../../lib/clock.ts';
import type { UseCases } from '../../../lib/journeys/use-cases.ts';
import { seededRandom } from '../../../lib/random.ts';
import { createMemoryQueues } from '../../../lib/work/memory-queues.ts';

const unexpected = async (): Promise<never> => {
  throw new Error('This use case was not expected to be called.');
};

/** A runtime whose use cases are given one by one and that remembers what was told. */
export function recordingRuntime(useCases: Partial<UseCases>) {
  const told: string[] = [];
  const lines: Record<string, unknown>[] = [];
  const runtime: Runtime = {
    queues: createMemoryQueues(systemClock),
    clock: systemClock,
    random: seededRandom(1),
    useCases: {
      findInvoices: unexpected,
      recheckInvoices: unexpected,
      followUp: unexpected,
      watchInvoices: unexpected,
      watchPayments: unexpected,
      handOverInvoice: unexpected,
      lookAtBill: unexpected,
      sendAttachments: unexpected,
      findPayments: unexpected,
      readReferenceData: unexpected,
      tieOut: unexpected,
      receiveEvent: unexpected,
      returnPayment: unexpected,
      noteFailedPayment: unexpected,
      findSuppliers: unexpected,
      compareSuppliers: unexpected,
      findVendors: unexpected,
      alignVendor: unexpected,
      checkForeignBill: unexpected,
      reportOurFailure: unexpected,
      ...useCases,
    },
    observe: {
      log: (level, event, fields) => {
        told.push(`${level} ${event}`);
        lines.push(fields);
      },
      count: (metric) => told.push(metric),
      begin: ({ awsRequestId }) => told.push(`begin ${awsRequestId}`),
      end: () => told.push('end'),
    },
  };
  return { runtime, told, lines };
}

/** A Lambda context with so many milliseconds left. */
export function contextWith(remainingMillis: number): Context {
  return {
    awsRequestId: 'request-1',
    getRemainingTimeInMillis: () => remainingMillis,
    callbackWaitsForEmptyEventLoop: false,
    functionName: 'example',
    functionVersion: '1',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:example',
    memoryLimitInMB: '512',
    logGroupName: 'logs',
    logStreamName: 'stream',
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
