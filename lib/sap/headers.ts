import type { HttpResponse } from '../http/http.ts';

/** One header's text; undefined where it is absent. */
export function headerOf({ headers }: HttpResponse, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** `name=value` of every cookie that was set, the last one of a name, ready for a `cookie` header. */
export function cookiesOf({ headers }: HttpResponse): string {
  const set = headers['set-cookie'] ?? [];
  const pairs = (Array.isArray(set) ? set : [set]).map((cookie) => (cookie.split(';')[0] ?? '').trim());
  const byName = new Map(
    pairs.filter((pair) => pair.includes('=')).map((pair) => [pair.split('=')[0], pair]),
  );
  return [...byName.values()].join('; ');
}
