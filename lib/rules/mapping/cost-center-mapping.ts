import type { ConnectorConfig } from '../../config/connector-config.ts';
import { isInRange, plainNumber } from '../../config/number-ranges.ts';
import type { Classification } from '../reference-data.ts';
import { type MappingProblem, theOnlyActive } from './mapped-entry.ts';

export type CostCenterMapping = { readonly id: string } | MappingProblem;

export type CostCenterConfig = NonNullable<ConnectorConfig['costCenters']>;

type CostCenterEntry = CostCenterConfig['entries'][number];

/** What BILL calls what cost centers are mapped to. */
export const classificationNames = {
  department: 'department',
  location: 'location',
  'accounting-class': 'accounting class',
} as const;

/** The field of a bill's line that carries it (BILL dossier §5.2). */
export const classificationFields = {
  department: 'departmentId',
  location: 'locationId',
  'accounting-class': 'accountingClassId',
} as const;

/**
 * BILL's department, location or accounting class for a SAP cost center: the configuration's entry for this very
 * cost center wins, then its entry for a range that holds it, then, where the configuration allows it, the entry
 * that bears the number. Archived entries are never used.
 */
export function mapCostCenter(
  costCenter: string,
  config: CostCenterConfig,
  entries: readonly Classification[],
): CostCenterMapping {
  const center = plainNumber(costCenter);
  const what = `BILL ${classificationNames[config.as]}`;
  const configured = entryFor(center, config.entries);
  if (configured !== undefined) return byEntry(center, configured, entries, what);
  const subject = `cost center ${center}`;
  if (config.match === 'explicit') {
    return { problem: 'unmapped', text: `${subject} has no entry in the configuration` };
  }
  const same = entries.filter((each) => bearsNumber(each, center));
  if (same.length > 0) {
    return theOnlyActive(same, { subject, what, which: `with the number ${center}` });
  }
  return {
    problem: 'unmapped',
    text: `${subject} has no entry in the configuration, and no ${what} bears this number`,
  };
}

/** `17101301` as the short name, as the name, or as its first word: `17101301 Finance`. */
function bearsNumber({ name, shortName }: Classification, center: string): boolean {
  if (shortName !== undefined && plainNumber(shortName) === center) return true;
  const [first = ''] = name.trim().split(/[\s:–-]+/);
  return first !== '' && plainNumber(first) === center;
}

function entryFor(center: string, entries: readonly CostCenterEntry[]): CostCenterEntry | undefined {
  const explicit = entries.find((each) => 'costCenter' in each && plainNumber(each.costCenter) === center);
  return explicit ?? entries.find((each) => 'from' in each && isInRange(center, each));
}

function byEntry(
  center: string,
  entry: CostCenterEntry,
  entries: readonly Classification[],
  what: string,
): CostCenterMapping {
  const { entry: wanted } = entry;
  const subject =
    'from' in entry ? `cost center ${center} (${entry.from} to ${entry.to})` : `cost center ${center}`;
  const found = named(wanted, entries);
  if (found.length > 0) return theOnlyActive(found, { subject, what, which: `"${wanted}"` });
  return { problem: 'missing', text: `${subject} is mapped to "${wanted}", which is no ${what}` };
}

/** By id, else by name, else by short name. */
function named(wanted: string, entries: readonly Classification[]): Classification[] {
  const by = (of: (each: Classification) => string | undefined) =>
    entries.filter((each) => of(each)?.trim().toLowerCase() === wanted.trim().toLowerCase());
  return (
    [by(({ id }) => id), by(({ name }) => name), by(({ shortName }) => shortName)].find(
      (found) => found.length > 0,
    ) ?? []
  );
}
