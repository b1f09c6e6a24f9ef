import type { Context, SQSEvent } from 'aws-lambda';
import type { UseCases } from '../lib/journeys/use-cases.ts';
import { handleBatch } from '../lib/work/batch.ts';
import type { BillWork, SapWork } from '../lib/work/messages.ts';
import type { QueueName } from '../lib/work/queue.ts';
import { entrance, remainingMillis } from './entrance.ts';
import type { Runtime, RuntimeSource } from './runtime.ts';

export interface ConsumerOf<Work> {
  readonly queue: QueueName;
  readonly schema: { parse(json: unknown): Work };
  readonly handle: (useCases: UseCases, work: Work) => Promise<void>;
}

/** One message may take so long, every call of it slow; none is begun with less than that left. */
const longestMessageMillis = 120_000;

/** The entrance that works on one of the two queues. */
export function createConsumer<Work extends BillWork | SapWork>(
  source: RuntimeSource,
  { queue, schema, handle }: ConsumerOf<Work>,
) {
  return entrance(source, (runtime, event: Pick<SQSEvent, 'Records'>, context) =>
    handleBatch<Work>({
      ...runtime,
      queue,
      records: event.Records,
      parse: (body) => schema.parse(JSON.parse(body)),
      handle: (work) => handle(runtime.useCases, work),
      reportOurFailure: (work, error) => runtime.useCases.reportOurFailure(work, error),
      ...stopAt(runtime, context),
    }),
  );
}

function stopAt({ clock }: Runtime, context: Context): { stopAt?: number } {
  const remaining = remainingMillis(context);
  return remaining === undefined ? {} : { stopAt: clock.now() + remaining - longestMessageMillis };
}
