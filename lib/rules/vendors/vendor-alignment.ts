import type { VendorsConfig } from '../../config/vendors-config.ts';
import { comparable, type FieldPair, type VendorFieldName, vendorFieldNames } from './vendor-fields.ts';

/** What is to be done about the fields of a linked vendor. */
export interface Alignment {
  /** SAP's values that BILL is to get. */
  readonly toBill: readonly VendorFieldName[];
  /** BILL's values that SAP is to get. */
  readonly toSap: readonly VendorFieldName[];
  /** Changes that a person must decide about (I9). */
  readonly conflicts: readonly VendorFieldName[];
  /** Differences that were there when the two were linked: neither side has changed since, so both stay. */
  readonly left: readonly VendorFieldName[];
  /** What both sides agree on now: the base of the next comparison. */
  readonly agreed: FieldPair;
}

/** SAP's API takes these where an entry exists; name, address and tax data of a supplier are kept by people in SAP. */
const writableInSap: ReadonlySet<VendorFieldName> = new Set(['email', 'phone']);

type Conflicts = VendorsConfig['conflicts'];
type Verdict = 'same' | 'to-bill' | 'to-sap' | 'conflict' | 'left' | 'unchanged';

/**
 * Compares three ways: what both sides said when they last agreed, what SAP says now, what BILL says now. The
 * changes of the side that owns a field travel; a change on the other side, or on both, is a conflict, and so are a
 * value that was emptied and a change of BILL's that SAP's API does not take. Without a base (a link made before
 * there were bases) the present state becomes it.
 * A vendor's currency is never changed: it would turn all its bills into another currency (BILL dossier §4.2).
 */
export function alignFields(base: FieldPair | undefined, now: FieldPair, conflicts: Conflicts): Alignment {
  const verdicts = vendorFieldNames.map((field) => [field, judge(field, base, now, conflicts)] as const);
  const all = (...wanted: Verdict[]) =>
    verdicts.filter(([, verdict]) => wanted.includes(verdict)).map(([field]) => field);
  return {
    toBill: all('to-bill'),
    toSap: all('to-sap'),
    conflicts: all('conflict'),
    left: all('left'),
    agreed: takeOver(base ?? now, now, all('same', 'left')),
  };
}

/** The base with the values of some fields as they are now. */
export function takeOver(base: FieldPair, now: FieldPair, fields: readonly VendorFieldName[]): FieldPair {
  const some = (of: FieldPair['sap']) =>
    Object.fromEntries(fields.flatMap((field) => (of[field] === undefined ? [] : [[field, of[field]]])));
  return { sap: { ...base.sap, ...some(now.sap) }, bill: { ...base.bill, ...some(now.bill) } };
}

/** The fields in which the two sides differ, as far as both tell; a supplier without a currency takes any. */
export function differingFields({ sap, bill }: FieldPair): VendorFieldName[] {
  return vendorFieldNames.filter((field) => {
    if (sap[field] === undefined || bill[field] === undefined) return false;
    if (field === 'currency' && sap[field] === '') return false;
    return !isSame(field, sap[field], bill[field]);
  });
}

function judge(
  field: VendorFieldName,
  base: FieldPair | undefined,
  { sap, bill }: FieldPair,
  conflicts: Conflicts,
): Verdict {
  if (isSame(field, sap[field], bill[field])) return 'same';
  if (base === undefined) return 'left';
  const sapChanged = isChanged(field, base.sap[field], sap[field]);
  const billChanged = isChanged(field, base.bill[field], bill[field]);
  if (!sapChanged && !billChanged) return 'unchanged';
  const owner = field === 'currency' ? 'ask' : conflicts[field];
  if (owner === 'sap' && !billChanged && sap[field] !== '') return 'to-bill';
  const mayGoToSap = owner === 'bill' && writableInSap.has(field);
  if (mayGoToSap && !sapChanged && bill[field] !== '') return 'to-sap';
  return 'conflict';
}

function isSame(field: VendorFieldName, sap: string | undefined, bill: string | undefined): boolean {
  return sap !== undefined && bill !== undefined && comparable(field, sap) === comparable(field, bill);
}

/** A side that does not tell has not changed. */
function isChanged(field: VendorFieldName, before: string | undefined, now: string | undefined): boolean {
  if (before === undefined || now === undefined) return false;
  return comparable(field, before) !== comparable(field, now);
}
