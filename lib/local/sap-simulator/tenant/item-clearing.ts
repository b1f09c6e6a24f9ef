import { type Amount, AmountError, amount, compareAmounts, isZero, negate, sum } from '../../../money.ts';
import { nextNumber, table } from '../books.ts';
import { type Row, textOf } from '../odata/entity-type.ts';
import { isRealDate } from '../odata/literals.ts';
import { matches } from '../odata/related-rows.ts';
import {
  clearLines,
  documentRows,
  type FiHeader,
  type FiLine,
  fiscalYearOf,
  isPeriodOpen,
  writeFiDocument,
} from './fi-documents.ts';
import { lineName, supplierLine } from './item-changes.ts';
import type { ClearingRequest, ClearingRequestItem } from './message-requests.ts';
import type { Tenant } from './tenant.ts';

/** A line with what of it is cleared, signed like the line. */
interface Part {
  readonly line: Row;
  readonly cleared: Amount;
  readonly isPartial: boolean;
}

/** Clears supplier lines against each other (SAP dossier §9.8); gives back why SAP refuses. */
export function clearItems(tenant: Tenant, request: ClearingRequest, isTest: boolean): string {
  const problem = headerProblem(tenant, request) ?? itemProblem(tenant, request);
  if (problem !== undefined) return problem;
  const parts = request.items.flatMap((item) => partOf(tenant, request, item) ?? []);
  const balance = sum(
    parts.map(({ cleared }) => cleared),
    request.currency,
  );
  if (!isZero(balance, request.currency))
    return `The selected items do not balance: ${balance} ${request.currency}`;
  if (!isTest) clear(tenant, request, parts);
  return '';
}

function headerProblem({ books }: Tenant, request: ClearingRequest): string | undefined {
  const { companyCode, documentType, postingDate } = request;
  if (!books.organization.companyCodes[companyCode]) return `Company code ${companyCode} is not defined`;
  if (!books.organization.documentTypes[documentType]) return `Document type ${documentType} is not defined`;
  if (!isRealDate(postingDate) || !isRealDate(request.documentDate)) return 'Dates are needed';
  if (!isPeriodOpen(books, companyCode, postingDate)) return `Period ${postingDate.slice(5, 7)} is not open`;
  if (request.items.length < 2) return 'At least two items are needed';
  const keys = request.items.map(lineName);
  return new Set(keys).size === keys.length ? undefined : 'An item is there twice';
}

function itemProblem(tenant: Tenant, request: ClearingRequest): string | undefined {
  for (const item of request.items) {
    const problem = lineProblem(tenant, request, item, supplierLine(tenant, item));
    if (problem !== undefined) return `Item ${lineName(item)} ${problem}`;
  }
  return undefined;
}

function lineProblem(
  tenant: Tenant,
  request: ClearingRequest,
  item: ClearingRequestItem,
  line: Row | undefined,
): string | undefined {
  if (line === undefined || item.accountType !== 'K' || item.account !== line.Supplier)
    return `is no open item of account ${item.account}`;
  if (line.IsCleared === true) return 'is cleared already';
  if (textOf(line, 'SpecialGLCode') !== '') return 'is a special G/L item';
  if (line.TransactionCurrency !== request.currency) return `is not in ${request.currency}`;
  if (textOf(line, 'PaymentBlockingReason') !== '' && !tenant.switches.clearsBlockedLines)
    return 'is blocked for payment';
  if (lacksWithholding(tenant, line)) return 'lacks withholding tax data';
  return partOf(tenant, request, item) === undefined ? 'has an unusable partial amount' : undefined;
}

/** A supplier with withholding tax types: the payment's entry needs an item for them (SAP dossier §9.8). */
function lacksWithholding({ books }: Tenant, line: Row): boolean {
  if (line.ReferenceDocumentType === 'RMRP' || textOf(line, 'WithholdingTaxCode') !== '') return false;
  const ofSupplier = matches({
    Supplier: textOf(line, 'Supplier'),
    CompanyCode: textOf(line, 'CompanyCode'),
  });
  return table(books, 'A_SupplierWithHoldingTax').some(ofSupplier);
}

/** The sign of a partial amount does not matter. */
function partOf(tenant: Tenant, { currency }: ClearingRequest, item: ClearingRequestItem): Part | undefined {
  const line = supplierLine(tenant, item) ?? {};
  const whole = textOf(line, 'AmountInTransactionCurrency');
  if (item.partialAmount === undefined) return { line, cleared: whole, isPartial: false };
  try {
    const size = amount(item.partialAmount.replace('-', ''), currency);
    const isTooMuch = compareAmounts(size, amount(whole.replace('-', ''), currency), currency) > 0;
    if (isTooMuch || isZero(size, currency)) return undefined;
    return { line, cleared: whole.startsWith('-') ? negate(size, currency) : size, isPartial: true };
  } catch (error) {
    if (error instanceof AmountError) return undefined;
    throw error;
  }
}

function clear(tenant: Tenant, request: ClearingRequest, parts: readonly Part[]): void {
  const partial = parts.filter(({ isPartial }) => isPartial);
  const whole = parts.filter(({ isPartial }) => !isPartial).map(({ line }) => line);
  const { companyCode, postingDate } = request;
  if (partial.length > 0) {
    payPartly(tenant, request, partial, whole);
  } else {
    const accountingDocument = clearingNumber(tenant, request);
    const document = { companyCode, accountingDocument, fiscalYear: fiscalYearOf(postingDate) };
    clearLines(whole, document, postingDate);
  }
}

/** The invoice stays open; what was paid refers to it until the rest is cleared (SAP dossier §5, "partial payments"). */
function payPartly(
  tenant: Tenant,
  request: ClearingRequest,
  partial: readonly Part[],
  whole: readonly Row[],
): void {
  const [first] = partial;
  if (first === undefined) return;
  if (tenant.switches.partialClearing === 'same-line') {
    for (const line of whole) Object.assign(line, referenceTo(first.line));
    return;
  }
  const offsets = whole.map((line) => lineLike(line, opposite(line, request.currency), {}));
  const payments = partial.map(({ line, cleared }) =>
    lineLike(line, negate(cleared, request.currency), referenceTo(line)),
  );
  const header = clearingHeader(request, clearingNumber(tenant, request));
  const document = writeFiDocument(
    tenant,
    header,
    [...offsets, ...payments],
    tenant.switches.visibilityLagMs,
  );
  clearLines(
    [...whole, ...documentRows(tenant.books, document).slice(0, offsets.length)],
    document,
    request.postingDate,
  );
}

function referenceTo(line: Row): Row {
  return {
    InvoiceReference: textOf(line, 'AccountingDocument'),
    InvoiceReferenceFiscalYear: textOf(line, 'FiscalYear'),
    InvoiceItemReference: textOf(line, 'AccountingDocumentItem'),
    FollowOnDocumentType: 'Z',
  };
}

function lineLike(line: Row, value: Amount, more: Row): FiLine {
  return {
    amount: value,
    accountType: 'K',
    glAccount: textOf(line, 'GLAccount'),
    more: {
      Supplier: textOf(line, 'Supplier'),
      AssignmentReference: textOf(line, 'AssignmentReference'),
      WithholdingTaxCode: textOf(line, 'WithholdingTaxCode'),
      ...more,
    },
  };
}

function opposite(line: Row, currency: string): Amount {
  return negate(textOf(line, 'AmountInTransactionCurrency'), currency);
}

function clearingNumber({ books }: Tenant, { companyCode, documentType }: ClearingRequest): string {
  const first = books.organization.documentTypes[documentType]?.from ?? 1;
  return nextNumber(books, `clearing/${companyCode}/${documentType}`, first);
}

function clearingHeader(request: ClearingRequest, accountingDocument: string): FiHeader {
  const { companyCode, postingDate } = request;
  return {
    companyCode,
    accountingDocument,
    documentType: request.documentType,
    documentDate: request.documentDate,
    postingDate,
    currency: request.currency,
    headerText: request.headerText,
    reference: request.reference,
    referenceDocumentType: 'BKPFF',
    originalReferenceDocument: `${accountingDocument}${companyCode}${fiscalYearOf(postingDate)}`,
    createdBy: request.createdBy,
  };
}
