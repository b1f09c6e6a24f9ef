/** What the connector tells about itself. Names are decided here and nowhere else. */

/** Log events; `document` names the invoice, payment or vendor in all of them. */
export type LogEvent =
  | 'invoice-found'
  | 'invoice-kept-back'
  | 'invoice-handed-over'
  | 'attachment-sent'
  | 'attachment-left'
  | 'vendor-linked'
  | 'vendor-aligned'
  | 'supplier-created'
  | 'vendor-created'
  | 'payment-found'
  | 'entry-posted'
  | 'items-cleared'
  | 'payment-block-changed'
  | 'payment-failed'
  | 'payment-recorded'
  | 'exception-raised'
  | 'message-waits'
  | 'message-failed'
  | 'message-put-aside'
  | 'webhook-refused'
  | 'webhook-taken'
  | 'poll-done'
  | 'poll-failed'
  | 'function-failed'
  | 'session-renewed'
  | 'subscription-off'
  | 'credentials-refused'
  | 'sap-warning'
  | 'gate-closed'
  | 'lease-left-to-expire';

/** The CloudWatch namespace of all metrics; their one dimension, `service`, is the connection's name. */
export const metricNamespace = 'ml-connector';

/** CloudWatch metrics; all are counts. Money is counted from the ledger, never from these. */
export type Metric =
  | 'InvoicesFound'
  | 'BillsCreated'
  | 'BillsChanged'
  | 'VendorsCreated'
  | 'PaymentsFound'
  | 'EntriesPosted'
  | 'ExceptionsRaised'
  | 'MessagesWaiting'
  | 'MessagesPutAside'
  | 'WebhooksRefused'
  | 'WebhooksTaken'
  | 'PollsFailed'
  | 'SubscriptionOff'
  | 'TieOutDifferences'
  | 'CredentialsRefused'
  | 'BillCalls'
  | 'BillLogins';

export interface Observe {
  /** Fields must be free of secrets; values are documents' numbers, codes and times. */
  log(level: 'info' | 'warn' | 'error', event: LogEvent, fields: Record<string, unknown>): void;
  count(metric: Metric, value?: number): void;
}
