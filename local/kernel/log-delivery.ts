import { AwsError } from './aws-error';
import { Principal, ServiceContext } from './contracts';

/** What CloudWatch Logs takes in one batch. */
const BATCH_EVENTS = 10_000;
const BATCH_BYTES = 1_048_576;
/** What each event counts beside its message. */
const EVENT_BYTES = 26;

/** What may wait for its delivery: more comes only from a flood, which loses lines rather than memory. */
const WAITING_BYTES = 8 * 1024 * 1024;

interface Line {
  readonly timestamp: number;
  readonly message: string;
  readonly bytes: number;
}

export interface LogDeliveryOptions {
  /** Who logs, for whoever watches. */
  readonly source: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Whether the service makes the group itself when there is none. */
  readonly createsGroup?: boolean;
  /** Asked for every batch: a role may be changed, or be missing. */
  readonly principal: () => Principal;
}

/** A service's way to a log stream: whoever writes never waits, and lines that come together travel in one call of CloudWatch Logs. */
export class LogDelivery {
  private waiting: Line[] = [];
  private waitingBytes = 0;
  private lost = 0;
  private isDelivering = false;
  private hasStream = false;
  /** What went wrong last, which is told once. */
  private failure?: string;

  constructor(private readonly context: Pick<ServiceContext, 'clock' | 'invoke' | 'trace'>, private readonly options: LogDeliveryOptions) {}

  write(timestamp: number, message: string): void {
    const bytes = Buffer.byteLength(message) + EVENT_BYTES;
    if (this.waitingBytes + bytes > WAITING_BYTES || bytes > BATCH_BYTES) {
      this.lost++;
      return;
    }
    this.waiting.push({ timestamp, message, bytes });
    this.waitingBytes += bytes;
    if (!this.isDelivering) {
      this.isDelivering = true;
      setImmediate(() => void this.deliver());
    }
  }

  /** Makes the group when there is none. */
  async createGroup(): Promise<void> {
    await this.attempt(() => this.createGroupUnlessThere());
  }

  private async deliver(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.takeBatch();
      await this.attempt(() => this.put(batch));
    }
    this.isDelivering = false;
    if (this.lost > 0) {
      this.report(`${this.lost} lines are lost: more was logged than can be delivered`);
      this.lost = 0;
    }
  }

  private takeBatch(): Line[] {
    let count = 0;
    let bytes = 0;
    while (count < this.waiting.length && count < BATCH_EVENTS && bytes + this.waiting[count].bytes <= BATCH_BYTES) {
      bytes += this.waiting[count++].bytes;
    }
    const batch = this.waiting.slice(0, count);
    this.waiting = this.waiting.slice(count);
    this.waitingBytes -= bytes;
    return batch.sort((left, right) => left.timestamp - right.timestamp);
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.failure = undefined;
    } catch (error) {
      const failure = error instanceof AwsError ? `${error.code}: ${error.message}` : String(error);
      if (this.failure !== failure) {
        this.failure = failure;
        this.report(failure);
      }
    }
  }

  private async put(batch: readonly Line[]): Promise<void> {
    const { logGroupName, logStreamName } = this.options;
    const logEvents = batch.map(({ timestamp, message }) => ({ timestamp, message }));
    if (!this.hasStream) {
      if (this.options.createsGroup) {
        await this.createGroupUnlessThere();
      }
      await this.createUnlessThere('CreateLogStream', { logGroupName, logStreamName });
      this.hasStream = true;
    }
    try {
      await this.call('PutLogEvents', { logGroupName, logStreamName, logEvents });
    } catch (error) {
      // Somebody may have deleted the stream, which the next batch then finds.
      this.hasStream = false;
      throw error;
    }
  }

  private createGroupUnlessThere(): Promise<void> {
    return this.createUnlessThere('CreateLogGroup', { logGroupName: this.options.logGroupName });
  }

  private async createUnlessThere(operation: string, input: object): Promise<void> {
    try {
      await this.call(operation, input);
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'ResourceAlreadyExistsException')) {
        throw error;
      }
    }
  }

  private call(operation: string, input: object): Promise<unknown> {
    return this.context.invoke({ principal: this.options.principal(), service: 'logs', operation, input });
  }

  private report(message: string): void {
    const { source, logGroupName } = this.options;
    this.context.trace.emit({ kind: 'failure', time: this.context.clock.now(), source, message: `The log group ${logGroupName} does not get its logs: ${message}` });
  }
}
