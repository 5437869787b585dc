import { Principal, ServiceContext } from '../../../kernel/contracts';

/** What a Task state hands to the service behind its resource. */
export interface TaskRequest {
  /** The resource's ARN, such as `arn:aws:states:::aws-sdk:dynamodb:query`. */
  readonly resource: string;
  readonly arguments: unknown;
  /** The role of the state machine. */
  readonly principal: Principal;
}

/** A service integration: which resources it takes, and how it calls them. Rejects with a StatesError. */
export interface Integration {
  /** Whether this integration can run the resource; an answer for definitions, before anything runs. */
  supports(resource: string): boolean;
  run(context: ServiceContext, request: TaskRequest): Promise<unknown>;
}
