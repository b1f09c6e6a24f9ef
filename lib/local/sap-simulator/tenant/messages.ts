import type { WaitingMessage } from '../books.ts';
import { changeBlock } from './item-changes.ts';
import { clearItems } from './item-clearing.ts';
import type { MessageRequest } from './message-requests.ts';
import type { Tenant } from './tenant.ts';

/** Takes a message of an asynchronous service; its sender learns nothing more (SAP dossier §9.1). */
export function takeMessage(tenant: Tenant, message: Omit<WaitingMessage, 'dueAt'>): void {
  const dueAt = tenant.clock.now() + tenant.switches.messageLagMs;
  tenant.books.waitingMessages.push({ ...message, dueAt });
  workOffMessages(tenant);
}

/** Works off what is due. Each request stands for itself; a refusal shows to people inside SAP only. */
export function workOffMessages(tenant: Tenant): void {
  const { books, clock } = tenant;
  const now = clock.now();
  for (const message of [...books.waitingMessages].filter(({ dueAt }) => dueAt <= now)) {
    books.waitingMessages.splice(books.waitingMessages.indexOf(message), 1);
    for (const problem of problemsOf(tenant, message)) {
      const { service, messageId } = message;
      books.workedOffMessages.push({ service, messageId, problem });
    }
  }
}

/** A repeated message id is refused (SAP dossier §9.5). */
function problemsOf(tenant: Tenant, { service, messageId, requests }: WaitingMessage): string[] {
  const isKnown = tenant.books.workedOffMessages.some(
    (each) => each.service === service && each.messageId === messageId && messageId !== '',
  );
  if (isKnown) return [`Message ${messageId} was processed already`];
  return requests.map((request) => doRequest(tenant, request));
}

function doRequest(tenant: Tenant, request: MessageRequest): string {
  return request.kind === 'clearing'
    ? clearItems(tenant, request.clearing, request.isTest)
    : changeBlock(tenant, request.change, request.isTest);
}
