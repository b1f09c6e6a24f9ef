import * as z from 'zod';
import type { BillCalls } from './bill.ts';
import { readAll } from './lists.ts';
import type { Rest } from './rest.ts';

const text = z.exactOptional(z.string());

/** BILL dossier §5.7; name and time come when the upload is complete (BILL, "Upload bill document"). */
const documentShape = z.object({ id: z.string(), name: text, createdTime: text });

export function documentCalls(rest: Rest): Pick<BillCalls, 'documentsOfBill' | 'uploadDocument'> {
  const pathOf = (billId: string) => `/v3/documents/bills/${encodeURIComponent(billId)}`;
  return {
    documentsOfBill: (billId) =>
      readAll(rest, { path: pathOf(billId), about: `documents of bill ${billId}`, row: documentShape }),
    uploadDocument: (billId, name, file) => {
      const about = `document "${name}" of bill ${billId}`;
      return rest.call({ method: 'POST', path: pathOf(billId), query: { name }, file, about }, documentShape);
    },
  };
}
