import { created, ok } from './answer.ts';
import { readBody, readBulk } from './bodies.ts';
import type { StoredVendor } from './books.ts';
import { tellVendor } from './events.ts';
import { ordered } from './filters.ts';
import { newId } from './ids.ts';
import { answerList, type ListSpec } from './lists.ts';
import { invalid, notAllowed, notFound, untrusted } from './refusal.ts';
import { billTime } from './values.ts';
import { newVendor, type VendorFields, vendorChange } from './vendor-fields.ts';
import { find, type Handler, type World } from './world.ts';

/** Vendors (BILL dossier §4). */
const MOST_IN_BULK = 20;

const oneOf = ['eq', 'ne', 'in', 'nin'] as const;

const vendorList: ListSpec<StoredVendor> = {
  filters: {
    id: { operators: ['eq', 'ne', 'in'], kind: 'text', of: ({ id }) => id },
    archived: { operators: ['eq', 'ne'], kind: 'flag', of: ({ archived }) => archived },
    name: {
      operators: ['eq', 'sw'],
      kind: 'text',
      of: ({ fields }) => fields.name,
      ignoresCase: (switches) => !switches.vendorNameFilterCaseSensitive,
    },
    accountType: { operators: oneOf, kind: 'text', of: ({ fields }) => fields.accountType },
    'address.country': { operators: ['eq', 'ne'], kind: 'text', of: ({ fields }) => fields.address?.country },
    billCurrency: { operators: oneOf, kind: 'text', of: ({ fields }) => fields.billCurrency },
    createdTime: { operators: ordered, kind: 'time', of: ({ createdAt }) => createdAt },
    updatedTime: { operators: ordered, kind: 'time', of: ({ updatedAt }) => updatedAt },
  },
  sorts: {
    name: ({ fields }) => fields.name,
    archived: ({ archived }) => archived,
    createdTime: ({ createdAt }) => createdAt,
    updatedTime: ({ updatedAt }) => updatedAt,
  },
  comesLate: true,
  present: (world, vendor) => presentVendor(vendor, world.switches.thinListRows),
};

export const listVendors: Handler = (world, call) =>
  answerList(world, call, Object.values(world.books.vendors), vendorList);

export const getVendor: Handler = (world, { params }) => {
  const vendor = vendorById(world, params.vendorId);
  if (vendor.createdAt + world.switches.readLagMs > world.clock.now()) {
    throw notFound(world.switches, 'vendor', vendor.id);
  }
  return ok(presentVendor(vendor));
};

export const createVendor: Handler = (world, call) => {
  const fields = readBody(newVendor, call.json());
  checkVendor(world, fields);
  return created(presentVendor(addVendor(world, fields)));
};

/** All or nothing. */
export const createVendors: Handler = (world, call) => {
  const all = readBulk(newVendor, call.json(), MOST_IN_BULK);
  for (const fields of all) checkVendor(world, fields);
  return created({ vendors: all.map((fields) => presentVendor(addVendor(world, fields))) });
};

export const patchVendor: Handler = (world, call) => {
  const vendor = vendorById(world, call.params.vendorId);
  const change = readBody(vendorChange, call.json());
  if (change.paymentInformation?.bankAccount) throw invalid('the bank account cannot be changed by PATCH');
  checkVendor(world, change, vendor);
  if (!vendor.isConnected) changeVendor(world, vendor, change);
  else if (world.switches.changeOfConnectedVendor === 'refused')
    throw notAllowed(`The vendor ${vendor.id} is connected and keeps its own data.`);
  return ok(presentVendor(vendor));
};

export const archiveVendor: Handler = (world, { params }) =>
  ok(presentVendor(setVendorArchived(world, vendorById(world, params.vendorId), true)));

export const restoreVendor: Handler = (world, { params }) =>
  ok(presentVendor(setVendorArchived(world, vendorById(world, params.vendorId), false)));

export function vendorById(world: World, id = ''): StoredVendor {
  const vendor = find(world.books.vendors, id);
  if (vendor === undefined) throw notFound(world.switches, 'vendor', id);
  return vendor;
}

function checkVendor(world: World, fields: VendorFields, changed?: StoredVendor): void {
  if (fields.autoPay?.enabled) throw untrusted();
  if (world.switches.duplicateVendorNames === 'accepted') return;
  const same = Object.values(world.books.vendors).some(
    (other) => other !== changed && !other.archived && other.fields.name === fields.name,
  );
  if (same) throw notAllowed(`A vendor named "${fields.name}" exists.`);
}

export function addVendor(world: World, fields: VendorFields & { name: string }): StoredVendor {
  const { books, clock } = world;
  const now = clock.now();
  const vendor: StoredVendor = {
    id: newId(books, '009', fields.name),
    archived: false,
    fields: { billCurrency: 'USD', ...fields },
    createdAt: now,
    updatedAt: now,
  };
  books.vendors[vendor.id] = vendor;
  tellVendor(world, 'created', vendor);
  return vendor;
}

/** Nested objects are merged. A notification goes out for the name and the address only (§9.5). */
export function changeVendor(world: World, vendor: StoredVendor, change: VendorFields): void {
  const { fields } = vendor;
  vendor.fields = {
    ...fields,
    ...change,
    name: change.name ?? fields.name,
    address: { ...fields.address, ...change.address },
    paymentInformation: { ...fields.paymentInformation, ...change.paymentInformation },
    additionalInfo: { ...fields.additionalInfo, ...change.additionalInfo },
  };
  vendor.updatedAt = world.clock.now();
  if (change.name !== undefined || change.address !== undefined) tellVendor(world, 'updated', vendor);
}

export function setVendorArchived(world: World, vendor: StoredVendor, archived: boolean): StoredVendor {
  if (vendor.archived === archived) return vendor;
  vendor.archived = archived;
  vendor.updatedAt = world.clock.now();
  tellVendor(world, archived ? 'archived' : 'restored', vendor);
  return vendor;
}

/** The vendor joins BILL's network: from now on it keeps its own data (§4.4). */
export function connectVendor(world: World, vendor: StoredVendor): void {
  vendor.isConnected = true;
  vendor.updatedAt = world.clock.now();
  tellVendor(world, 'updated', vendor);
}

function presentVendor(vendor: StoredVendor, thin = false): object {
  const { address, paymentInformation, additionalInfo, autoPay, accountType, ...plain } = vendor.fields;
  const { bankAccount, ...payee } = paymentInformation ?? {};
  const nested = thin ? {} : { address, paymentInformation: payee, additionalInfo, autoPay };
  return {
    id: vendor.id,
    archived: vendor.archived,
    recordStatus: vendor.archived ? 'INACTIVE' : 'ACTIVE',
    ...plain,
    accountType: accountType === undefined || accountType === 'NONE' ? 'UNDEFINED' : accountType,
    ...nested,
    bankAccountStatus: bankAccount ? 'NO_NET_LINKED_ACCOUNT' : 'NO_ACCOUNT',
    recurringPayments: false,
    networkStatus: vendor.isConnected ? 'CONNECTED' : 'NOT_CONNECTED',
    createdTime: billTime(vendor.createdAt),
    updatedTime: billTime(vendor.updatedAt),
  };
}
