import { badRequest } from '../refusal.ts';
import { comparableLiteral, readLiteral } from './literals.ts';
import type { FunctionImport, ReadingFunction } from './service-definition.ts';

/** The parameters of a function import, from the query, each as a literal of its type; needed are all but the optional ones. */
export function readFunctionArguments(
  definition: Pick<FunctionImport, 'parameters'> & Partial<Pick<ReadingFunction, 'optional'>>,
  query: ReadonlyMap<string, string>,
): Record<string, string> {
  for (const name of query.keys()) {
    const isForFramework = name.startsWith('$') || name.startsWith('sap-');
    if (!isForFramework && !definition.parameters[name])
      throw badRequest(`Unknown function parameter '${name}'`);
  }
  const isNeeded = (name: string) => query.has(name) || definition.optional?.includes(name) !== true;
  const needed = Object.entries(definition.parameters).filter(([name]) => isNeeded(name));
  const entries = needed.map(([name, property]) => {
    const text = query.get(name);
    const literal = text === undefined ? undefined : readLiteral(text, 'V2');
    if (!literal || literal.length !== text?.length)
      throw badRequest(`Function parameter '${name}' is missing or malformed`);
    comparableLiteral(property, literal);
    return [name, literal.value] as const;
  });
  return Object.fromEntries(entries);
}
