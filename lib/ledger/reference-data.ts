import type { RecordType } from './record.ts';

/** The parts of the reference data, each read and kept by itself. */
export const referenceParts = [
  'company-codes',
  'gl-accounts',
  'cost-centers',
  'profit-centers',
  'departments',
  'locations',
  'accounting-classes',
] as const;

export type ReferencePart = (typeof referenceParts)[number];

/** How a part was read last. */
export interface ReferenceReading {
  /** ISO time of the last look at the side it comes from. */
  readonly readAt: string;
  /** ISO time of the last look at all of it; between them only changes are asked for, where there is a stamp. */
  readonly fullAt: string;
  /** `not-used`: BILL has no such list in this organization. `refused`: SAP offers the service in no arrangement. */
  readonly state: 'kept' | 'not-used' | 'refused';
  /** Which pages hold it: the next content goes to the other ones, so that nobody reads half of each. */
  readonly slot: 'a' | 'b';
  readonly pages: number;
  readonly entries: number;
  /** ISO time since when the pages hold what they hold. */
  readonly contentAt: string;
  /** Greatest change stamp among the entries, as ISO time. */
  readonly changedAt?: string;
}

/** Which parts are kept, and since when; one item, so that one read tells whether anything is new. */
export type ReferenceHead = Partial<Record<ReferencePart, ReferenceReading>>;

export const referenceHead: RecordType<ReferenceHead> = {
  key: () => ({ pk: 'REFERENCE-DATA', sk: 'HEAD' }),
  listing: () => ({}),
};

/** Entries of one part, in pages so that no item grows too large. */
export interface ReferencePage {
  readonly entries: readonly object[];
}

/** By `gl-accounts a 0`: part, slot, page. */
export const referencePages: RecordType<ReferencePage> = {
  key: (id) => {
    const [part = '', slot = '', page = ''] = id.split(' ');
    return { pk: `REFERENCE-DATA#${part}`, sk: `${slot}#${page.padStart(4, '0')}` };
  },
  listing: () => ({}),
};

/** What a process has read of it already; true as long as the head tells the same time of the content. */
export type ReferenceMemory = Map<ReferencePart, { contentAt: string; entries: readonly object[] }>;
