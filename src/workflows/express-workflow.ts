import { Lazy, Stack } from 'aws-cdk-lib';
import { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineProps, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { holdsTokens } from '../values/literal';

/** Makes an Express workflow in a construct of its own, with a log of its failures. Its definition is asked for at the end, when all that it depends on is known. */
export function expressWorkflow(scope: Construct, definition: () => object): StateMachine {
  const logGroup = new LogGroup(scope, 'Logs', { retention: RetentionDays.ONE_MONTH });
  return stateMachine(scope, 'Workflow', logGroup, { definitionBody: DefinitionBody.fromString(Stack.of(scope).toJsonString(Lazy.any({ produce: definition }))) });
}

/** Makes an Express workflow whose definition has names, such as `${TableName}`, in the places of what is only known at deployment: it is read more easily so, and synthesized in less time. */
export function substitutedWorkflow(
  scope: Construct, id: string, logGroup: ILogGroup, definition: object, definitionSubstitutions: Record<string, string>,
): StateMachine {
  const definitionBody = DefinitionBody.fromString(holdsTokens(definition) ? Stack.of(scope).toJsonString(definition) : JSON.stringify(definition));
  return stateMachine(scope, id, logGroup, { definitionBody, definitionSubstitutions });
}

function stateMachine(scope: Construct, id: string, destination: ILogGroup, props: StateMachineProps): StateMachine {
  return new StateMachine(scope, id, {
    ...props,
    stateMachineType: StateMachineType.EXPRESS,
    // An Express execution leaves no other trace. Failures only, and without the messages themselves.
    logs: { destination, level: LogLevel.ERROR, includeExecutionData: false },
  });
}
