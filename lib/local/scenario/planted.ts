import { invoiceId } from '../../ledger/invoices.ts';
import type { DocumentName } from '../../ledger/timeline.ts';
import { type InvoiceName, invoiceNamed } from './invoices/all-invoices.ts';
import type { Stage } from './stage.ts';
import * as on from './stage.ts';
import { type SupplierName, suppliers } from './suppliers.ts';

/** An exception that the story wants: its code, and the document, as the story calls it, that it is to be raised on. */
export type Planted = { readonly code: string } & (
  | { readonly invoice: InvoiceName }
  /** A payment by its name among the stage's names. */
  | { readonly payment: string }
  | { readonly supplier: SupplierName }
  /** A vendor by its name in BILL. */
  | { readonly vendor: string }
  /** The number of a bill that people entered in BILL. */
  | { readonly bill: string }
);

/** One that is to be open at the end, by the document's id in the ledger. */
export interface PlantedException extends DocumentName {
  readonly code: string;
  /** The document as the story calls it. */
  readonly what: string;
}

/** What the invoices of a batch need a person for. */
export function raisedBy(names: readonly InvoiceName[]): Planted[] {
  return names.flatMap((invoice) => {
    const { raises: code } = invoiceNamed(invoice);
    return code === undefined ? [] : [{ code, invoice }];
  });
}

/** Planted exceptions by the ids that their documents have in the ledger. */
export function plantedExceptions(stage: Stage, planted: readonly Planted[]): PlantedException[] {
  return planted.map((each) => ({ code: each.code, ...named(stage, each) }));
}

function named(stage: Stage, planted: Planted): DocumentName & { what: string } {
  const { vendors, bills } = stage.bill.books;
  if ('invoice' in planted) {
    const id = invoiceId(on.keyOf(stage, planted.invoice));
    return { kind: 'invoice', id, what: invoiceNamed(planted.invoice).reference };
  }
  if ('payment' in planted)
    return { kind: 'payment', id: stage.names[`payment ${planted.payment}`] ?? '', what: planted.payment };
  if ('supplier' in planted) {
    const { number, name } = suppliers[planted.supplier];
    return { kind: 'supplier', id: number, what: name };
  }
  if ('vendor' in planted) {
    const vendor = Object.values(vendors).find(({ fields }) => fields.name === planted.vendor);
    return { kind: 'vendor', id: vendor?.id ?? '', what: planted.vendor };
  }
  const bill = Object.values(bills).find(({ invoiceNumber }) => invoiceNumber === planted.bill);
  return { kind: 'foreign-bill', id: bill?.id ?? '', what: planted.bill };
}
