import type { Vendor } from '../bill-documents.ts';
import type { Supplier } from '../sap-suppliers.ts';
import { hasAnotherTaxId, normalizedName, signsOf } from './vendor-matching.ts';

/** How much each sign says that a supplier is the vendor. */
const weights: Readonly<Record<string, number>> = {
  'supplier number': 50,
  'tax id': 50,
  name: 30,
  'e-mail': 30,
  address: 20,
};
/** Two signs, one of which is the firm's own: its name, its tax id, or the supplier number that we wrote. */
const sureFrom = 50;

export interface ScoredSupplier {
  readonly supplier: Supplier;
  /** 0 to 180. */
  readonly score: number;
  readonly signs: readonly string[];
}

/** Which supplier in SAP a vendor of BILL is. */
export type SupplierMatch =
  | { readonly kind: 'match'; readonly found: ScoredSupplier }
  | { readonly kind: 'none' }
  /**
   * Nobody tosses a coin: several are sure, the only ones that resemble it are not, its tax id is another's, or others
   * may be as sure as the one that was read.
   */
  | { readonly kind: 'unsure'; readonly candidates: readonly ScoredSupplier[] };

/**
 * A supplier with another tax id is another firm, whatever else agrees. One that is marked for deletion is never linked
 * by itself, and where nothing else fits it keeps a second one from being created. Where SAP has more suppliers of such a
 * name than were read (`complete` is false), only a tax id makes sure: by that all of them are looked for.
 */
export function matchSupplier(
  vendor: Vendor,
  suppliers: readonly Supplier[],
  complete = true,
): SupplierMatch {
  const candidates = suppliers
    .filter((supplier) => !hasAnotherTaxId(supplier, vendor))
    .map((supplier) => scored(supplier, vendor))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score);
  const inUse = candidates.filter((each) => !each.supplier.deletionFlag);
  const [sure, ...others] = inUse.filter(isSure);
  const isAnothers = sure !== undefined && !bearsItsNumber(sure) && inUse.some(bearsItsNumber);
  const isAlone = complete || sure?.signs.includes('tax id') === true;
  if (sure !== undefined && others.length === 0 && !isAnothers && isAlone)
    return { kind: 'match', found: sure };
  const resembling = candidates.filter((each) => isSure(each) || namesTheFirm(each));
  return resembling.length === 0 ? { kind: 'none' } : { kind: 'unsure', candidates: resembling };
}

function scored(supplier: Supplier, vendor: Vendor): ScoredSupplier {
  const name = normalizedName(supplier.name);
  const sameName = name !== '' && name === normalizedName(vendor.name);
  const signs = [...(sameName ? ['name'] : []), ...signsOf(supplier, vendor)];
  return { supplier, signs, score: signs.reduce((sum, sign) => sum + (weights[sign] ?? 0), 0) };
}

function isSure(candidate: ScoredSupplier): boolean {
  return candidate.signs.length >= 2 && candidate.score >= sureFrom && namesTheFirm(candidate);
}

/** Names and addresses are shared more easily than these. */
function bearsItsNumber({ signs }: ScoredSupplier): boolean {
  return ['tax id', 'supplier number'].some((sign) => signs.includes(sign));
}

function namesTheFirm({ signs }: ScoredSupplier): boolean {
  return ['name', 'tax id', 'supplier number'].some((sign) => signs.includes(sign));
}
