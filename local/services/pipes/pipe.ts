import { EventPattern } from '../../engines/event-pattern';
import { PipeInput } from '../../engines/input-transformer';
import { Environment } from '../../kernel/contracts';

/** An event on its way through a pipe: what a record of the source looks like to filters, templates and targets. */
export type PipeEvent = Readonly<Record<string, unknown>>;

/** What the template says of how a source is read, with AWS's defaults. */
export interface BatchSettings {
  readonly batchSize: number;
  /** Attempts after the first; infinite where the template sets no bound. */
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeSeconds: number;
  readonly startingPosition: 'LATEST' | 'TRIM_HORIZON';
  /** The queue that takes up what could not be handed on. */
  readonly deadLetterArn?: string;
}

/** A pipe as the template declares it. */
export interface Pipe {
  readonly name: string;
  readonly arn: string;
  readonly environment: Environment;
  readonly source: string;
  readonly target: string;
  readonly roleArn: string;
  readonly description?: string;
  /** An event passes when it matches one of them; without any, each does. */
  readonly filters: readonly EventPattern[];
  readonly input: PipeInput;
  readonly batch: BatchSettings;
  readonly targetParameters: Readonly<Record<string, any>>;
  /** How the source and the target are used, as the template says it. */
  readonly declared: { readonly SourceParameters?: object; readonly TargetParameters?: object };
  readonly createdAt: number;
  state: 'RUNNING' | 'STOPPED';
}
