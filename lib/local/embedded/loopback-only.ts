import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const CHANNEL = 'net.server.socket';
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * Cuts every connection to this port that does not come from this machine, before a byte of it is read; gives back
 * how to stop. For servers inside this process that cannot be told which interface to listen on.
 */
export function loopbackOnly(port: number): () => void {
  const guard = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    if (socket.localPort === port && !LOOPBACK.test(socket.remoteAddress ?? '')) socket.destroy();
  };
  subscribe(CHANNEL, guard);
  return () => unsubscribe(CHANNEL, guard);
}
