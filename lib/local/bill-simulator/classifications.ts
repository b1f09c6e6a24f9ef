import { ok } from './answer.ts';
import type { LineFields } from './bill-fields.ts';
import { type ClassificationKind, classificationKinds, type StoredClassification } from './books.ts';
import { type IdPrefix, newId } from './ids.ts';
import { answerList, type ListSpec } from './lists.ts';
import { invalid, noRight, notFound } from './refusal.ts';
import { billTime } from './values.ts';
import { find, type Handler, type World } from './world.ts';

/** Charts of accounts, departments, locations, accounting classes (BILL dossier §8); made by people in BILL. */
const prefixes: Record<ClassificationKind, IdPrefix> = {
  'chart-of-accounts': '0ca',
  departments: '0de',
  locations: 'loc',
  'accounting-classes': 'cls',
};

/** The dossier names no filter for these lists; sorting follows the general rules (§3.3). */
const classificationList: ListSpec<StoredClassification> = {
  filters: {},
  sorts: {
    name: ({ name }) => name,
    createdTime: ({ createdAt }) => createdAt,
    updatedTime: ({ updatedAt }) => updatedAt,
  },
  present: (_world, entry) => presentClassification(entry),
};

export const listClassifications =
  (kind: ClassificationKind): Handler =>
  (world, call) => {
    requireSwitchedOn(world, kind);
    return answerList(world, call, Object.values(world.books.classifications[kind]), classificationList);
  };

export const getClassification =
  (kind: ClassificationKind): Handler =>
  (world, { params }) => {
    requireSwitchedOn(world, kind);
    const entry = find(world.books.classifications[kind], params.id ?? '');
    if (entry === undefined) throw notFound(world.switches, kind, params.id ?? '');
    return ok(presentClassification(entry));
  };

export type NewClassification = Pick<
  StoredClassification,
  'name' | 'shortName' | 'description' | 'parentId' | 'account'
>;

export function addClassification(
  world: World,
  kind: ClassificationKind,
  entry: NewClassification,
): StoredClassification {
  const { books, clock } = world;
  const now = clock.now();
  const id = newId(books, prefixes[kind], entry.name, entry.account?.number ?? '');
  const stored: StoredClassification = { ...entry, id, archived: false, createdAt: now, updatedAt: now };
  books.classifications[kind][id] = stored;
  return stored;
}

export function setClassificationArchived(
  world: World,
  kind: ClassificationKind,
  id: string,
  archived: boolean,
): void {
  const entry = find(world.books.classifications[kind], id);
  if (entry === undefined) throw notFound(world.switches, kind, id);
  Object.assign(entry, { archived, updatedAt: world.clock.now() });
}

const fieldKinds: Record<keyof NonNullable<LineFields['classifications']>, string> = {
  chartOfAccountId: 'chart-of-accounts',
  accountingClassId: 'accounting-classes',
  departmentId: 'departments',
  locationId: 'locations',
  employeeId: 'employees',
  jobId: 'jobs',
  itemId: 'items',
  customerId: 'customers',
};

/** Throws Refusal when a line is coded with something that does not exist or is not switched on. */
export function checkClassifications(world: World, coded: LineFields['classifications']): void {
  for (const [field, id] of Object.entries(coded ?? {})) {
    const kind = Object.entries(fieldKinds).find(([name]) => name === field)?.[1] ?? field;
    requireSwitchedOn(world, kind);
    const known = classificationKinds.find((each) => each === kind);
    const entry = known && id && find(world.books.classifications[known], id);
    if (!entry || entry.archived) throw invalid(`classifications.${field}: no active entry ${id}`);
  }
}

function requireSwitchedOn(world: World, kind: string): void {
  if (!world.switches.classificationsOn.includes(kind)) throw noRight(`${kind} are not switched on`);
}

function presentClassification({ createdAt, updatedAt, ...entry }: StoredClassification): object {
  return { ...entry, createdTime: billTime(createdAt), updatedTime: billTime(updatedAt) };
}
