import type { ReferencePart } from '../../ledger/reference-data.ts';
import type {
  Classification,
  ClassificationKind,
  CompanyCode,
  CostCenter,
  GlAccount,
  ProfitCenter,
  ReferenceData,
} from '../../rules/reference-data.ts';
import type { Connector } from '../doors.ts';
import { entriesOf, readHead } from './reference-store.ts';

export const classificationParts: Record<ClassificationKind, ReferencePart> = {
  department: 'departments',
  location: 'locations',
  'accounting-class': 'accounting-classes',
};

/** The reference data of both sides as the ledger has it; what was never read is absent. */
export async function referenceData(
  connector: Pick<Connector, 'table' | 'referenceMemory'>,
): Promise<ReferenceData> {
  const head = await readHead(connector);
  const part = async <T extends object>(name: ReferencePart): Promise<readonly T[] | undefined> => {
    const reading = head[name];
    if (reading?.state !== 'kept') return undefined;
    return (await entriesOf(connector, name, reading)) as readonly T[];
  };
  return withoutAbsent({
    companyCodes: await part<CompanyCode>('company-codes'),
    glAccounts: await part<GlAccount>('gl-accounts'),
    costCenters: await part<CostCenter>('cost-centers'),
    profitCenters: await part<ProfitCenter>('profit-centers'),
    classifications: withoutAbsent({
      department: await part<Classification>('departments'),
      location: await part<Classification>('locations'),
      'accounting-class': await part<Classification>('accounting-classes'),
    }),
  });
}

type WithoutAbsent<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutAbsent<T extends object>(parts: T): WithoutAbsent<T> {
  return Object.fromEntries(
    Object.entries(parts).filter(([, value]) => value !== undefined),
  ) as WithoutAbsent<T>;
}
