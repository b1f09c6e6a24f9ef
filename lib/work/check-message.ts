import type { OutgoingMessage } from './queue.ts';

/** Amazon SQS, "Message quotas". Larger messages are possible today, but ours only name a document. */
export const MAX_BODY_BYTES = 256 * 1024;

/** Amazon SQS, SendMessage: 1 to 128 alphanumeric characters and punctuation, for both ids. */
const ID = /^[\x21-\x7e]{1,128}$/;

/** Throws RangeError for a message that SQS would refuse. */
export function checkMessage({ group, deduplicationId, body }: OutgoingMessage): void {
  if (!ID.test(group)) throw new RangeError(`"${group}" cannot be a message group.`);
  if (!ID.test(deduplicationId)) throw new RangeError(`"${deduplicationId}" cannot be a deduplication id.`);
  const bytes = Buffer.byteLength(body);
  if (bytes === 0 || bytes > MAX_BODY_BYTES) {
    throw new RangeError(
      `A message of group ${group} has ${bytes} bytes; 1 to ${MAX_BODY_BYTES} are possible.`,
    );
  }
}
