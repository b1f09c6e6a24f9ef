import { namesOf } from './invoices/all-invoices.ts';
import type { Stage } from './stage.ts';
import * as on from './stage.ts';
import type { Act } from './story.ts';
import { type SupplierName, suppliers } from './suppliers.ts';
import { vendorsBornInBill } from './vendors-in-bill.ts';

/** What changes about suppliers and vendors, on either side, and who is new. */
export const vendorActs: readonly Act<Stage>[] = [
  {
    title: 'A supplier has moved, and its tax number was wrong: corrected in SAP',
    play: ({ sap }) =>
      sap.tenant.changeSupplier(suppliers.nimbus.number, {
        correctedAddress: {
          street: 'Imaginary Way',
          houseNumber: '25',
          city: 'Seattle',
          postalCode: '98198',
          region: 'WA',
          country: 'US',
        },
        taxNumbers: [{ type: 'US2', number: '00-1000905' }],
      }),
  },
  {
    title: 'A vendor tells BILL where its remittance advice is to go',
    when: (stage) => vendorOf(stage, 'nimbus')?.fields.address?.line1 === '25 Imaginary Way',
    play: (stage) =>
      stage.bill.office.editVendor(vendorOf(stage, 'tidewater')?.id ?? '', {
        email: 'remittance@tidewater-staffing.example',
        phone: '410-555-0177',
      }),
  },
  {
    title:
      'Three vendors are born in BILL: SAP knows one, two suppliers could be another one, nobody knows the third',
    when: ({ sap }) => isEmailInSap(sap, 'remittance@tidewater-staffing.example'),
    play: ({ bill }) => {
      for (const vendor of Object.values(vendorsBornInBill)) bill.office.addVendor(vendor);
    },
    raises: [{ code: 'VENDOR_MATCH_UNSURE', vendor: vendorsBornInBill.larch.name }],
  },
  {
    title: 'The vendor that SAP knew already sends its first invoice',
    when: ({ sap }) => isSupplierInSap(sap, vendorsBornInBill.sparrow.name),
    play: (stage) => on.enter(stage, namesOf('ofNewVendors')),
  },
  {
    title: 'A supplier has another name in SAP: the firm wants to be asked whether BILL is to follow',
    play: ({ sap }) =>
      sap.tenant.changeSupplier(suppliers.brightwater.number, { name: 'Brightwater Facility Care Co.' }),
    raises: [{ code: 'VENDOR_FIELD_CONFLICT', supplier: 'brightwater' }],
  },
  {
    title: 'A supplier is marked for deletion in SAP while a bill of it is open in BILL',
    when: (stage) => on.areHandedOver(stage, ['interviews']),
    play: ({ sap }) => sap.tenant.changeSupplier(suppliers.hinode.number, { deletionFlag: true }),
    raises: [{ code: 'SUPPLIER_BLOCKED_WITH_OPEN_BILLS', supplier: 'hinode' }],
  },
  {
    title: 'A vendor is archived in BILL although SAP has its supplier in use',
    play: (stage) => stage.bill.office.archiveVendor(vendorOf(stage, 'marlowe')?.id ?? ''),
    raises: [{ code: 'VENDOR_ARCHIVED_IN_BILL', supplier: 'marlowe' }],
  },
];

function vendorOf({ bill }: Stage, supplier: SupplierName) {
  return Object.values(bill.books.vendors).find(
    ({ fields }) => fields.shortName === suppliers[supplier].number,
  );
}

function isEmailInSap({ books }: Stage['sap'], email: string): boolean {
  return (books.tables.A_AddressEmailAddress ?? []).some((row) => row.EmailAddress === email);
}

function isSupplierInSap({ books }: Stage['sap'], name: string): boolean {
  return (books.tables.A_Supplier ?? []).some((row) => row.SupplierName === name);
}
