import type { Facts } from '../../errors.ts';
import type { SideValue } from './desk.ts';

/** Names of values where taking the name apart is not enough. */
const names: Readonly<Record<string, string>> = {
  glAccounts: 'G/L accounts',
  glAccount: 'G/L account',
  sameNumberAs: 'Same number as',
  billCurrency: 'Currency of its bills',
  email: 'E-mail',
  taxId: 'Tax ID',
};

/** `grossAmount` as `Gross amount`; ids and anything else that is no name stay as they are. */
function plainName(name: string): string {
  const known = names[name];
  if (known !== undefined) return known;
  if (!/^[a-z][a-zA-Z]*( .*)?$/.test(name)) return name;
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** The values of one side with the names that people read. */
export function sideValues(facts: Facts): SideValue[] {
  return Object.entries(facts).map(([name, value]) => ({ label: plainName(name), value }));
}
