import * as z from 'zod';
import { type Clock, isoDate } from '../clock.ts';
import type { InvoiceKey, SupplierInvoice } from '../rules/sap-invoices.ts';
import { type InvoiceFeatures, invoiceFeatures } from './change-stamp.ts';
import { UnexpectedAnswer } from './failures.ts';
import type { ODataClient } from './odata-client.ts';
import { all, any, choices, compare, equal, type Filter, type Literal, v2 } from './odata-query.ts';
import { isoMoment } from './odata-values.ts';
import { entitySet, isReadable, isUnreadable, readableInvoice, readInvoice } from './read-invoice.ts';
import type { InvoicePage, InvoicePosition, InvoiceQuery, Sap, UnreadableInvoice } from './sap.ts';
import { supplierInvoiceService as service } from './services.ts';
import { sharedValue } from './shared-value.ts';
import { supplierInvoiceExpand } from './supplier-invoice-shape.ts';

const pageSize = 100;
/** Releases change a tenant's metadata twice a year. */
const featuresLastMs = 24 * 60 * 60_000;

type Read = SupplierInvoice | UnreadableInvoice;

type SupplierInvoices = Pick<Sap, 'changeStamp' | 'invoicesChangedSince' | 'invoices'>;

/** Reads A_SupplierInvoice of API_SUPPLIERINVOICE_PROCESS_SRV with everything that belongs to it (SAP dossier §4). */
export function supplierInvoices(odata: ODataClient, clock: Clock): SupplierInvoices {
  const features = sharedValue<InvoiceFeatures>(clock, featuresLastMs);
  const readFeatures = () => features.get(async () => invoiceFeatures(await odata.metadata(service)));

  return {
    changeStamp: async () => (await readFeatures()).changeStamp,
    invoicesChangedSince: async (query) => {
      const { filter, orderBy } =
        query.changeStamp === 'dates' ? inWindow(query, await readFeatures()) : byStamp(query);
      const rows = await odata.list(
        service,
        entitySet,
        { filter: all(companies(query), filter), orderBy, top: pageSize, expand: supplierInvoiceExpand },
        z.unknown(),
      );
      return pageOf(query, rows.map(readInvoice));
    },
    invoices: async (keys) => {
      const found: SupplierInvoice[] = [];
      for (const filter of choices(keys.map(keyFilter), pageSize)) {
        const query = { filter, orderBy: ['SupplierInvoice', 'FiscalYear'], expand: supplierInvoiceExpand };
        found.push(...(await odata.list(service, entitySet, query, z.unknown())).map(readableInvoice));
      }
      return found;
    },
  };
}

function keyFilter({ supplierInvoice, fiscalYear }: InvoiceKey): Filter {
  return all(equal('SupplierInvoice', v2.text(supplierInvoice)), equal('FiscalYear', v2.text(fiscalYear)));
}

function companies({ companyCodes }: InvoiceQuery): Filter {
  return any(...companyCodes.map((code) => equal('CompanyCode', v2.text(code))));
}

interface Slice {
  readonly filter: Filter;
  readonly orderBy: readonly string[];
}

/** Keyset: everything after the position in the order (stamp, invoice, year), however often rows move meanwhile. */
function byStamp({ changeStamp, after }: InvoiceQuery): Slice {
  const stamp = changeStamp === 'LastChangeDateTime' ? momentOf(after.stamp) : v2.text(after.stamp);
  return {
    filter: any(compare(changeStamp, 'gt', stamp), all(equal(changeStamp, stamp), afterInvoice(after))),
    orderBy: [changeStamp, 'SupplierInvoice', 'FiscalYear'],
  };
}

/** An empty stamp stands for the beginning of time. */
function momentOf(stamp: string): Literal {
  return v2.moment(stamp === '' ? '1970-01-01T00:00:00Z' : (isoMoment(stamp) ?? stamp));
}

/**
 * Without a stamp: what was created or posted since some days before `after.stamp`, in the order of the invoices. A
 * parked invoice keeps its creation date when it is posted later, hence the second date (SAP dossier §4.5).
 */
function inWindow({ after, reReadDays }: InvoiceQuery, { hasCreationDate }: InvoiceFeatures): Slice {
  const start = isoDate(Date.parse(`${after.stamp}T00:00:00Z`) - reReadDays * 24 * 60 * 60_000);
  const dates = hasCreationDate ? ['CreationDate', 'PostingDate'] : ['PostingDate'];
  const window = any(...dates.map((name) => compare(name, 'ge', v2.date(start))));
  return {
    filter: after.supplierInvoice === '' ? window : all(window, afterInvoice(after)),
    orderBy: ['SupplierInvoice', 'FiscalYear'],
  };
}

function afterInvoice({ supplierInvoice, fiscalYear }: InvoicePosition): Filter {
  return any(
    compare('SupplierInvoice', 'gt', v2.text(supplierInvoice)),
    all(equal('SupplierInvoice', v2.text(supplierInvoice)), compare('FiscalYear', 'gt', v2.text(fiscalYear))),
  );
}

/**
 * A full page is followed by another. SAP may cut the fractions of a moment in its answers, so that the last row
 * read comes once more; a page that brings nothing but it would never end and is refused.
 */
function pageOf(query: InvoiceQuery, all: readonly Read[]): InvoicePage {
  const fresh = all.filter((read) => !isAt(query.after, query, read));
  const invoices = fresh.filter(isReadable);
  const unreadable = fresh.filter(isUnreadable);
  if (unreadable.length > 1 && invoices.length === 0) throw nothingReadable(unreadable);
  const last = all.at(-1);
  if (last === undefined || all.length < pageSize) return { invoices, unreadable };
  const next = positionOf(query, last);
  if (isAt(query.after, query, last)) {
    throw new UnexpectedAnswer(
      `More than ${pageSize} invoices carry the change stamp ${next.stamp}: the poll cannot go on.`,
    );
  }
  return { invoices, unreadable, next };
}

/** No odd invoice, but another service than the one we know: nobody is to get an exception for each of its rows. */
function nothingReadable([first]: readonly UnreadableInvoice[]): UnexpectedAnswer {
  return new UnexpectedAnswer(`No supplier invoice of the page can be read: ${first?.unreadable ?? ''}`);
}

/** In date mode `stamp` stays that of the query: the pages of one window follow each other by invoice and year. */
function positionOf(
  { changeStamp, after }: InvoiceQuery,
  { key, changeStamp: stamp }: Read,
): InvoicePosition {
  const { supplierInvoice, fiscalYear } = key;
  return { stamp: changeStamp === 'dates' ? after.stamp : stamp, supplierInvoice, fiscalYear };
}

function isAt(position: InvoicePosition, query: InvoiceQuery, invoice: Read): boolean {
  const own = positionOf(query, invoice);
  return (
    own.stamp === position.stamp &&
    own.supplierInvoice === position.supplierInvoice &&
    own.fiscalYear === position.fiscalYear
  );
}
