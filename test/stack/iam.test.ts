import { describe, expect, test } from 'vitest';
import { isAllowed, type Statement } from './iam.ts';

const allow = (rest: Partial<Statement>): Statement => ({
  Effect: 'Allow',
  Action: 's:Get*',
  Resource: 'arn:a*',
  ...rest,
});

describe('the evaluator of IAM statements', () => {
  test.each([
    ['nothing stated', [], false],
    ['a wildcard that fits', [allow({})], true],
    ['another action', [allow({ Action: ['s:Put', 's:List'] })], false],
    ['any action', [allow({ Action: '*' })], true],
    ['the case of an action', [allow({ Action: 'S:gETtHING' })], true],
    ['another resource', [allow({ Resource: 'arn:b' })], false],
    ['a dot that is no wildcard', [allow({ Resource: 'arn.a' })], false],
    ['one unknown character', [allow({ Resource: 'arn:?' })], true],
    ['an explicit deny beside', [allow({}), allow({ Effect: 'Deny', Action: 's:*', Resource: '*' })], false],
    ['a condition that holds', [allow({ Condition: { StringEquals: { via: 's.us-east-1' } } })], true],
    ['a condition on another value', [allow({ Condition: { StringEquals: { via: 'x' } } })], false],
    ['a condition on a missing key', [allow({ Condition: { StringLike: { who: '*' } } })], false],
    [
      'a deny whose condition fails',
      [allow({}), allow({ Effect: 'Deny', Condition: { Bool: { via: 'no' } } })],
      true,
    ],
    [
      'a region that is filled in',
      [
        allow({
          Condition: { StringEquals: { via: { 'Fn::Join': ['', ['s.', { Ref: 'AWS::Region' }]] } } },
        }),
      ],
      true,
    ],
  ])('%s', (_name, statements, expected) => {
    const call = { action: 's:GetThing', resource: 'arn:a', context: { via: 's.us-east-1' } };
    expect(isAllowed(statements, call)).toBe(expected);
  });

  test('refuses to guess about operators it does not know', () => {
    const statements = [allow({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })];
    const call = { action: 's:GetThing', resource: 'arn:a', context: { 'aws:SourceIp': '10.1.1.1' } };
    expect(() => isAllowed(statements, call)).toThrow('IpAddress');
  });
});
