/** The events of BILL that the connector wants to be told of (BILL dossier §9.1). */
export const wantedEvents = [
  'payment.updated',
  'payment.failed',
  'vendor.created',
  'vendor.updated',
  'vendor.archived',
  'vendor.restored',
] as const;

/** Those that a subscription does not carry, e.g. because it was made for an older connector. */
export function eventsLacking({ events }: { readonly events: readonly string[] }): string[] {
  return wantedEvents.filter((event) => !events.includes(event));
}
