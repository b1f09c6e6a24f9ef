import { suppliers } from './suppliers.ts';

const address = (line1: string, city: string, stateOrProvince: string, zipOrPostalCode: string) => ({
  line1,
  city,
  stateOrProvince,
  zipOrPostalCode,
  country: 'US',
});

/** Vendors that somebody enters in BILL while the connector runs. */
export const vendorsBornInBill = {
  /** SAP has exactly this supplier. */
  wrenfield: {
    name: suppliers.wrenfield.name,
    billCurrency: 'USD',
    address: address('7 Fictional Court', 'Portland', 'OR', '97299'),
    additionalInfo: { taxId: suppliers.wrenfield.taxNumber.number, taxIdType: 'EIN' as const },
  },
  /** SAP has it twice. */
  larch: {
    name: 'Larch Hill Couriers LLC',
    billCurrency: 'USD',
    address: address('64 Larch Hill', 'Hartford', 'CT', '06199'),
  },
  /** SAP has nothing like it. */
  sparrow: {
    name: 'Sparrow & Vale Signs LLC',
    billCurrency: 'USD',
    accountType: 'BUSINESS' as const,
    email: 'hello@sparrow-vale.example',
    phone: '617-555-0146',
    address: address('11 Notional Street', 'Boston', 'MA', '02199'),
    additionalInfo: { taxId: '00-1000022', taxIdType: 'EIN' as const },
  },
};

/** Vendors that were in BILL before the connector: some are clear, some are not. */
export const vendorsInBill = [
  {
    name: 'QUILLSTONE SOFTWARE INC',
    billCurrency: 'USD',
    address: address('PO Box 1', 'Austin', 'TX', '73344'),
    additionalInfo: { taxId: suppliers.quillstone.taxNumber.number, taxIdType: 'EIN' as const },
  },
  {
    name: 'Pemberton Travel Partners LLC',
    billCurrency: 'USD',
    email: suppliers.pemberton.email,
    address: address('Old Office 3', 'Evanston', 'IL', '60204'),
  },
  {
    name: 'Oakmoor Insurance Brokers LLC',
    billCurrency: 'USD',
    address: address('90 Assumption Avenue', 'Hartford', 'CT', '06199'),
  },
  /** The name alone agrees. */
  {
    name: 'Kestrel Telecom, Inc.',
    billCurrency: 'USD',
    address: address('400 Elsewhere Drive', 'Miami', 'FL', '33299'),
  },
  /** Somebody entered this one twice. */
  {
    name: 'Juniper Lane Recruiting LLC',
    billCurrency: 'USD',
    address: address('31 Juniper Lane', 'Atlanta', 'GA', '30398'),
  },
  {
    name: 'Juniper Lane Recruiting, LLC',
    billCurrency: 'USD',
    email: suppliers.juniper.email,
    address: address('31 Juniper Ln', 'Atlanta', 'GA', '30398'),
  },
  /** Paid through BILL without SAP. */
  {
    name: 'Bluebell Florists',
    billCurrency: 'USD',
    address: address('2 Made-up Mews', 'Boston', 'MA', '02199'),
  },
];
