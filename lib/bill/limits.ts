import { DocumentError } from '../errors.ts';

/** Lengths that BILL takes (BILL dossier §3.5). */
export const lengths = {
  vendorName: 100,
  vendorShortName: 40,
  description: 4000,
  paymentDescription: 70,
  /** Beyond it BDC_1143. */
  invoiceNumber: 21,
} as const;

/** Nothing is ever cut in silence: throws DocumentError `BILL_FIELD_TOO_LONG`. */
export function refuseTooLong(about: string, field: string, value: string | undefined, most: number): void {
  if (value === undefined || value.length <= most) return;
  throw new DocumentError({
    code: 'BILL_FIELD_TOO_LONG',
    message: `The ${field} of ${about} has ${value.length} characters; BILL takes ${most}.`,
    nextStep: 'Shorten it in SAP and retry, or handle this document outside BILL and skip.',
    sapValues: { [field]: value },
  });
}
