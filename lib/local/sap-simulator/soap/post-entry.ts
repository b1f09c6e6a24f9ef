import { createHash } from 'node:crypto';
import { table } from '../books.ts';
import { type Row, textOf } from '../odata/entity-type.ts';
import { matches } from '../odata/related-rows.ts';
import {
  documentRows,
  type FiDocument,
  type FiHeader,
  type FiLine,
  fiscalYearOf,
  journalItems,
  reverseFiDocument,
  writeFiDocument,
} from '../tenant/fi-documents.ts';
import { supplierCompanyRow } from '../tenant/suppliers.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { EntryItem, EntryRequest } from './journal-entry-request.ts';
import { entryProblems, error, headerProblems, type Message } from './journal-rules.ts';

export interface Outcome {
  /** Undefined: nothing was posted. */
  readonly document: FiDocument | undefined;
  readonly messages: readonly Message[];
}

/** Posts, simulates or refuses one entry (SAP dossier §§9.2 to 9.7). Every entry stands for itself. */
export function postEntry(tenant: Tenant, entry: EntryRequest): Outcome {
  const { books, switches } = tenant;
  if (switches.refusesRepeatedMessageId && books.messageIds.includes(entry.messageId)) {
    return refused([error('018(SRT)', `Message ${entry.messageId} was processed already`)]);
  }
  const isReversal = entry.reversedDocument !== '';
  const problems = isReversal ? reversalProblems(tenant, entry) : entryProblems(tenant, entry);
  if (problems.length > 0) return refused(problems);
  if (entry.isTest)
    return {
      document: undefined,
      messages: [{ typeId: '614(RW)', severity: 1, note: 'Document check: no errors' }],
    };
  if (entry.messageId !== '') books.messageIds.push(entry.messageId);
  const document = isReversal ? reverse(tenant, entry) : post(tenant, entry);
  const { accountingDocument, companyCode, fiscalYear } = document;
  const note = `Document posted successfully: BKPFF ${accountingDocument}${companyCode}${fiscalYear}`;
  const warning: Message = {
    typeId: '117(F5)',
    severity: 2,
    note: 'Check whether the document was entered before',
  };
  return {
    document,
    messages: [{ typeId: '605(RW)', severity: 1, note }, ...(switches.postingWarns ? [warning] : [])],
  };
}

function refused(problems: readonly Message[]): Outcome {
  return { document: undefined, messages: [error('609(RW)', 'Error in document: BKPFF $'), ...problems] };
}

function post(tenant: Tenant, entry: EntryRequest): FiDocument {
  const lines = entry.items.map((item) => fiLine(tenant, entry, item));
  return writeFiDocument(
    tenant,
    fiHeader(tenant, entry, entry.items[0]?.currency ?? ''),
    lines,
    tenant.switches.visibilityLagMs,
  );
}

function fiHeader(tenant: Tenant, entry: EntryRequest, currency: string): FiHeader {
  const accountingDocument = freeNumber(tenant, entry);
  return {
    companyCode: entry.companyCode,
    accountingDocument,
    documentType: entry.documentType,
    documentDate: entry.documentDate,
    postingDate: entry.postingDate,
    currency,
    headerText: entry.headerText,
    reference: entry.reference,
    referenceDocumentType: 'BKPFF',
    originalReferenceDocument: `${accountingDocument}${entry.companyCode}${fiscalYearOf(entry.postingDate)}`,
    createdBy: entry.createdBy,
    more: {
      Reference1InDocumentHeader: entry.reference1.toUpperCase(),
      Reference2InDocumentHeader: entry.reference2.toUpperCase(),
    },
  };
}

/**
 * The number comes from the entry's content, within the range of its document type, so that it does not depend on
 * the order in which concurrent postings arrive; a number in use moves on to the next.
 */
function freeNumber({ books }: Tenant, entry: EntryRequest): string {
  const { from, to } = books.organization.documentTypes[entry.documentType] ?? { from: 1, to: 99_999_999 };
  const { messageId: _, isTest: __, ...content } = entry;
  const digest = createHash('sha256')
    .update(entry.reference || JSON.stringify(content))
    .digest();
  const used = new Set(
    table(books, journalItems)
      .filter(matches({ CompanyCode: entry.companyCode, FiscalYear: fiscalYearOf(entry.postingDate) }))
      .map((row) => textOf(row, 'AccountingDocument')),
  );
  const size = to - from + 1;
  for (let step = 0; ; step += 1) {
    const number = String(from + ((digest.readUInt32BE() + step) % size)).padStart(10, '0');
    if (!used.has(number)) return number;
  }
}

function fiLine(tenant: Tenant, entry: EntryRequest, item: EntryItem): FiLine {
  const more: Row = {
    DocumentItemText: item.text,
    AssignmentReference: item.assignmentReference,
    CostCenter: item.costCenter,
    ProfitCenter:
      item.profitCenter || (tenant.books.organization.costCenters[item.costCenter]?.profitCenter ?? ''),
    OrderID: item.orderId,
    Reference1IDByBusinessPartner: item.reference1,
    Reference2IDByBusinessPartner: item.reference2,
    Reference3IDByBusinessPartner: item.reference3,
  };
  if (item.kind !== 'creditor') {
    const taxAccount = tenant.books.organization.companyCodes[entry.companyCode]?.taxAccount ?? '';
    const isTax = item.kind === 'tax';
    return {
      amount: item.amount,
      accountType: 'S',
      glAccount: isTax ? taxAccount : item.account,
      more: isTax ? { ...more, TaxCode: item.account } : more,
    };
  }
  const own = textOf(
    supplierCompanyRow(tenant, item.account, entry.companyCode) ?? {},
    'ReconciliationAccount',
  );
  return {
    amount: item.amount,
    accountType: 'K',
    glAccount: item.alternativePayableAccount || own,
    more: {
      ...more,
      Supplier: item.account,
      WithholdingTaxCode: entry.withholdingTypes[0] ?? '',
      PaymentBlockingReason: item.paymentBlock,
      PaymentMethod: item.paymentMethod,
      DueCalculationBaseDate: entry.documentDate,
      NetDueDate: entry.documentDate,
    },
  };
}

/** ReversalReferenceDocument: number padded to 10, company code, fiscal year (§9.7). */
function reversedDocument({ reversedDocument: text }: EntryRequest): FiDocument {
  return {
    accountingDocument: text.slice(0, 10),
    companyCode: text.slice(10, 14),
    fiscalYear: text.slice(14, 18),
  };
}

function reversalProblems(tenant: Tenant, entry: EntryRequest): Message[] {
  const found = headerProblems(tenant, entry);
  const document = reversedDocument(entry);
  const rows = documentRows(tenant.books, document);
  const name = `${document.accountingDocument} ${document.companyCode} ${document.fiscalYear}`;
  if (entry.items.length > 0) found.push(error('610(RW)', 'A reversal has no items'));
  if (!tenant.books.organization.reversalReasons.includes(entry.reversalReason)) {
    found.push(error('531(F5)', `Reversal reason ${entry.reversalReason} is not defined`));
  }
  if (
    entry.reversedDocument.length !== 18 ||
    document.companyCode !== entry.companyCode ||
    rows.length === 0
  ) {
    return [
      ...found,
      error('397(F5)', `Document ${name} does not exist in company code ${entry.companyCode}`),
    ];
  }
  if (rows.some((row) => row.IsReversed === true))
    return [...found, error('361(F5)', `Document ${name} was reversed already`)];
  if (rows.some((row) => row.IsCleared === true))
    found.push(error('308(F5)', `Document ${name} contains cleared items`));
  return found;
}

function reverse(tenant: Tenant, entry: EntryRequest): FiDocument {
  const original = reversedDocument(entry);
  const currency = textOf(documentRows(tenant.books, original)[0] ?? {}, 'TransactionCurrency');
  const header = fiHeader(tenant, entry, currency);
  return reverseFiDocument(tenant, original, header, entry.reversalReason, tenant.switches.visibilityLagMs);
}
