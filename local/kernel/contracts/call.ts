/** Calls of operations: who calls, what it needs, and what it does. */
import { CompiledPolicy } from '../../engines/iam-policy';

/** Whoever calls: the account's owner (any outside caller), an IAM role that a service has assumed, or a service on its own behalf. */
export interface Principal {
  readonly kind: 'account' | 'role' | 'service';
  /** Of the account's root, or of the role's session; the name of a service, such as `events.amazonaws.com`. */
  readonly arn: string;
  /** The role behind a session. */
  readonly roleArn?: string;
  /** The resource on whose behalf a service calls; of a service without a role, policies know it as `aws:SourceArn`. */
  readonly sourceArn?: string;
}

/** Temporary credentials, with which a program calls as a principal. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** One IAM action on one resource, and the condition keys that the request carries. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
  readonly context?: Record<string, string | string[] | number | boolean>;
  /** The resource's own policy: the only one that lets a service call that has no role. */
  readonly resourcePolicy?: CompiledPolicy;
}

/** A request for one operation of one service. */
export interface Call {
  readonly principal: Principal;
  /** The service's name in IAM actions and ARNs, such as `dynamodb`. */
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
}

/** What an operation learns about its caller. */
export interface CallContext {
  readonly principal: Principal;
  readonly requestId: string;
}

/** An operation of a service: what IAM must allow, and what it does then. */
export interface Operation<Input = any, Output = unknown> {
  /** The permissions that this input needs; throws the service's own validation error when the resource cannot be told. */
  permissions(input: Input): Permission[];
  handle(input: Input, call: CallContext): Output | Promise<Output>;
}
