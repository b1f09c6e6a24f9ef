import { isInRange } from '../../config/number-ranges.ts';
import { sum } from '../../money.ts';
import type { BillSimulator } from '../bill-simulator/create-bill-simulator.ts';
import type { SapSimulator } from '../sap-simulator/create-sap-simulator.ts';
import {
  accountNames,
  accounts,
  accountsArchivedInBill,
  accountsMissingInBill,
  accountsWithOtherNumber,
  type CostCenter,
  costCenterNames,
  costCenters,
  departments,
  endedCostCenters,
  facilities,
  firm,
} from './firm.ts';
import { allInvoices } from './invoices/all-invoices.ts';
import type { OrderItem } from './invoices/firm-invoice.ts';
import { type FirmSupplier, type SupplierName, suppliers } from './suppliers.ts';
import { vendorsInBill } from './vendors-in-bill.ts';

/** The bank account that pays, as BILL knows it. */
const bank = { bankName: 'First Example Bank', nameOnAccount: firm.name, accountNumberEnd: '2333' };

/** SAP as the firm has set it up before the connector goes live: companies, accounts, suppliers, purchase orders. */
export function openSap({ books, tenant }: SapSimulator): void {
  const { companyCodes, glAccounts } = books.organization;
  for (const [code, { name, currency }] of Object.entries(firm.companyCodes)) {
    const company = companyCodes[code];
    if (company !== undefined) companyCodes[code] = { ...company, name, currency };
  }
  for (const [account, number] of Object.entries(accounts)) {
    glAccounts[number] = { name: accountNames[account as keyof typeof accounts], type: 'profit-loss' };
  }
  openCostCenters(books.organization.costCenters);
  for (const name of Object.keys(suppliers) as SupplierName[]) {
    tenant.addSupplier(asNewSupplier(name, suppliers[name]));
  }
  for (const order of purchaseOrders()) tenant.addPurchaseOrder(order);
}

/** BILL as the firm uses it already: chart of accounts, the bank, a few vendors, and last a webhook subscription for payments. */
export function openBill({ office }: BillSimulator, notificationUrl: string): void {
  for (const [account, number] of Object.entries(accounts)) {
    const name = account as keyof typeof accounts;
    if (accountsMissingInBill.includes(name)) continue;
    const id = office.addChartOfAccount({
      name: accountNames[name],
      number: accountsWithOtherNumber[name] ?? number,
    });
    if (accountsArchivedInBill.includes(name)) office.archiveClassification('chart-of-accounts', id);
  }
  office.addChartOfAccount({ name: facilities.name, number: facilities.number });
  openDepartments(office);
  office.addFundingAccount(bank);
  for (const vendor of vendorsInBill) office.addVendor(vendor);
  office.addSubscription({ notificationUrl, events: ['payment.updated', 'payment.failed'] });
}

function openCostCenters(centers: SapSimulator['books']['organization']['costCenters']): void {
  for (const [name, number] of Object.entries(costCenters) as [CostCenter, string][]) {
    const validTo = endedCostCenters[name];
    const { companyCode = number.slice(0, 4), profitCenter = 'YB110' } = centers[number] ?? {};
    centers[number] = {
      name: costCenterNames[name],
      companyCode,
      profitCenter,
      ...(validTo === undefined ? {} : { validTo }),
    };
  }
}

function openDepartments(office: BillSimulator['office']): void {
  const { workplace, germany } = departments;
  for (const [name, number] of Object.entries(costCenters) as [CostCenter, string][]) {
    if (name === workplace.of || isInRange(number, germany)) continue;
    office.addDepartment({ name: `${number} ${costCenterNames[name]}` });
  }
  for (const { name, shortName } of [workplace, germany]) office.addDepartment({ name, shortName });
}

function asNewSupplier(name: SupplierName, supplier: FirmSupplier) {
  const { number, street, houseNumber, city, postalCode, region, country, email, phone, taxNumber, person } =
    supplier;
  const codes = allInvoices
    .filter((invoice) => invoice.supplier === name)
    .map((invoice) => invoice.companyCode ?? '1710');
  return {
    supplier: number,
    name: supplier.name,
    category: person === true ? ('person' as const) : ('organization' as const),
    address: { street, houseNumber, city, postalCode, country, ...(region === undefined ? {} : { region }) },
    email,
    ...(phone === undefined ? {} : { phone }),
    taxNumbers: [taxNumber],
    companies: [...new Set(codes.length > 0 ? codes : ['1710'])].map((companyCode) => ({
      companyCode,
      paymentTerms: 'NT30',
      ...(supplier.alternativePayee === undefined ? {} : { alternativePayee: supplier.alternativePayee }),
    })),
  };
}

/** Orders have just the items that invoices refer to. */
function purchaseOrders() {
  const items = allInvoices.flatMap((invoice) =>
    (invoice.orderItems ?? []).map((item) => ({ ...item, supplier: suppliers[invoice.supplier].number })),
  );
  return [...Map.groupBy(items, ({ order }) => order)].map(([purchaseOrder, ofOrder]) => ({
    purchaseOrder,
    companyCode: '1710',
    supplier: ofOrder[0]?.supplier ?? '',
    items: ofOrder.toSorted((one, other) => (one.item < other.item ? -1 : 1)).map(asOrderItem),
  }));
}

function asOrderItem({ text, quantity, unit, shares }: OrderItem) {
  const netAmount = sum(
    shares.map(({ amount }) => amount),
    'USD',
  );
  const [first] = shares;
  if (first === undefined) return { text, quantity, unit, netAmount };
  const assignment = { glAccount: accounts[first.account], costCenter: costCenters[first.costCenter] };
  return { text, quantity, unit, netAmount, assignment };
}
