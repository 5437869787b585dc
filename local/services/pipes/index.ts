import { pipeOperations, protocol } from './operations';
import { Pipes } from './pipes';
import { pipeType } from './resources';
import { Service, ServiceContext } from '../../kernel/contracts';

/** Amazon EventBridge Pipes: from a stream or a queue to a bus, a workflow, a function or a queue. */
export function pipes(context: ServiceContext): Service {
  const all = new Pipes(context);
  return {
    name: 'pipes',
    protocols: [protocol],
    operations: pipeOperations(all),
    resourceTypes: { 'AWS::Pipes::Pipe': pipeType(context, all) },
    supports: {
      Sources: ['DynamoDB stream', 'SQS queue'],
      Targets: ['event bus', 'state machine', 'Lambda function', 'SQS queue'],
    },
    assumptions: [
      { about: 'The `dynamodb:ListStreams` that AWS wants a pipe\'s role to have', assumed: 'It is for `*`, and not checked, since nothing here lists streams.' },
      { about: 'A text in a template without quotes around it', assumed: 'It becomes a JSON string.' },
      { about: 'A path in a template at which the event has nothing', assumed: 'An empty string.' },
    ],
    rehearsals: () => all.rehearsals(),
    deployed: () => all.startAll(),
    stop: () => all.stopAll(),
  };
}
