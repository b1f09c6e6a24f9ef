import type { SapService, SapSwitches } from '../switches.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { EntityType, Property, Row } from './entity-type.ts';
import type { EntityWrites } from './entity-writes.ts';
import type { Version } from './literals.ts';

/** What one OData service of the tenant serves. */
export interface ODataService {
  readonly name: SapService;
  readonly version: Version;
  /** `/sap/opu/odata/sap/API_SUPPLIERINVOICE_PROCESS_SRV`. */
  readonly path: string;
  readonly namespace: string;
  entities(switches: SapSwitches): readonly EntityType[];
  /** Rows as they show at this moment. */
  rows(tenant: Tenant, set: string): readonly Row[];
  /** Called before a collection is read. */
  beforeList?(set: string): void;
  readonly functions: Readonly<Record<string, FunctionImport | ReadingFunction>>;
  /** Entity sets whose entities are files; they are read by key alone (`sap:addressable="false"`). */
  readonly media?: Readonly<Record<string, Media>>;
  /** Entity sets that may be written; their entities carry an ETag. */
  readonly writes?: Readonly<Record<string, EntityWrites>>;
}

/** A function import of OData V2, called with POST and its parameters in the query (dossier §4.4). */
export interface FunctionImport {
  readonly parameters: Readonly<Record<string, Property>>;
  run(tenant: Tenant, values: Readonly<Record<string, string>>): Row;
}

/** A function import of OData V2 that is called with GET and answers entities of a set. */
export interface ReadingFunction {
  readonly parameters: Readonly<Record<string, Property>>;
  readonly optional: readonly string[];
  readonly set: string;
  rows(tenant: Tenant, values: Readonly<Record<string, string>>): readonly Row[];
}

/** What `$value` of an entity answers. */
export type Media = (tenant: Tenant, row: Row) => { readonly bytes: Uint8Array; readonly type: string };
