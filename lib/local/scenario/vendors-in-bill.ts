import { suppliers } from './suppliers.ts';

const address = (line1: string, city: string, stateOrProvince: string, zipOrPostalCode: string) => ({
  line1,
  city,
  stateOrProvince,
  zipOrPostalCode,
  country: 'US',
});

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
