import type { Random } from '../random.ts';

const FIRST_WAIT_SECONDS = 15;
const LONGEST_WAIT_SECONDS = 15 * 60;
/** A wait is shortened by up to this share, so that what failed together does not come back together. */
const JITTER = 0.2;
/** A long weekend: nobody may notice a password that ran out on Friday before Tuesday. */
const OUTAGE_SECONDS = 4 * 24 * 60 * 60;

/** A failure of our own is tried this often before the message is put aside. */
export const OUR_TRIES = 5;

/**
 * The queues' `maxReceiveCount`: an outage of four days (I10 asks for six hours) with the shortest waits there
 * can be, and the tries for a failure of our own after it. What never answers is put aside after as many visibility
 * time-outs, before the queue's retention ends.
 */
export const MAX_RECEIVE_COUNT = receivesDuring(OUTAGE_SECONDS) + OUR_TRIES;

/** Seconds until a message that was received `receiveCount` times is tried again: 15 s, doubling to 15 min. */
export function backOffSeconds(receiveCount: number, random: Random): number {
  return Math.round(longestWait(receiveCount) * (1 - JITTER * random.next()));
}

function longestWait(receiveCount: number): number {
  return Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (receiveCount - 1));
}

function receivesDuring(seconds: number): number {
  let receives = 0;
  for (let elapsed = 0; elapsed < seconds; elapsed += Math.floor(longestWait(receives) * (1 - JITTER)))
    receives += 1;
  return receives;
}
