import type { ConnectorConfig } from '../../config/connector-config.ts';
import { type Amount, allocate, isZero, sum } from '../../money.ts';
import { grossAmounts } from '../invoices/tax-spread.ts';
import { lineAccount } from '../mapping/line-account.ts';
import type { InvoiceLine, SupplierInvoice } from '../sap-invoices.ts';

/** What of an invoice, tax included, falls to one G/L account, cost center and profit center. */
export interface PostingShare {
  readonly amount: Amount;
  /** Absent for items that SAP assigns to no account and that the configuration names none for. */
  readonly glAccount?: string;
  readonly costCenter?: string;
  readonly profitCenter?: string;
}

interface TaxedShare extends PostingShare {
  readonly taxCode?: string;
}

/**
 * The shares of an invoice, in the order of their accounts: they add up to lines plus tax, and do not depend on
 * the order of the invoice's lines. Throws DocumentError `TAX_WITHOUT_BASE`.
 */
export function postingShares(invoice: SupplierInvoice, config: ConnectorConfig): PostingShare[] {
  const net = merged(
    invoice.lines.map((line) => ofLine(line, config)),
    invoice.currency,
  );
  const gross = grossAmounts(invoice, net);
  const withTax = net.map(({ taxCode: _, ...share }, index) => ({
    ...share,
    amount: gross[index] ?? share.amount,
  }));
  return merged(withTax, invoice.currency);
}

/** `paid` over the shares in their proportion, to the minor unit; shares that get nothing are left out. */
export function paidShares(shares: readonly PostingShare[], paid: Amount, currency: string): PostingShare[] {
  const amounts = allocate(
    paid,
    shares.map((share) => share.amount),
    currency,
  );
  return shares
    .map((share, index) => ({ ...share, amount: amounts[index] ?? share.amount }))
    .filter((share) => !isZero(share.amount, currency));
}

function ofLine(line: InvoiceLine, config: ConnectorConfig): TaxedShare {
  const glAccount = lineAccount(line, config);
  return {
    amount: line.amount,
    ...(glAccount === undefined ? {} : { glAccount }),
    ...(line.costCenter === undefined ? {} : { costCenter: line.costCenter }),
    ...(line.profitCenter === undefined ? {} : { profitCenter: line.profitCenter }),
    ...(line.taxCode === undefined ? {} : { taxCode: line.taxCode }),
  };
}

/** One share for each assignment, sorted by it; those that add up to zero are left out. */
function merged<Share extends TaxedShare>(shares: readonly Share[], currency: string): Share[] {
  const groups = Map.groupBy(shares, assignment);
  return [...groups.keys()].sort().flatMap((key) => {
    const group = groups.get(key) ?? [];
    const amount = sum(
      group.map((share) => share.amount),
      currency,
    );
    const [first] = group;
    return first === undefined || isZero(amount, currency) ? [] : [{ ...first, amount }];
  });
}

function assignment({ glAccount, costCenter, profitCenter, taxCode }: TaxedShare): string {
  return JSON.stringify([glAccount ?? '', costCenter ?? '', profitCenter ?? '', taxCode ?? '']);
}
