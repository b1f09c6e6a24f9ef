/** The firm's suppliers: every one invented, with addresses, numbers and domains that nobody has. */
export interface FirmSupplier {
  readonly number: string;
  readonly name: string;
  readonly person?: true;
  readonly street: string;
  readonly houseNumber: string;
  readonly city: string;
  readonly postalCode: string;
  readonly region?: string;
  readonly country: 'US' | 'DE' | 'JP';
  readonly email: string;
  readonly phone?: string;
  /** `US1` a person's, `US2` a firm's number; `DE1` a German, `JP1` a Japanese tax number. */
  readonly taxNumber: { readonly type: 'US1' | 'US2' | 'DE1' | 'JP1'; readonly number: string };
  /** Number of the supplier that is paid in its place. */
  readonly alternativePayee?: string;
}

const us = (
  number: string,
  name: string,
  address: readonly [houseNumber: string, street: string, city: string, region: string, postalCode: string],
  email: string,
  taxNumber: string,
): FirmSupplier => {
  const [houseNumber, street, city, region, postalCode] = address;
  const tax = { type: 'US2' as const, number: taxNumber };
  return {
    number,
    name,
    street,
    houseNumber,
    city,
    postalCode,
    region,
    country: 'US',
    email,
    taxNumber: tax,
  };
};

const de = (
  number: string,
  name: string,
  address: readonly [street: string, houseNumber: string, postalCode: string, city: string],
  email: string,
  taxNumber: string,
): FirmSupplier => {
  const [street, houseNumber, postalCode, city] = address;
  const tax = { type: 'DE1' as const, number: taxNumber };
  return { number, name, street, houseNumber, city, postalCode, country: 'DE', email, taxNumber: tax };
};

export const suppliers = {
  harborlight: us(
    '17300001',
    'Harborlight Office Properties LLC',
    ['12', 'Example Wharf', 'Boston', 'MA', '02199'],
    'rent@harborlight.example',
    '00-1000001',
  ),
  quillstone: us(
    '17300002',
    'Quillstone Software, Inc.',
    ['480', 'Sample Avenue', 'Austin', 'TX', '73301'],
    'ar@quillstone.example',
    '00-1000002',
  ),
  pemberton: us(
    '17300003',
    'Pemberton Travel Partners LLC',
    ['77', 'Placeholder Street', 'Chicago', 'IL', '60699'],
    'billing@pemberton.example',
    '00-1000003',
  ),
  brightwater: us(
    '17300004',
    'Brightwater Cleaning Co.',
    ['9', 'Model Lane', 'Boston', 'MA', '02199'],
    'office@brightwater.example',
    '00-1000004',
  ),
  nimbus: us(
    '17300005',
    'Nimbus Ledger Cloud Corp.',
    ['1', 'Testing Plaza', 'Seattle', 'WA', '98199'],
    'invoices@nimbus-ledger.example',
    '00-1000005',
  ),
  alder: us(
    '17300006',
    'Alder & Thorne Legal Group LLP',
    ['300', 'Fixture Street', 'New York', 'NY', '10199'],
    'accounts@alder-thorne.example',
    '00-1000006',
  ),
  tidewater: {
    ...us(
      '17300007',
      'Tidewater Staffing Group, Inc.',
      ['52', 'Mockingbird Row', 'Baltimore', 'MD', '21298'],
      'ar@tidewater-staffing.example',
      '00-1000007',
    ),
    phone: '410-555-0100',
  },
  copperleaf: us(
    '17300008',
    'Copperleaf Catering LLC',
    ['18', 'Specimen Road', 'Boston', 'MA', '02199'],
    'events@copperleaf.example',
    '00-1000008',
  ),
  meridian: us(
    '17300009',
    'Meridian Learning Institute',
    ['2200', 'Dummy Boulevard', 'Denver', 'CO', '80299'],
    'finance@meridian-learning.example',
    '00-1000009',
  ),
  foxglove: us(
    '17300010',
    'Foxglove Print & Paper Co.',
    ['640', 'Invented Way', 'Portland', 'OR', '97299'],
    'orders@foxglove-print.example',
    '00-1000010',
  ),
  kestrel: us(
    '17300011',
    'Kestrel Telecom, Inc.',
    ['5', 'Sample Signal Court', 'Dallas', 'TX', '75398'],
    'billing@kestrel-telecom.example',
    '00-1000011',
  ),
  juniper: us(
    '17300012',
    'Juniper Lane Recruiting LLC',
    ['31', 'Juniper Lane', 'Atlanta', 'GA', '30398'],
    'office@juniperlane.example',
    '00-1000012',
  ),
  stonebridge: us(
    '17300013',
    'Stonebridge IT Hardware, Inc.',
    ['1400', 'Example Parkway', 'Phoenix', 'AZ', '85099'],
    'ar@stonebridge-it.example',
    '00-1000013',
  ),
  marlowe: {
    ...us(
      '17300014',
      'Elena Marlowe',
      ['8', 'Fictional Court', 'Providence', 'RI', '02999'],
      'elena@marlowe.example',
      '000-00-0014',
    ),
    person: true,
    taxNumber: { type: 'US1', number: '000-00-0014' },
  },
  oakmoor: us(
    '17300015',
    'Oakmoor Insurance Brokers LLC',
    ['90', 'Assumption Avenue', 'Hartford', 'CT', '06199'],
    'premium@oakmoor.example',
    '00-1000015',
  ),
  /** Belongs to Harborlight, which collects for it. */
  mooring: {
    ...us(
      '17300016',
      'Mooring Row Parking LLC',
      ['14', 'Example Wharf', 'Boston', 'MA', '02199'],
      'lots@mooring-row.example',
      '00-1000016',
    ),
    alternativePayee: '17300001',
  },
  /** One account for many: who it is stands on each invoice. */
  oneTime: us(
    '17300090',
    'One-time suppliers US',
    ['1', 'No Street', 'Boston', 'MA', '02199'],
    'nobody@one-time.example',
    '00-1000090',
  ),
  hinode: {
    number: '17300017',
    name: 'Hinode Research K.K. 日の出リサーチ',
    street: 'Mihoncho',
    houseNumber: '3',
    city: 'Tokyo',
    postalCode: '100-9999',
    country: 'JP',
    email: 'keiri@hinode.example',
    taxNumber: { type: 'JP1', number: '0-0000-0000-0017' },
  },
  /** Somebody entered its vendor in BILL. */
  wrenfield: us(
    '17300018',
    'Wrenfield Translations LLC',
    ['7', 'Fictional Court', 'Portland', 'OR', '97299'],
    'office@wrenfield.example',
    '00-1000018',
  ),
  /** Somebody entered this one twice in SAP. */
  larch: us(
    '17300019',
    'Larch Hill Couriers LLC',
    ['64', 'Larch Hill', 'Hartford', 'CT', '06199'],
    'desk@larch-hill.example',
    '00-1000019',
  ),
  larchAgain: us(
    '17300020',
    'Larch Hill Couriers, LLC',
    ['64', 'Larch Hill', 'Hartford', 'CT', '06199'],
    'billing@larch-hill.example',
    '00-1000020',
  ),
  lindenhof: de(
    '10300001',
    'Lindenhof Immobilien GmbH',
    ['Musterallee', '4', '10999', 'Berlin'],
    'miete@lindenhof.example',
    '99/000/00001',
  ),
  fernweh: de(
    '10300002',
    'Fernweh Reisen GmbH',
    ['Beispielgasse', '17', '80999', 'München'],
    'buchhaltung@fernweh.example',
    '99/000/00002',
  ),
} as const satisfies Record<string, FirmSupplier>;

export type SupplierName = keyof typeof suppliers;
