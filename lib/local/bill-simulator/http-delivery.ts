import type { Clock } from '../../clock.ts';
import type { Deliver, Notification } from './notifications.ts';

/** BILL waits 10 seconds for a 200, and tries again after 2, 4, 8 and 16 seconds (BILL dossier §9.4). */
const TIME_OUT_MS = 10_000;
const gapsMs = [2_000, 4_000, 8_000, 16_000];

export interface HttpDelivery {
  readonly deliver: Deliver;
  /** Gives up what is under way; nothing is told of it. */
  close(): void;
}

/** Notifications by real HTTP, with BILL's retries; `outcome` is told the last status (0: none came). */
export function createHttpDelivery(
  clock: Clock,
  outcome: (eventId: string, status: number) => void,
): HttpDelivery {
  const closing = new AbortController();
  const deliver = async (notification: Notification) => {
    let status = await post(notification, closing.signal);
    for (const gap of gapsMs) {
      if (status === 200 || closing.signal.aborted) break;
      await clock.sleep(gap);
      status = closing.signal.aborted ? 0 : await post(notification, closing.signal);
    }
    if (!closing.signal.aborted) outcome(notification.eventId, status);
  };
  return { deliver: (notification) => void deliver(notification), close: () => closing.abort() };
}

/** The receiver's status; 0 when none came in time. */
async function post({ url, headers, body }: Notification, closing: AbortSignal): Promise<number> {
  const signal = AbortSignal.any([closing, AbortSignal.timeout(TIME_OUT_MS)]);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return 0;
    throw error;
  }
}
