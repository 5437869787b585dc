import { deadLetterQueue, deadLetterQueuePolicy } from './dead-letter-queue';
import { EventExpansion, ServerlessEvent } from './event';
import { ruleAccess } from './target-access';
import { defined } from '../json';
import { Resources } from '../serverless-resource';

const MAXIMUM_TARGET_ID = 64;

/** Events `EventBridgeRule` and `CloudWatchEvent`: a rule with a pattern. */
export const eventRule: EventExpansion = event => {
  event.check('DeadLetterConfig', 'Enabled', 'EventBusName', 'Input', 'InputPath', 'InputTransformer', 'Pattern', 'RetryPolicy', 'RuleName', 'State', 'Target');
  const { EventBusName: bus, Pattern: pattern, RuleName: name } = event.properties;
  return { resources: rule(event, { EventBusName: bus, EventPattern: pattern, Name: name, State: stateOf(event) }) };
};

/** Event `Schedule`: a rule with a schedule. */
export const scheduleRule: EventExpansion = event => {
  event.check('DeadLetterConfig', 'Description', 'Enabled', 'Input', 'Name', 'RetryPolicy', 'RoleArn', 'Schedule', 'State', 'Target');
  const { Schedule: expression, Name: name, Description: description } = event.properties;
  if (expression === undefined) event.fail("Missing required property 'Schedule'.", 'Properties');
  return { resources: rule(event, { ScheduleExpression: expression, Name: name, Description: description, State: stateOf(event) }) };
};

function rule(event: ServerlessEvent, properties: Record<string, unknown>): Resources {
  const { Input: input, InputPath: inputPath, InputTransformer: transformer, RetryPolicy: retryPolicy } = event.properties;
  const access = ruleAccess(event);
  const queue = deadLetterQueue(event);
  const target = defined({
    Id: targetId(event),
    Arn: event.target.arn,
    RoleArn: access.roleArn,
    Input: input,
    InputPath: inputPath,
    InputTransformer: transformer,
    DeadLetterConfig: queue.arn === undefined ? undefined : { Arn: queue.arn },
    RetryPolicy: retryPolicy,
  });
  return {
    [event.logicalId]: { Type: 'AWS::Events::Rule', ...event.resource.inheritedAttributes, Properties: defined({ ...properties, Targets: [target] }) },
    ...access.resources,
    ...queue.resources,
    ...deadLetterQueuePolicy(event, queue.resources),
  };
}

function targetId(event: ServerlessEvent): unknown {
  const suffix = event.target.kind === 'function' ? 'LambdaTarget' : 'StepFunctionsTarget';
  return event.map('Target')?.Id ?? `${event.logicalId.slice(0, MAXIMUM_TARGET_ID - suffix.length)}${suffix}`;
}

function stateOf(event: ServerlessEvent): unknown {
  const { State: state, Enabled: enabled } = event.properties;
  if (state !== undefined && enabled !== undefined) event.fail('State and Enabled Properties cannot both be specified.', 'Properties');
  return enabled === undefined ? state : enabled === true ? 'ENABLED' : 'DISABLED';
}
