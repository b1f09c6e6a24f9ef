import { currencyDecimals } from '../../../money.ts';
import { isRealDate } from '../odata/literals.ts';
import type { XmlElement } from '../xml.ts';
import type { Content, ElementRule } from './schema-notation.ts';

/**
 * The first way in which an element's content breaks its rules: order, unknown or missing elements, lengths, forms;
 * undefined when it keeps them. The real parser ignores most of these in silence (SAP dossier §9.2).
 */
export function schemaProblem(element: XmlElement, rules: readonly ElementRule[]): string | undefined {
  let at = 0;
  for (const rule of rules) {
    const first = at;
    while (element.children[at]?.name === rule.name) {
      const child = element.children[at];
      if (child && child.namespace !== '') return `${rule.name} must be unqualified`;
      const problem = child && contentProblem(child, rule.content);
      if (problem) return problem;
      at += 1;
    }
    const count = at - first;
    if (count === 0 && rule.isMandatory) return `${rule.name} is missing in ${element.name}`;
    if (count > 1 && !rule.isRepeatable) return `${rule.name} is repeated in ${element.name}`;
  }
  const left = element.children[at];
  return left && `${left.name} is unknown or out of order in ${element.name}`;
}

function contentProblem(element: XmlElement, content: Content): string | undefined {
  if (content.kind === 'elements') return schemaProblem(element, content.elements);
  if (element.children.length > 0) return `${element.name} cannot contain elements`;
  const text = element.text.trim();
  if (content.kind === 'text') {
    const fits = text.length >= content.shortest && text.length <= content.longest;
    return fits
      ? undefined
      : `${element.name} has ${text.length} characters, allowed are ${content.shortest} to ${content.longest}`;
  }
  const isGood = content.kind === 'amount' ? isAmount(element) : forms[content.kind](text);
  return isGood ? undefined : `${element.name} has the invalid value "${text}"`;
}

const decimal = /^-?\d{1,22}(\.\d{1,6})?$/;

const forms = {
  date: isRealDate,
  stamp: (text: string) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?Z$/.test(text),
  bool: (text: string) => /^(true|false|1|0)$/.test(text),
  decimal: (text: string) => /^-?\d+(\.\d+)?$/.test(text),
  days: (text: string) => /^[-P0-9D]{1,20}$/.test(text),
};

/** Decimal text with a currency; its decimals must be the currency's own. */
function isAmount({ text, attributes }: XmlElement): boolean {
  const currency = attributes.currencyCode ?? '';
  const fraction = text.trim().split('.')[1]?.replace(/0+$/, '') ?? '';
  return (
    decimal.test(text.trim()) && /^[A-Z]{3}$/.test(currency) && fraction.length <= currencyDecimals(currency)
  );
}
