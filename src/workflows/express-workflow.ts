import { Lazy, Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

/** Makes an Express workflow in a construct of its own, with a log of its failures. Its definition is asked for at the end, when all that it depends on is known. */
export function expressWorkflow(scope: Construct, comment: string, definition: () => object): StateMachine {
  return new StateMachine(scope, 'Workflow', {
    stateMachineType: StateMachineType.EXPRESS,
    comment,
    definitionBody: DefinitionBody.fromString(Stack.of(scope).toJsonString(Lazy.any({ produce: definition }))),
    // An Express execution leaves no other trace. Failures only, and without the messages themselves.
    logs: { destination: new LogGroup(scope, 'Logs', { retention: RetentionDays.ONE_MONTH }), level: LogLevel.ERROR, includeExecutionData: false },
  });
}
