import { ServerlessEvent } from './event';
import { attribute, JsonObject } from '../json';
import { Resources } from '../serverless-resource';

/** The queue of the property `DeadLetterConfig`: one that exists, or one that SAM makes. */
export function deadLetterQueue(event: ServerlessEvent): { readonly arn?: unknown; readonly resources: Resources } {
  const config = event.map('DeadLetterConfig');
  if (config === undefined) return { resources: {} };
  const { Arn: arn, Type: type, QueueLogicalId: queueLogicalId = `${event.logicalId}Queue` } = config;
  if (arn !== undefined && type !== undefined) event.fail("You can either define 'Arn' or 'Type' property of DeadLetterConfig.", 'Properties', 'DeadLetterConfig');
  if (arn !== undefined) return { arn, resources: {} };
  if (type === undefined) event.fail("No 'Arn' or 'Type' property provided for DeadLetterConfig.", 'Properties', 'DeadLetterConfig');
  if (type !== 'SQS') event.fail("The only valid value for 'Type' property of DeadLetterConfig is 'SQS'.", 'Properties', 'DeadLetterConfig');
  const name = typeof queueLogicalId === 'string' ? queueLogicalId : event.fail('QueueLogicalId must be a string', 'Properties', 'DeadLetterConfig');
  return { arn: attribute(name, 'Arn'), resources: { [name]: { Type: 'AWS::SQS::Queue', ...event.resource.inheritedAttributes } } };
}

/** The policy that lets a rule send to the queue which SAM makes for it. */
export function deadLetterQueuePolicy(event: ServerlessEvent, queueResources: Resources): Resources {
  return Object.fromEntries(Object.keys(queueResources).map(name => [`${event.logicalId}QueuePolicy`, {
    Type: 'AWS::SQS::QueuePolicy',
    ...event.resource.inheritedAttributes,
    Properties: { Queues: [{ Ref: name }], PolicyDocument: policyDocument(event.logicalId, name) },
  }]));
}

function policyDocument(rule: string, queue: string): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [{
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Principal: { Service: 'events.amazonaws.com' },
      Resource: attribute(queue, 'Arn'),
      Condition: { ArnEquals: { 'aws:SourceArn': attribute(rule, 'Arn') } },
    }],
  };
}
