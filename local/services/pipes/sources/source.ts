import { Principal, ServiceContext } from '../../../kernel/contracts';
import { Pipe, PipeEvent } from '../pipe';

/** A source of a pipe: where its events come from. */
export interface Source {
  /** The ARNs of such sources. */
  readonly arn: RegExp;
  /** The member of SourceParameters that is about it. */
  readonly parameters: string;
  readonly pollMilliseconds: number;
  /** Whether a batch is tried until it is handed on or given up; what an unordered source gave comes again by itself. */
  readonly keepsOrder: boolean;
  /** Begins to read; fails as AWS does when the role may not. */
  open(context: ServiceContext, pipe: Pipe, principal: Principal): Promise<Cursor>;
}

/** A place in a source. */
export interface Cursor {
  /** The next batch. */
  read(): Promise<readonly PipeEvent[]>;
  /** What was read has been handed on, or given up. */
  commit(): Promise<void>;
  ageSeconds(event: PipeEvent, now: number): number;
  /** What a dead letter tells of a batch: where it is in the source, not what is in it. */
  describeBatch(events: readonly PipeEvent[]): object;
}
