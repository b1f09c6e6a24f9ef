import type { ConnectorConfig } from '../config/connector-config.ts';
import { mapAccount } from './account-mapping.ts';
import { mapCostCenter } from './cost-center-mapping.ts';
import type { MappingProblem } from './mapped-entry.ts';
import type { Coding } from './reference-data.ts';
import type { SupplierInvoice } from './sap-documents.ts';

/** One value that leads to no entry, and how many invoices wait for it. */
interface MappingGap extends MappingProblem {
  readonly value: string;
  readonly invoices: number;
}

/** How many of the values that invoices use are mapped. */
export interface Coverage {
  readonly used: number;
  readonly mapped: number;
  /** The most used first. */
  readonly gaps: readonly MappingGap[];
}

export interface MappingCoverage {
  readonly invoices: number;
  readonly accounts: Coverage;
  /** Absent where cost centers are not mapped. */
  readonly costCenters?: Coverage;
}

/** Measured over these invoices, each value counted once however often it is used. */
export function mappingCoverage(
  invoices: readonly SupplierInvoice[],
  config: ConnectorConfig,
  { chart, reference }: Coding,
): MappingCoverage {
  const { costCenters } = config;
  const accounts = coverage(valuesOf(invoices, 'glAccount'), (each) => mapAccount(each, config, chart));
  if (costCenters === undefined) return { invoices: invoices.length, accounts };
  const entries = reference.classifications?.[costCenters.as] ?? [];
  return {
    invoices: invoices.length,
    accounts,
    costCenters: coverage(valuesOf(invoices, 'costCenter'), (each) =>
      mapCostCenter(each, costCenters, entries),
    ),
  };
}

/** Each value with the number of invoices that use it. */
function valuesOf(
  invoices: readonly SupplierInvoice[],
  field: 'glAccount' | 'costCenter',
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { lines } of invoices) {
    for (const value of new Set(lines.flatMap((line) => line[field] ?? [])))
      counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function coverage(values: ReadonlyMap<string, number>, map: (value: string) => object): Coverage {
  const gaps = [...values].flatMap(([value, invoices]) => {
    const mapping = map(value);
    return isProblem(mapping) ? [{ ...mapping, value, invoices }] : [];
  });
  return {
    used: values.size,
    mapped: values.size - gaps.length,
    gaps: gaps.sort((left, right) => right.invoices - left.invoices || (left.value < right.value ? -1 : 1)),
  };
}

function isProblem(mapping: object): mapping is MappingProblem {
  return 'problem' in mapping;
}
