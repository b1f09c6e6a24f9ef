import { analytics } from './analytics.ts';
import { coding } from './coding.ts';
import { crossing } from './crossing.ts';
import { drifting } from './drifting.ts';
import { edges } from './edges.ts';
import type { FirmInvoice } from './firm-invoice.ts';
import { lateNovember } from './late-november.ts';
import { notYet } from './not-yet.ts';
import { november } from './november.ts';
import { october } from './october.ts';
import { ofNewVendors } from './of-new-vendors.ts';
import { shapes } from './shapes.ts';
import { unclear } from './unclear.ts';
import { unsteady } from './unsteady.ts';

/** The invoices as they come, by their names in the story. */
const batches = {
  october,
  notYet,
  unclear,
  coding,
  november,
  unsteady,
  analytics,
  lateNovember,
  shapes,
  crossing,
  ofNewVendors,
  drifting,
  edges,
};

const invoices = {
  ...october,
  ...notYet,
  ...unclear,
  ...coding,
  ...november,
  ...unsteady,
  ...analytics,
  ...lateNovember,
  ...shapes,
  ...crossing,
  ...ofNewVendors,
  ...drifting,
  ...edges,
};

export const allInvoices: readonly FirmInvoice[] = Object.values(invoices);

export type InvoiceName = keyof typeof invoices;

export function invoiceNamed(name: InvoiceName): FirmInvoice {
  return invoices[name];
}

/** The names of one batch. */
export function namesOf(batch: keyof typeof batches): InvoiceName[] {
  return Object.keys(batches[batch]) as InvoiceName[];
}
