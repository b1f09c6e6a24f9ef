import { ok } from './answer.ts';
import type { StoredFundingAccount } from './books.ts';
import { everyOperator } from './filters.ts';
import { newId } from './ids.ts';
import { answerList, type ListSpec } from './lists.ts';
import { notFound } from './refusal.ts';
import { billTime } from './values.ts';
import { find, type Handler, type World } from './world.ts';

/** The organization's own bank accounts (BILL dossier §7.5); made by people in BILL. */
const bankList: ListSpec<StoredFundingAccount> = {
  filters: {
    id: { operators: everyOperator, kind: 'text', of: ({ id }) => id },
    archived: { operators: everyOperator, kind: 'flag', of: ({ archived }) => archived },
    status: { operators: everyOperator, kind: 'text', of: ({ status }) => status },
    createdTime: { operators: everyOperator, kind: 'time', of: ({ createdAt }) => createdAt },
    updatedTime: { operators: everyOperator, kind: 'time', of: ({ updatedAt }) => updatedAt },
  },
  sorts: { createdTime: ({ createdAt }) => createdAt, updatedTime: ({ updatedAt }) => updatedAt },
  present: (_world, account) => presentBank(account),
};

export const listBanks: Handler = (world, call) =>
  answerList(world, call, Object.values(world.books.fundingAccounts), bankList);

export const getBank: Handler = (world, { params }) => {
  const account = find(world.books.fundingAccounts, params.bankAccountId ?? '');
  if (account === undefined) throw notFound(world.switches, 'bank account', params.bankAccountId ?? '');
  return ok(presentBank(account));
};

export interface NewFundingAccount {
  readonly bankName: string;
  readonly nameOnAccount: string;
  readonly accountNumberEnd?: string;
  readonly forPayables?: boolean;
}

export function addFundingAccount(world: World, account: NewFundingAccount): StoredFundingAccount {
  const { books, clock } = world;
  const now = clock.now();
  const stored: StoredFundingAccount = {
    id: newId(books, 'bac', account.bankName, account.nameOnAccount, account.accountNumberEnd ?? ''),
    accountNumberEnd: '2333',
    forPayables: true,
    ...account,
    routingNumber: '074000010',
    status: 'VERIFIED',
    archived: false,
    createdAt: now,
    updatedAt: now,
  };
  books.fundingAccounts[stored.id] = stored;
  return stored;
}

function presentBank(account: StoredFundingAccount): object {
  return {
    id: account.id,
    archived: account.archived,
    status: account.status,
    nameOnAccount: account.nameOnAccount,
    bankName: account.bankName,
    routingNumber: account.routingNumber,
    accountNumber: `****${account.accountNumberEnd}`,
    type: 'CHECKING',
    ownerType: 'BUSINESS',
    accessToAdmins: true,
    default: { payables: account.forPayables, receivables: false },
    createdTime: billTime(account.createdAt),
    updatedTime: billTime(account.updatedAt),
  };
}
