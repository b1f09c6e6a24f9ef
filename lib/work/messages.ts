import * as z from 'zod';

/** The messages of the two queues. They name a document; what is to be done is decided from the ledger. */
const invoiceKey = z.strictObject({
  companyCode: z.string().min(1).max(4),
  supplierInvoice: z.string().min(1).max(10),
  fiscalYear: z.string().length(4),
});

const invoiceWorkSchema = z.strictObject({
  kind: z.literal('invoice'),
  key: invoiceKey,
  changeStamp: z.string(),
  attempt: z.int().positive(),
});

/** The files of an invoice that is in BILL. */
const attachmentWorkSchema = z.strictObject({
  kind: z.literal('attachments'),
  key: invoiceKey,
  attempt: z.int().positive(),
});

/** A bill of ours that looks otherwise in BILL than the ledger has it. */
const billLookSchema = z.strictObject({
  kind: z.literal('bill'),
  key: invoiceKey,
  billId: z.string().min(1).max(64),
  /** A person asks for another look, whatever was seen before. */
  retry: z.boolean().optional(),
  reason: z.string().max(200),
});

export const billWorkSchema = z.discriminatedUnion('kind', [
  invoiceWorkSchema,
  attachmentWorkSchema,
  billLookSchema,
]);

const paymentWorkSchema = z.strictObject({
  kind: z.literal('payment'),
  paymentId: z.string().min(1).max(64),
  vendorId: z.string().max(64).optional(),
  /** BILL's updatedTime that made us look; the ledger knows whether that state was dealt with already. */
  updatedTime: z.string().max(40).optional(),
  /** What made us look: a webhook's event id, the poll, or a person. */
  reason: z.string().max(200),
});

/** A payment that BILL could not create: it has no id (BILL dossier §9.5). */
const failedPaymentWorkSchema = z.strictObject({
  kind: z.literal('failed-payment'),
  vendorId: z.string().max(64).optional(),
  transactionNumber: z.string().max(64).optional(),
  billIds: z.array(z.string().min(1).max(64)).max(100),
  /** BILL's reasons, for people. */
  reason: z.string().max(500),
});

/** A vendor, linked or not, that changed on either side. */
const vendorWorkSchema = z.strictObject({
  kind: z.literal('vendor'),
  vendorId: z.string().min(1).max(64),
  /** BILL's updatedTime that made us look. */
  updatedTime: z.string().max(40).optional(),
  /** The supplier that changed in SAP and made us look, with its change stamp. */
  supplier: z.string().max(10).optional(),
  changedAt: z.string().max(40).optional(),
  /** A person asks for another try, whatever was dealt with before. */
  retry: z.boolean().optional(),
  reason: z.string().max(200),
});

/** A bill in BILL that is not known as ours. */
const foreignBillWorkSchema = z.strictObject({
  kind: z.literal('foreign-bill'),
  billId: z.string().min(1).max(64),
  vendorId: z.string().max(64),
  updatedTime: z.string().max(40).optional(),
  retry: z.boolean().optional(),
  reason: z.string().max(200),
});

export const sapWorkSchema = z.discriminatedUnion('kind', [
  paymentWorkSchema,
  failedPaymentWorkSchema,
  vendorWorkSchema,
  foreignBillWorkSchema,
]);

export type InvoiceWork = z.infer<typeof invoiceWorkSchema>;
export type BillLook = z.infer<typeof billLookSchema>;
export type BillWork = z.infer<typeof billWorkSchema>;
export type AttachmentWork = z.infer<typeof attachmentWorkSchema>;
export type PaymentWork = z.infer<typeof paymentWorkSchema>;
export type FailedPaymentWork = z.infer<typeof failedPaymentWorkSchema>;
export type SapWork = z.infer<typeof sapWorkSchema>;
export type VendorWork = z.infer<typeof vendorWorkSchema>;
export type ForeignBillWork = z.infer<typeof foreignBillWorkSchema>;
