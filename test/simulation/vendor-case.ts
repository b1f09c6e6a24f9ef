import { listExceptions } from '../../lib/journeys/exceptions/clear-exceptions.ts';
import { readRecord } from '../../lib/ledger/record.ts';
import { vendorLinks } from '../../lib/ledger/vendors.ts';
import { newCast, story } from './story.ts';
import { World, type WorldOptions } from './world.ts';

/** Of vendors that are born in BILL. */
export const address = {
  line1: '5 Sample Road',
  city: 'Sampleton',
  zipOrPostalCode: '00005',
  country: 'US',
  stateOrProvince: 'NY',
};

export const createInSap = {
  grouping: 'BP02',
  companyCodes: [{ companyCode: '1710', payableAccount: '21100000', paymentTerms: 'NT30' }],
};

/** A world in which two suppliers are linked to their vendors; one of them is named. */
export async function linkedWorld(options: WorldOptions = {}) {
  const world = new World({ vendors: true, ...options });
  const cast = newCast();
  for (const act of story.slice(0, 2)) {
    await act.play(world, cast);
    await later(world);
  }
  const supplier = cast.suppliers.fresh ?? '';
  const link = await readRecord(world.table, vendorLinks, supplier);
  return { world, supplier, vendorId: link?.vendorId ?? '' };
}

export async function later(world: World, milliseconds = 60_000): Promise<void> {
  world.clock.pass(milliseconds);
  await world.settleDown();
}

/** The open exceptions, but for that of the story's own invoice. */
export async function openExceptions(world: World) {
  return (await listExceptions(world)).filter(({ code }) => code !== 'ACCOUNT_NOT_MAPPED');
}

export async function codes(world: World): Promise<string[]> {
  return (await openExceptions(world)).map(({ code }) => code);
}
