import { AwsFailure } from './aws-failures';
import { FaultTime, SocketPoint } from '../kernel/contracts';

/** What a file of faults says. */
export interface FaultPlan {
  readonly seed: number;
  readonly rules: readonly FaultRule[];
}

/** A fault, and what it happens to. */
export interface FaultRule {
  readonly name: string;
  readonly subject: FaultSubject;
  readonly fault: Fault;
  /** How often, of all that the rule is about: 1 is always. */
  readonly share: number;
  /** How many pass first. */
  readonly skip: number;
  /** After how many it ends. */
  readonly times: number;
  readonly when: FaultTime;
}

export type FaultSubject =
  | CallSubject
  | { readonly kind: 'socket'; readonly point: SocketPoint }
  /** Requests that leave the runtime, by their host. */
  | { readonly kind: 'http'; readonly host: string }
  /** What is written to the directory of --data. */
  | { readonly kind: 'storage' };

/** Calls at the kernel's door; what is not told may be any. */
export interface CallSubject {
  readonly kind: 'call';
  readonly service?: string;
  readonly operation?: string;
  /** An ARN, in which `*` stands for anything. */
  readonly resource?: string;
  /** The service that calls, or `client` for whoever is outside. */
  readonly caller?: string;
}

export type Fault =
  /** An answer of a service: one of its own, or one that each service has in words of its own. */
  | { readonly kind: 'error'; readonly failure: AwsFailure | string }
  | { readonly kind: 'status'; readonly status: number; readonly body: string }
  | { readonly kind: 'delay'; readonly from: number; readonly to: number }
  | { readonly kind: 'duplicate'; readonly later: number }
  | { readonly kind: 'connection' }
  | { readonly kind: 'process' };
