import { apiGateway } from './api-gateway';
import { awsSdk } from './aws-sdk';
import { http } from './http';
import { Integration, IntegrationPattern, TaskRequest } from './integration';
import { lambdaFunction } from './lambda-function';
import { optimized } from './optimized';
import { ACTIONS } from './optimized-actions';
import { SDK_SERVICES } from './sdk-services';
import { waitForExecution } from './start-execution-sync';
import { WaitingTask } from './waiting-task';
import { StatesError } from '../../../engines/asl';
import { Assumption, ServiceContext } from '../../../kernel/contracts';

/** The one list of service integrations. */
const INTEGRATIONS: readonly Integration[] = [awsSdk, apiGateway, http, lambdaFunction, optimized];

/** For the support matrix. */
export const TASK_RESOURCES: readonly string[] = [
  'the ARN of a Lambda function',
  'apigateway:invoke, .waitForTaskToken',
  'http:invoke',
  ...Object.entries(ACTIONS).map(([name, { waits = [] }]) => [name, ...waits.map(pattern => `.${pattern}`)].join(', ')),
  ...Object.entries(SDK_SERVICES).map(([name, { service }]) => `aws-sdk:${name}, any operation of ${service} here, .waitForTaskToken`),
];

export const TASK_ASSUMPTIONS: readonly Assumption[] = [
  { about: 'Times in what startExecution and its .sync give', assumed: 'Milliseconds since 1970, as the first SDK for Java writes them; those of aws-sdk integrations are texts.' },
  { about: 'The managed rule by which AWS learns that an execution has ended', assumed: 'A role is not checked for events:PutTargets, events:PutRule and events:DescribeRule.' },
  { about: 'The place that AWS names when it refuses a Task that waits in an express state machine', assumed: 'The Resource of the Task, as for other mistakes.' },
  {
    about: 'The error of an aws-sdk Task that is not allowed to call, or whose service is unavailable, where the service\'s model has no exception for that',
    assumed: 'The general one, such as `DynamoDb.DynamoDbException`, as an execution that somebody has published shows for DescribeTable; its name does not tell the two apart.',
  },
  { about: 'The end of an execution that a .sync Task waits for', assumed: 'It is noticed at once.' },
];

/** A resource without what its Task waits for. */
export function parseResource(resource: string): { readonly base: string; readonly pattern?: IntegrationPattern } {
  const [, base, pattern] = /^(.+?)(?:\.(waitForTaskToken|sync(?::2)?))?$/s.exec(resource) ?? ['', resource];
  return { base, pattern: pattern as IntegrationPattern | undefined };
}

/** Whether the runtime can run a Task's resource. */
export function supportsResource(resource: string): boolean {
  return resolve(resource).integration !== undefined;
}

/** Runs a Task, to the end of what it waits for; without anything to wait with, to the service's answer. */
export async function runTask(context: ServiceContext, request: TaskRequest, waiting?: WaitingTask): Promise<unknown> {
  const { integration, base, pattern } = resolve(request.resource);
  if (!integration) {
    throw new StatesError('States.Runtime', `The local runtime does not emulate the resource ${request.resource}.`);
  }
  const call = () => integration.run(context, { ...request, resource: base });
  if (pattern === undefined || !waiting) {
    return call();
  }
  return waiting.run(call, pattern === 'waitForTaskToken' ? undefined : answer => waitForExecution(context, request.principal, answer, pattern, waiting));
}

interface ResolvedResource {
  readonly integration?: Integration;
  readonly base: string;
  readonly pattern?: IntegrationPattern;
}

/** The resources of the definitions that run: few, and asked for with every task. */
const resolved = new Map<string, ResolvedResource>();
const RESOLVED_RESOURCES = 1000;

function resolve(resource: string): ResolvedResource {
  let found = resolved.get(resource);
  if (!found) {
    const { base, pattern } = parseResource(resource);
    const integration = INTEGRATIONS.find(each => each.supports(base) && (pattern === undefined || each.waits?.(base, pattern)));
    found = { integration, base, pattern };
    if (resolved.size >= RESOLVED_RESOURCES) {
      resolved.clear();
    }
    resolved.set(resource, found);
  }
  return found;
}
