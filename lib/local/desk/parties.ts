import { type InvoiceRecord, invoiceFacts, invoiceId } from '../../ledger/invoices.ts';
import { readRecord } from '../../ledger/record.ts';
import type { Table } from '../../ledger/table.ts';
import { knownVendors, vendorLinks } from '../../ledger/vendors.ts';

/** Names of suppliers and vendors; kept once they are known. */
export interface Parties {
  /** The supplier's name, else its number. */
  ofInvoice(record: InvoiceRecord): Promise<string>;
  /** The vendor's name, else its id. */
  vendor(vendorId: string): Promise<string>;
}

export function createParties(table: Table): Parties {
  const known = new Map<string, string>();
  const remember = async (key: string, number: string, look: () => Promise<string | undefined>) => {
    const name = known.get(key) ?? (await look());
    if (name !== undefined) known.set(key, name);
    return name ?? number;
  };
  return {
    ofInvoice: (record) =>
      remember(`supplier ${record.supplier}`, record.supplier, () => supplierName(table, record)),
    vendor: (vendorId) =>
      remember(
        `vendor ${vendorId}`,
        vendorId,
        async () => (await readRecord(table, knownVendors, vendorId))?.vendor.name,
      ),
  };
}

async function supplierName(table: Table, record: InvoiceRecord): Promise<string | undefined> {
  const link = await readRecord(table, vendorLinks, record.supplier);
  if (link !== undefined) return link.supplierName;
  const facts = await readRecord(table, invoiceFacts, invoiceId(record.key));
  return facts?.suppliers.find(({ supplier }) => supplier === record.supplier)?.name;
}
