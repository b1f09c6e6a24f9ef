import * as z from 'zod';
import { ok } from './answer.ts';
import { cents, creditUses, date, readBody, text } from './bodies.ts';
import { addPayment } from './payment-writes.ts';
import { presentPayment } from './payments.ts';
import { sumOf } from './values.ts';
import type { Handler } from './world.ts';

/** `POST /v3/bills/record-payment`: a payment that was made outside BILL (BILL dossier §7.6). */
const recordedPayment = z.object({
  vendorId: text(),
  processDate: date,
  payments: z.array(z.object({ billId: text(), amount: cents, vendorCredits: creditUses.optional() })).min(1),
  toPrintCheck: z.boolean().optional(),
  classifications: z.object({ chartOfAccountId: text() }).optional(),
  description: z.string().max(70).optional(),
  syncReference: z.string().optional(),
  allowExport: z.boolean().optional(),
});

/** The answer shows `syncReference`; whether reads do is a switch. */
export const recordPayment: Handler = (world, call) => {
  const { payments, classifications, toPrintCheck, syncReference, allowExport, ...header } = readBody(
    recordedPayment,
    call.json(),
  );
  const net = world.switches.billPaymentsAmountNetOfCredits;
  const recorded = {
    toPrintCheck,
    chartOfAccountId: classifications?.chartOfAccountId,
    syncReference,
    allowExport,
  };
  const payment = addPayment(world, {
    ...header,
    splits: payments.map(({ billId, amount, vendorCredits = [] }) => ({
      billId,
      cash: amount - (net ? 0 : sumOf(vendorCredits.map((use) => use.amount))),
      vendorCredits,
    })),
    singleStatus: 'CLEARED',
    onlinePayment: false,
    disbursementType: 'OFFLINE',
    createdBy: call.user.id,
    recorded,
  });
  return ok({
    ...presentPayment(world, payment),
    vendorName: undefined,
    toPrintCheck,
    classifications,
    syncReference,
    allowExport,
  });
};
