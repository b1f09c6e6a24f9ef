import { type FirmInvoice, share } from './firm-invoice.ts';

/** Invoices of suppliers whose vendors people entered in BILL. */
export const ofNewVendors = {
  translation: {
    supplier: 'wrenfield',
    reference: 'WT-0061',
    date: '2026-11-20',
    shares: [share('consulting', 'salesUs', '415.00', 'Translation, client report')],
  },
} as const satisfies Record<string, FirmInvoice>;
