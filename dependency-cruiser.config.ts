import type { IConfiguration, IRegularForbiddenRuleType } from 'dependency-cruiser';

/**
 * The arrows between the parts, top floor to ground: an import goes down or stays within its own part, never up,
 * never to a neighbour. Types count as imports too. TypeScript 7 has no parser for tools: swc reads the sources.
 */
const floors = [
  ['bin'],
  ['lib/local', 'lib/infra'],
  ['functions'],
  ['lib/journeys'],
  ['lib/sap', 'lib/bill', 'lib/work'],
  ['lib/rules', 'lib/ledger'],
  [
    'lib/config',
    'lib/observe',
    'lib/http',
    'lib/money',
    'lib/clock',
    'lib/random',
    'lib/errors',
    'lib/aws-failure',
    'lib/probe',
  ],
];
const deployed = '^(functions|lib/(?!local|infra))';
const within = (parts: readonly string[]): string => `^(${parts.join('|')})(/|[.]ts$)`;
const rule = (
  name: string,
  comment: string,
  from: IRegularForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to'],
): IRegularForbiddenRuleType => ({ name, comment, severity: 'error', from, to });

const neverUp = floors
  .slice(1)
  .map((floor, index) =>
    rule(
      `never-up-from-${floor[0]?.replace('lib/', '')}`,
      'Imports go down the floors only.',
      { path: within(floor) },
      { path: within(floors.slice(0, index + 1).flat()) },
    ),
  );

const neverBeside = (part: string, neighbours: readonly string[]) =>
  rule(
    `never-from-${part}-to-a-neighbour`,
    'Parts of one floor know nothing of each other.',
    { path: within([`lib/${part}`]) },
    { path: within(neighbours.map((name) => `lib/${name}`)) },
  );

export default {
  forbidden: [
    ...neverUp,
    neverBeside('local', ['infra']),
    neverBeside('infra', ['local', 'journeys', 'sap', 'bill']),
    neverBeside('sap', ['bill', 'work']),
    neverBeside('bill', ['sap', 'work']),
    neverBeside('work', ['sap', 'bill']),
    rule(
      'rules-are-pure',
      'Decisions are pure functions: no client, no clock, no ledger, no AWS.',
      { path: '^lib/rules/' },
      {
        pathNot:
          '^(lib/(rules|config)/|lib/(money|errors)[.]ts$|node_modules/(big[.]js|zod)/|(node:)?crypto$)',
      },
    ),
    rule(
      'aws-behind-doors',
      'Only the doors and the entrances know the AWS SDK.',
      { path: '^(lib/(journeys|sap|bill|rules|http)/|lib/[a-z]+[.]ts$)' },
      { path: 'node_modules/(@aws-sdk|@aws-lambda-powertools|@middy|aws-cdk-lib)/' },
    ),
    rule(
      'deployed-code-is-complete',
      'What is deployed imports declared dependencies only, no development ones.',
      { path: deployed },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'no-tests-in-the-product',
      'Tests import the product, not the reverse.',
      { path: '^(bin|functions|lib)/' },
      {
        path: '^test/',
      },
    ),
    rule('no-circles', 'Data flows one way.', {}, { circular: true }),
    rule('resolvable', 'An import leads somewhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
} satisfies IConfiguration;
