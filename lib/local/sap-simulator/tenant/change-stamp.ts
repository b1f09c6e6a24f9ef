import { isoTime } from '../../../clock.ts';
import type { Row } from '../odata/entity-type.ts';
import { sapTime } from '../sap-time.ts';
import type { Tenant } from './tenant.ts';

/** Moves both change stamps of an invoice header; the tenant's release shows one, or none (SAP dossier §0.2). */
export function moveChangeStamp({ clock, switches }: Tenant, header: Row): void {
  const stamp = sapTime(clock.now());
  header.SuplrInvcLstChgDteTmeTxt = switches.stampHasPoint ? stamp : stamp.replace('.', '');
  header.LastChangeDateTime = isoTime(clock.now());
}
