import type { Clock } from '../clock.ts';
import type { Secrets } from '../config/secrets.ts';
import type { Http } from '../http/http.ts';
import type { Observe } from '../observe/observe.ts';
import type { Random } from '../random.ts';
import { attachments } from './attachments.ts';
import { createConnection } from './connection.ts';
import { itemMessages } from './item-messages.ts';
import { journalEntries } from './journal-entries.ts';
import { createODataClient } from './odata-client.ts';
import { oneTimeSuppliers } from './one-time-suppliers.ts';
import { openItems } from './open-items.ts';
import { payableLines } from './payable-lines.ts';
import { probes } from './probe.ts';
import { purchaseOrders } from './purchase-orders.ts';
import { referenceData } from './reference-data.ts';
import type { Sap } from './sap.ts';
import { supplierInvoices } from './supplier-invoices.ts';
import { supplierLines } from './supplier-lines.ts';
import { supplierSearch } from './supplier-search.ts';
import { supplierWrites } from './supplier-writes.ts';
import { suppliers } from './suppliers.ts';

/** What SAP needs from outside; host and credentials come from the secret alone. */
export interface SapDoors {
  readonly secrets: Secrets;
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: Observe;
}

/** SAP S/4HANA Cloud as the journeys see it; one for a process, since it holds the token and the CSRF session. */
export function createSap(doors: SapDoors): Sap {
  const { clock, random } = doors;
  const connection = createConnection(doors);
  const odata = createODataClient(connection, doors);
  const invoices = supplierInvoices(odata, clock);
  return {
    ...invoices,
    ...payableLines(odata),
    ...openItems(odata),
    ...attachments(odata),
    ...oneTimeSuppliers(odata),
    ...suppliers(odata, clock),
    ...supplierSearch(odata, clock),
    ...supplierWrites(odata, clock),
    ...purchaseOrders(odata),
    ...referenceData(odata),
    ...journalEntries({ connection, odata, clock }),
    ...supplierLines(odata),
    ...itemMessages({ connection, clock, random }),
    ...probes({ connection, odata, invoices, clock, random }),
  };
}
