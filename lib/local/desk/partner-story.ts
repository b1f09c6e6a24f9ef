import type { Story } from '../../journeys/exceptions/trace.ts';
import type { ForeignBill } from '../../ledger/foreign-bills.ts';
import type { KnownVendor, VendorLink } from '../../ledger/vendors.ts';
import { shown, type VendorFields, vendorFieldNames } from '../../rules/vendors/vendor-fields.ts';
import type { DocumentRow, DocumentStory, SideValue } from './desk.ts';

type PartnerStory = Story & { readonly record: VendorLink | KnownVendor | ForeignBill };

/** The story of a supplier and its vendor, of a vendor without one, or of a bill that is not ours. */
export function partnerStory({ kind, id, record, events }: PartnerStory): DocumentStory {
  const common = { ...rowOf(kind, id, record), related: [], events };
  const decisions = {
    ...(record.exception && { exception: record.exception }),
    ...('skipped' in record && record.skipped && { skipped: record.skipped }),
  };
  if ('billId' in record) return { ...common, ...decisions, sap: [], bill: billSide(record) };
  if ('vendor' in record)
    return { ...common, ...decisions, sap: side('Supplier', record.supplier), bill: side('Vendor', id) };
  return {
    ...common,
    ...decisions,
    sap: [...side('Supplier', record.supplier), ...fieldsSide(record.seen?.sap ?? record.agreed?.sap)],
    bill: [...side('Vendor', record.vendorId), ...fieldsSide(record.seen?.bill ?? record.agreed?.bill)],
  };
}

function rowOf(kind: Story['kind'], id: string, record: PartnerStory['record']): DocumentRow {
  const row = { kind, id, stage: stageOf(record), amount: '', numbers: [] };
  if ('billId' in record) {
    const { vendorName, invoiceNumber, amount, currency } = record;
    const reason = 'It was entered in BILL.';
    return { ...row, reason, party: vendorName, reference: invoiceNumber, amount, currency, date: '' };
  }
  if ('vendor' in record) {
    const reason =
      record.supplier === undefined ? 'It has no supplier in SAP.' : `Supplier ${record.supplier}.`;
    return { ...row, reason, party: record.vendor.name, date: record.vendor.createdTime };
  }
  return { ...row, reason: record.signs.join(', '), party: record.supplierName, date: record.at };
}

function stageOf(record: PartnerStory['record']): DocumentRow['stage'] {
  if (record.exception !== undefined) return 'exception';
  if ('skipped' in record && record.skipped !== undefined) return 'skipped';
  const isLinked =
    'vendor' in record ? record.supplier !== undefined : 'vendorId' in record && !('billId' in record);
  return isLinked ? 'linked' : 'not-linked';
}

function billSide({ billId, vendorId, invoiceNumber, archived }: ForeignBill): SideValue[] {
  return [
    ...side('Bill', `${billId}${archived ? ' (archived)' : ''}`),
    ...side('Vendor', vendorId),
    ...side('Invoice number', invoiceNumber),
  ];
}

const labels = {
  name: 'Name',
  address: 'Address',
  email: 'E-mail',
  phone: 'Phone',
  taxId: 'Tax id',
  currency: 'Currency',
} as const;

function fieldsSide(fields: VendorFields = {}): SideValue[] {
  return vendorFieldNames.flatMap((name) =>
    fields[name] === undefined ? [] : side(labels[name], shown(name, fields[name])),
  );
}

function side(label: string, value: string | undefined): SideValue[] {
  return value === undefined || value === '' ? [] : [{ label, value }];
}
