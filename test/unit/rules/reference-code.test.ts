import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint, referenceCode } from '../../../lib/rules/reference-code.ts';

describe('referenceCode', () => {
  it('is 16 upper-case characters that depend on the parts alone', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) => {
        expect(referenceCode(parts)).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
        expect(referenceCode([...parts])).toBe(referenceCode(parts));
      }),
    );
  });

  it('never changes from one release to the next', () => {
    expect(referenceCode(['stpEXAMPLE0000000001', '1', '1710'])).toBe('CA8Z705PCMWWBAAE');
    expect(referenceCode(['stpEXAMPLE0000000001', '1', '1710', 'reversal'])).toBe('TX7SZYW4V20HW8EB');
  });

  it('tells parts apart, their order and their borders too', () => {
    const lists = fc.uniqueArray(fc.array(fc.string({ maxLength: 3 }), { maxLength: 4 }), {
      selector: (parts) => JSON.stringify(parts),
      maxLength: 200,
    });
    fc.assert(
      fc.property(lists, (all) => {
        expect(new Set(all.map(referenceCode)).size).toBe(all.length);
      }),
    );
    expect(referenceCode(['ab', 'c'])).not.toBe(referenceCode(['a', 'bc']));
  });
});

describe('fingerprint', () => {
  it('does not depend on the order of keys, at any depth', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fingerprint(turned(value))).toBe(fingerprint(value));
        expect(fingerprint(value)).toMatch(/^[0-9a-f]{64}$/);
      }),
    );
  });

  it('depends on values, on the order in lists, and not on absent keys', () => {
    expect(fingerprint({ a: 1 })).not.toBe(fingerprint({ a: 2 }));
    expect(fingerprint([1, 2])).not.toBe(fingerprint([2, 1]));
    expect(fingerprint({ a: 1, b: undefined })).toBe(fingerprint({ a: 1 }));
    expect(fingerprint({ a: '1' })).not.toBe(fingerprint({ a: 1 }));
  });
});

function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, turned(each)]),
  );
}
