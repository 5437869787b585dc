import { Principal, ServiceContext } from '../../../kernel/contracts';
import { Pipe, PipeEvent } from '../pipe';

/** An event and what the pipe's template made of it. */
export interface PipeMessage {
  readonly event: PipeEvent;
  readonly input: unknown;
}

/** A kind of target: which ARNs it takes, and how a batch is handed over. Rejects when it is not. */
export interface Target {
  readonly arn: RegExp;
  /** The members of TargetParameters that it takes. */
  readonly parameters: readonly string[];
  send(context: ServiceContext, pipe: Pipe, principal: Principal, messages: readonly PipeMessage[]): Promise<void>;
}

/** The text of an input: what is text already stays as it is. */
export function textOf(input: unknown): string {
  return typeof input === 'string' ? input : JSON.stringify(input);
}
