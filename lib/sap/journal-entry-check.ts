import { DocumentError } from '../errors.ts';
import { AmountError, isZero, sum } from '../money.ts';
import type { JournalEntry, JournalGlItem, JournalSupplierItem, Reversal } from '../rules/sap-accounting.ts';

/**
 * SAP's parser ignores what it does not like in silence (SAP dossier §0.15), so an entry is held against the lengths
 * and rules of its schema (§9.2) before it is sent. Nothing is ever cut.
 */
interface Field {
  readonly name: string;
  readonly value: string | undefined;
  readonly most: number;
  readonly optional?: boolean;
}

/** Throws DocumentError `ENTRY_NOT_VALID` that lists every fault. */
export function checkEntry(entry: JournalEntry, messageId: string): void {
  const { supplierItems, glItems } = entry;
  refuse(entry, [
    ...fieldFaults(headerFields(entry, messageId)),
    ...fieldFaults([
      { name: 'currency', value: entry.currency, most: 3 },
      { name: 'reference 1', value: entry.reference1, most: 20, optional: true },
      ...supplierItems.flatMap(supplierFields),
      ...glItems.flatMap(glFields),
    ]),
    ...dateFaults([entry.documentDate, entry.postingDate]),
    ...balanceFaults(entry),
    ...(supplierItems.length + glItems.length < 2 ? ['an entry has at least two items'] : []),
  ]);
}

/** Throws DocumentError `ENTRY_NOT_VALID` that lists every fault. */
export function checkReversal(reversal: Reversal, messageId: string): void {
  refuse(reversal, [
    ...fieldFaults(headerFields(reversal, messageId)),
    ...fieldFaults([
      { name: 'reversal reason', value: reversal.reason, most: 2 },
      { name: 'accounting document', value: reversal.accountingDocument, most: 10 },
    ]),
    ...(/^\d{4}$/.test(reversal.fiscalYear) ? [] : [`fiscal year "${reversal.fiscalYear}" has not 4 digits`]),
    ...dateFaults([reversal.postingDate]),
  ]);
}

function headerFields(header: JournalEntry | Reversal, messageId: string): Field[] {
  return [
    { name: 'message id', value: messageId, most: 35 },
    { name: 'company code', value: header.companyCode, most: 4 },
    { name: 'document type', value: header.documentType, most: 2 },
    { name: 'document reference', value: header.documentReferenceId, most: 16 },
    { name: 'header text', value: header.headerText, most: 25, optional: true },
    { name: 'created by', value: header.createdByUser, most: 12 },
  ];
}

function supplierFields(item: JournalSupplierItem, index: number): Field[] {
  const place = `supplier item ${index + 1}`;
  return [
    { name: `supplier of ${place}`, value: item.supplier, most: 10 },
    { name: `payable account of ${place}`, value: item.alternativePayableAccount, most: 10, optional: true },
    { name: `text of ${place}`, value: item.text, most: 50, optional: true },
    { name: `assignment of ${place}`, value: item.assignmentReference, most: 18, optional: true },
  ];
}

function glFields(item: JournalGlItem, index: number): Field[] {
  const place = `G/L item ${index + 1}`;
  return [
    { name: `G/L account of ${place}`, value: item.glAccount, most: 10 },
    { name: `cost center of ${place}`, value: item.costCenter, most: 10, optional: true },
    { name: `profit center of ${place}`, value: item.profitCenter, most: 10, optional: true },
    { name: `text of ${place}`, value: item.text, most: 50, optional: true },
    { name: `assignment of ${place}`, value: item.assignmentReference, most: 18, optional: true },
    { name: `reference 3 of ${place}`, value: item.reference3, most: 20, optional: true },
  ];
}

function fieldFaults(fields: readonly Field[]): string[] {
  return fields.flatMap(({ name, value, most, optional }) => {
    if (value === undefined || value.trim() === '') return optional ? [] : [`${name} is missing`];
    return value.length > most ? [`${name} "${value}" is longer than ${most} characters`] : [];
  });
}

function dateFaults(dates: readonly string[]): string[] {
  return dates.filter((date) => !isDate(date)).map((date) => `"${date}" is no date`);
}

function isDate(text: string): boolean {
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}

/** Debits = credits (I3), to the last minor unit. */
function balanceFaults({ supplierItems, glItems, currency }: JournalEntry): string[] {
  try {
    const amounts = [...supplierItems, ...glItems].map((item) => item.amount);
    const balance = sum(amounts, currency);
    return isZero(balance, currency) ? [] : [`debits and credits differ by ${balance} ${currency}`];
  } catch (error) {
    if (error instanceof AmountError) return [error.message];
    throw error;
  }
}

function refuse(document: JournalEntry | Reversal, faults: readonly string[]): void {
  if (faults.length === 0) return;
  throw new DocumentError({
    code: 'ENTRY_NOT_VALID',
    message: `The journal entry ${document.documentReferenceId} of company code ${document.companyCode} was not sent: ${faults.join('; ')}.`,
    nextStep: 'Correct the values named here in the configuration, BILL or SAP, then retry.',
    sapValues: { companyCode: document.companyCode, documentReference: document.documentReferenceId },
  });
}
