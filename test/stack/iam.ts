/** Evaluates IAM policy documents of a template as AWS does: an explicit deny wins, an allow must be stated. */

/** What stands in a template where AWS puts a value. */
type Value = string | { readonly [intrinsic: string]: unknown };
type OneOrMany<T> = T | readonly T[];

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: OneOrMany<string>;
  readonly Resource: OneOrMany<Value>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany<Value>>>>>;
}

export interface Call {
  readonly action: string;
  /** As `arn` gives it. */
  readonly resource: string;
  /** Condition keys of the request, `kms:ViaService` for example. */
  readonly context?: Readonly<Record<string, string>>;
}

const pseudo: Record<string, string> = {
  'AWS::Region': 'us-east-1',
  'AWS::Partition': 'aws',
  'AWS::AccountId': '111122223333',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** The stand-in for the ARN of a resource of the template. */
export const arn = (logicalId: string): string => `arn:of:${logicalId}`;

export function isAllowed(statements: readonly Statement[], call: Call): boolean {
  const matching = statements.filter((statement) => matches(statement, call));
  return matching.length > 0 && matching.every(({ Effect }) => Effect === 'Allow');
}

function matches({ Action, Resource, Condition = {} }: Statement, call: Call): boolean {
  return (
    many(Action).some((pattern) => like(pattern.toLowerCase(), call.action.toLowerCase())) &&
    many(Resource).some((pattern) => like(resolved(pattern), call.resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) =>
        holds(operator, call.context?.[key], many(wanted).map(resolved)),
      ),
    )
  );
}

function holds(operator: string, given: string | undefined, wanted: string[]): boolean {
  if (given === undefined) return false;
  switch (operator) {
    case 'StringEquals':
    case 'Bool':
      return wanted.includes(given);
    case 'StringLike':
    case 'ArnLike':
      return wanted.some((pattern) => like(pattern, given));
    default:
      throw new Error(`The evaluator does not know the condition operator ${operator}.`);
  }
}

/** `*` any text, `?` one character; everything else is itself. */
function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** The text of a value, with stand-ins for what only AWS knows. */
function resolved(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[intrinsic, argument] = []] = Object.entries(value as Record<string, unknown>);
  if (intrinsic === 'Ref' && typeof argument === 'string') return pseudo[argument] ?? arn(argument);
  if (intrinsic === 'Fn::GetAtt' && Array.isArray(argument) && argument[1] === 'Arn') return arn(argument[0]);
  if (intrinsic === 'Fn::Join' && Array.isArray(argument)) return argument[1].map(resolved).join(argument[0]);
  throw new Error(`The evaluator does not know ${JSON.stringify(value)}.`);
}

function many<T>(value: OneOrMany<T>): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}
