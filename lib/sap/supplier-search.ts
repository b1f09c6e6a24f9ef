import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { ChangedSupplier } from '../rules/sap-suppliers.ts';
import type { ODataClient } from './odata-client.ts';
import { all, any, compare, equal, type Filter, startsWith, v2 } from './odata-query.ts';
import { optionalDate, optionalText, requiredText, withoutZeros } from './odata-values.ts';
import type { Sap, SupplierPosition, SupplierTraits } from './sap.ts';
import { businessPartnerService as service } from './services.ts';
import { readPartners, supplierOf } from './suppliers.ts';

const pageSize = 100;
/** More rows with one first word, e-mail or tax number are not read. */
const mostAlike = 100;

type SupplierSearch = Pick<Sap, 'suppliersChangedSince' | 'suppliersLike' | 'suppliersBySearchKey'>;

/** Finds suppliers by when they changed and by what is known of them (SAP dossier §6). */
export function supplierSearch(odata: ODataClient, clock: Clock): SupplierSearch {
  const read = async (alternatives: readonly Filter[]) => {
    const partners = await readPartners(
      odata,
      alternatives.map((each) => all(each, isSupplier)),
    );
    return partners.map((partner) => supplierOf(partner, clock.now()));
  };

  return {
    suppliersChangedSince: async (after) => {
      const rows = await odata.list(
        service,
        'A_BusinessPartner',
        {
          filter: all(isSupplier, changedAfter(after)),
          orderBy: ['LastChangeDate', 'LastChangeTime', 'BusinessPartner'],
          top: pageSize,
          select: changedSelect,
        },
        changedRow,
      );
      const changed = rows.map(changedOf);
      const last = changed.at(-1);
      return changed.length < pageSize || last === undefined ? { changed } : { changed, next: last };
    },
    suppliersLike: async (traits) => {
      const byName = await partnersByName(odata, traits.name);
      const others = [...(await partnersByTaxId(odata, traits)), ...(await partnersByEmail(odata, traits))];
      const numbers = [...new Set([...byName, ...others])];
      const suppliers = await read(numbers.map((number) => equal('BusinessPartner', v2.text(number))));
      return { suppliers, complete: byName.length < mostAlike };
    },
    suppliersBySearchKey: (searchKey) => read([equal('SearchTerm2', v2.text(searchKey))]),
  };
}

/** Customers and contact persons are business partners too. */
const isSupplier = compare('Supplier', 'ne', v2.text(''));

const changedSelect = [
  'BusinessPartner',
  'Supplier',
  'BusinessPartnerFullName',
  'LastChangeDate',
  'LastChangeTime',
];

const changedRow = z.object({
  BusinessPartner: requiredText,
  Supplier: requiredText.transform(withoutZeros),
  BusinessPartnerFullName: optionalText,
  LastChangeDate: optionalDate,
  LastChangeTime: optionalText,
});

function changedOf(row: z.output<typeof changedRow>): ChangedSupplier {
  return {
    supplier: row.Supplier,
    businessPartner: row.BusinessPartner,
    name: row.BusinessPartnerFullName ?? '',
    changedAt: `${row.LastChangeDate ?? '0001-01-01'}T${clockTime(row.LastChangeTime)}`,
  };
}

/** `hh:mm:ss` of `PT9H5M7S`. */
function clockTime(duration = ''): string {
  const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?$/.exec(duration)?.slice(1) ?? [];
  return [0, 1, 2].map((place) => (parts[place] ?? '0').padStart(2, '0')).join(':');
}

/** Date and time are two properties; the business partner keeps pages in a stable order where both are equal. */
function changedAfter({ changedAt, businessPartner }: SupplierPosition): Filter {
  const [day = '', clock = ''] = changedAt.split('T');
  const [date, time] = [v2.date(day), v2.time(clock)];
  const sameDay = equal('LastChangeDate', date);
  return any(
    compare('LastChangeDate', 'gt', date),
    all(sameDay, compare('LastChangeTime', 'gt', time)),
    all(sameDay, equal('LastChangeTime', time), compare('BusinessPartner', 'gt', v2.text(businessPartner))),
  );
}

const partnerKey = z.object({ BusinessPartner: requiredText });
const addressKey = z.object({ AddressID: requiredText });

/** OData compares text with its case: the first word as it is, as a name and in capitals; the search term is in capitals. */
async function partnersByName(odata: ODataClient, name: string): Promise<string[]> {
  const word = /[\p{L}\p{N}]{2,}/u.exec(name)?.[0] ?? name.trim().slice(0, 20);
  const capitals = word.toUpperCase();
  const asName = `${capitals.slice(0, 1)}${word.slice(1).toLowerCase()}`;
  const spellings = [...new Set([word, asName, capitals])].map((each) => each.slice(0, 40));
  const filter = all(
    isSupplier,
    any(
      ...spellings.map((each) => startsWith('OrganizationBPName1', v2.text(each))),
      startsWith('SearchTerm1', v2.text(capitals.slice(0, 20))),
    ),
  );
  const query = { filter, orderBy: ['BusinessPartner'], top: mostAlike, select: ['BusinessPartner'] };
  return (await odata.list(service, 'A_BusinessPartner', query, partnerKey)).map(
    (row) => row.BusinessPartner,
  );
}

/** A tax id as it is, and without its signs. */
async function partnersByTaxId(odata: ODataClient, { taxId }: SupplierTraits): Promise<string[]> {
  if (taxId === undefined || taxId === '' || taxId.length > 20) return [];
  const spellings = [...new Set([taxId, taxId.replace(/[^0-9A-Za-z]/g, '')])];
  const filter = any(...spellings.map((each) => equal('BPTaxNumber', v2.text(each))));
  const query = { filter, orderBy: ['BusinessPartner'], top: mostAlike, select: ['BusinessPartner'] };
  return (await odata.list(service, 'A_BusinessPartnerTaxNumber', query, partnerKey)).map(
    (row) => row.BusinessPartner,
  );
}

async function partnersByEmail(odata: ODataClient, { email }: SupplierTraits): Promise<string[]> {
  if (email === undefined || email === '' || email.length > 241) return [];
  const spellings = [...new Set([email, email.toLowerCase()])];
  const byEmail = any(...spellings.map((each) => equal('EmailAddress', v2.text(each))));
  const emails = await odata.list(
    service,
    'A_AddressEmailAddress',
    { filter: byEmail, orderBy: ['AddressID'], top: 20, select: ['AddressID'] },
    addressKey,
  );
  if (emails.length === 0) return [];
  const byAddress = any(...emails.map((row) => equal('AddressID', v2.text(row.AddressID))));
  const query = {
    filter: byAddress,
    orderBy: ['BusinessPartner'],
    top: mostAlike,
    select: ['BusinessPartner'],
  };
  return (await odata.list(service, 'A_BusinessPartnerAddress', query, partnerKey)).map(
    (row) => row.BusinessPartner,
  );
}
