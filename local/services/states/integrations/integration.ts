import { Principal, ServiceContext } from '../../../kernel/contracts';

/** What a Task state hands to the service behind its resource. */
export interface TaskRequest {
  /** The resource's ARN, such as `arn:aws:states:::aws-sdk:dynamodb:query`. */
  readonly resource: string;
  readonly arguments: unknown;
  /** The role of the state machine. */
  readonly principal: Principal;
}

/** What a Task waits for after the service has answered: somebody who sends its token back, or the end of the job. */
export type IntegrationPattern = 'waitForTaskToken' | 'sync' | 'sync:2';

/** A service integration: which resources it takes, and how it calls them. Rejects with a StatesError. */
export interface Integration {
  /** Whether this integration can run the resource, whatever it waits for; an answer for definitions, before anything runs. */
  supports(resource: string): boolean;
  /** Whether a resource that it supports can also wait; without it, none can. */
  waits?(resource: string, pattern: IntegrationPattern): boolean;
  run(context: ServiceContext, request: TaskRequest): Promise<unknown>;
}
