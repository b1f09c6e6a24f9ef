import type { ConnectorConfig } from '../../config/connector-config.ts';
import type { InvoiceLine } from '../sap-invoices.ts';

/**
 * The G/L account of a line: SAP's, else the one that the configuration names for what SAP shows without an account
 * (unplanned delivery cost is a header amount, SAP dossier §4.1; goods bought to stock have no assignment, §4.2).
 */
export function lineAccount(
  line: Pick<InvoiceLine, 'kind' | 'glAccount'>,
  { invoices, accountForItemsWithoutAssignment }: ConnectorConfig,
): string | undefined {
  const delivery =
    line.kind === 'unplanned-delivery-cost' ? invoices.unplannedDeliveryCostAccount : undefined;
  return line.glAccount ?? delivery ?? accountForItemsWithoutAssignment;
}
