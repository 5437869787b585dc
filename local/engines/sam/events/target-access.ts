import { ServerlessEvent } from './event';
import { attribute, defined, JsonObject } from '../json';
import { trustPolicy } from '../policies/execution-role';
import { Resource, Resources } from '../serverless-resource';

/** What lets EventBridge start the target: a permission for a function; for a state machine a role, unless the event names one. */
export function ruleAccess(event: ServerlessEvent): { readonly roleArn?: unknown; readonly resources: Resources } {
  if (event.target.kind === 'function') return { resources: { [`${event.logicalId}Permission`]: permission(event, 'events.amazonaws.com', attribute(event.logicalId, 'Arn')) } };
  const { RoleArn: given } = event.properties;
  if (given !== undefined) return { roleArn: given, resources: {} };
  const name = `${event.logicalId}Role`;
  return { roleArn: attribute(name, 'Arn'), resources: { [name]: startingRole(event, 'events.amazonaws.com', name, { boundary: event.resource.properties.PermissionsBoundary }) } };
}

/** A permission of Lambda for a service, on behalf of one of its resources. */
export function permission(event: ServerlessEvent, principal: string, sourceArn: unknown): Resource {
  return {
    Type: 'AWS::Lambda::Permission',
    ...event.resource.inheritedAttributes,
    Properties: { Action: 'lambda:InvokeFunction', FunctionName: { Ref: event.resource.logicalId }, Principal: principal, SourceArn: sourceArn },
  };
}

interface RoleOptions {
  readonly boundary: unknown;
  readonly policies?: readonly JsonObject[];
}

/** A role with which a service starts the target. */
export function startingRole(event: ServerlessEvent, service: string, policyPrefix: string, { boundary, policies = [] }: RoleOptions): Resource {
  const [suffix, action] = event.target.kind === 'function' ? ['LambdaPolicy', 'lambda:InvokeFunction'] : ['StartExecutionPolicy', 'states:StartExecution'];
  return {
    Type: 'AWS::IAM::Role',
    ...event.resource.inheritedAttributes,
    Properties: defined({
      AssumeRolePolicyDocument: trustPolicy(service),
      Policies: [{ PolicyName: `${policyPrefix}${suffix}`, PolicyDocument: { Statement: [{ Effect: 'Allow', Action: action, Resource: event.target.arn }] } }, ...policies],
      PermissionsBoundary: boundary,
    }),
  };
}
