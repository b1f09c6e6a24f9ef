import { isoTime } from '../../clock.ts';
import { bodyOf } from '../../ledger/record.ts';
import type { VendorLink } from '../../ledger/vendors.ts';
import type { VendorWork } from '../../work/messages.ts';
import type { Connector } from '../doors.ts';
import { sendSapWork } from '../payments/send-sap-work.ts';
import type { PollReport } from '../use-cases.ts';
import { isLinked, isNews, type Linked } from './supplier-news.ts';

const pageSize = 100;

/**
 * Once a day: every linked supplier as SAP shows it against what was compared last, because it is unknown whether a
 * change of an address, a tax number or a company code moves the business partner's stamp (SAP dossier §6). What
 * differs is queued; so is every blocked supplier, whose open bills may have been paid since.
 */
export async function compareSuppliers(connector: Connector): Promise<PollReport> {
  const report = { found: 0, queued: 0 };
  let after: string | undefined;
  do {
    const page = await connector.table.queryIndex('kind', 'link', {
      limit: pageSize,
      ...(after === undefined ? {} : { after }),
    });
    const links = page.items.flatMap((item) => bodyOf<VendorLink>(item) ?? []).filter(isLinked);
    const compared = await comparePage(connector, links);
    report.found += compared.found;
    report.queued += compared.queued;
    after = page.next;
  } while (after !== undefined);
  return report;
}

async function comparePage(connector: Connector, links: readonly Linked[]): Promise<PollReport> {
  if (links.length === 0) return { found: 0, queued: 0 };
  const suppliers = await connector.sap.suppliers(links.map(({ supplier }) => supplier));
  const byNumber = new Map(suppliers.map((each) => [each.supplier, each]));
  const differing = links.filter((link) => isNews(connector, link, byNumber.get(link.supplier)));
  const blocked = links.filter((link) => link.block !== undefined && !differing.includes(link));
  await sendSapWork(
    connector,
    [...differing, ...blocked].map((link) => messageOf(connector, link)),
  );
  return { found: differing.length, queued: differing.length + blocked.length };
}

function messageOf({ clock }: Connector, { vendorId, supplier }: Linked) {
  const message: VendorWork = { kind: 'vendor', vendorId, reason: `comparison of supplier ${supplier}` };
  return { message, deduplicationId: `${vendorId}-compared-${isoTime(clock.now()).replace(/\W/g, '')}` };
}
