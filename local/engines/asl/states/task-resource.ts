/** Resources of Task states, as far as an execution's history tells them apart. */

/** The families of history events: each kind of resource has its own. */
export type TaskKind = 'Task' | 'LambdaFunction' | 'Activity';

/** A Task state's Resource. */
export interface TaskResource {
  readonly arn: string;
  readonly kind: TaskKind;
  /** For instance `apigateway` or `aws-sdk:dynamodb`. */
  readonly resourceType: string;
  /** For instance `invoke` or `sendMessage.waitForTaskToken`. */
  readonly resource: string;
  /** Whether the task goes on after the service has answered. */
  readonly submits: boolean;
}

/** Takes a Resource apart. */
export function parseTaskResource(arn: string): TaskResource {
  const [, , service = '', , , ...rest] = arn.split(':');
  return {
    arn,
    kind: kindOf(service, rest),
    resourceType: service === 'states' ? rest.slice(0, -1).join(':') : service,
    resource: rest[rest.length - 1] ?? '',
    submits: /\.(waitForTaskToken|sync(:\d+)?)$/.test(arn),
  };
}

function kindOf(service: string, rest: readonly string[]): TaskKind {
  if (service === 'lambda') return 'LambdaFunction';
  return service === 'states' && rest[0] === 'activity' ? 'Activity' : 'Task';
}
