import * as z from 'zod';

/** Whether the files of an invoice go to its bill, and how many of them. */
export const attachmentsConfigSchema = z
  .strictObject({
    send: z
      .boolean()
      .default(false)
      .describe(
        'Send the PDF files that are attached to an invoice in SAP to its bill. SAP must let the communication user read API_CV_ATTACHMENT_SRV (scenario SAP_COM_0057)',
      ),
    mostPerInvoice: z
      .int()
      .min(1)
      .max(20)
      .default(5)
      .describe('Of more files than this, the oldest are sent'),
    visibleWithinMinutes: z
      .int()
      .min(0)
      .max(1440)
      .default(30)
      .describe(
        'How long BILL may take to show an uploaded document: so long a lost answer waits before a second try',
      ),
  })
  .prefault({})
  .describe("An invoice's own PDF files on its bill in BILL; they never keep a bill or a payment waiting");
