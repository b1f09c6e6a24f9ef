import { arn, type Statement } from './iam.ts';
import type { Synthesized } from './synthesized.ts';

export const functionNames = [
  'PollSap',
  'PollBill',
  'ReadBothSides',
  'ReceiveBillEvent',
  'WriteBill',
  'WriteSap',
] as const;
export type FunctionName = (typeof functionNames)[number];

/** Every resource of the stack that a call can be made on, by a short name, with the stand-in of its ARN. */
export function namedResources(stack: Synthesized) {
  const at = (path: string) => arn(stack.at(path).id);
  const ofFunctions = functionNames.flatMap((name) => [
    [`fn:${name}`, at(`Functions/${name}/Function`)],
    [`logs:${name}`, at(`Functions/${name}/Logs`)],
  ]);
  return {
    ledger: at('Ledger/Table'),
    'ledger/worklist': `${at('Ledger/Table')}/index/worklist`,
    'ledger/kind': `${at('Ledger/Table')}/index/kind`,
    'bill-work': at('Queues/BillWork'),
    'bill-work-dead': at('Queues/BillWorkDeadLetters'),
    'sap-work': at('Queues/SapWork'),
    'sap-work-dead': at('Queues/SapWorkDeadLetters'),
    undelivered: at('Schedules/Undelivered'),
    'sap-secret': at('Credentials/Sap'),
    'bill-secret': at('Credentials/Bill'),
    'ledger-key': at('Keys/Ledger'),
    'secrets-key': at('Keys/Secrets'),
    'work-key': at('Keys/Work'),
    'telemetry-key': at('Keys/Telemetry'),
    'alarm-topic': at('Alarms/Topic'),
    'anything-else': 'arn:aws:other:us-east-1:111122223333:of-somebody-else',
    ...(Object.fromEntries(ofFunctions) as Record<`fn:${FunctionName}` | `logs:${FunctionName}`, string>),
  };
}

/** All that the role at this path is allowed or denied. */
export function statementsOf(stack: Synthesized, rolePath: string): Statement[] {
  const policies: { PolicyDocument: { Statement: Statement[] } }[] = stack.at(rolePath).Properties.Policies;
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}
