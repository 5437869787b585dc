import { AwsError } from '../../../kernel/aws-error';
import { Principal, ServiceContext } from '../../../kernel/contracts';
import { FunctionConfiguration } from '../function-configuration';

/** What an answer shows of the log. */
const TAIL_BYTES = 4096;

/** What of one invocation is kept: a function that logs without end must not fill the memory. */
const MAXIMUM_BYTES = 1024 * 1024;

/** The log of one environment: a stream of the function's log group, written as the function itself, whose role has to allow it. */
export class FunctionLog {
  readonly stream: string;
  private events: Array<{ readonly timestamp: number; readonly message: string }> = [];
  private bytes = 0;
  private tailText = '';
  private delivery: Promise<boolean> | undefined;

  constructor(
    private readonly context: ServiceContext,
    private readonly configuration: FunctionConfiguration,
    private readonly principal: Principal,
    version: string,
  ) {
    const day = new Date(context.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    this.stream = `${day}/[${version}]${context.randomness.bytes(16).toString('hex')}`;
  }

  /** The end of what was logged since the last flush. */
  get tail(): string {
    return Buffer.from(this.tailText).subarray(-TAIL_BYTES).toString();
  }

  append(message: string): void {
    const { clock, trace } = this.context;
    this.bytes += message.length;
    this.tailText = (this.tailText + message).slice(-TAIL_BYTES);
    if (this.bytes > MAXIMUM_BYTES) {
      return;
    }
    this.events.push({ timestamp: clock.now(), message });
    trace.emit({ kind: 'log', time: clock.now(), source: this.configuration.name, message: message.trimEnd() });
  }

  /** Hands over what was logged, without anybody waiting for it. */
  flush(): void {
    const events = this.events;
    this.events = [];
    this.bytes = 0;
    this.tailText = '';
    if (events.length > 0) {
      this.delivery = (this.delivery ?? this.createStream()).then(isReady => isReady && this.put(events));
    }
  }

  /** False when the function may not write, or there is nothing to write to: then nothing is logged, as on AWS. */
  private async createStream(): Promise<boolean> {
    const { logGroup: logGroupName } = this.configuration;
    const create = () => this.call('CreateLogStream', { logGroupName, logStreamName: this.stream });
    const outcome = await create();
    if (outcome !== 'ResourceNotFoundException') {
      return outcome === 'ok';
    }
    const group = await this.call('CreateLogGroup', { logGroupName });
    return (group === 'ok' || group === 'ResourceAlreadyExistsException') && await create() === 'ok';
  }

  private async put(logEvents: typeof this.events): Promise<boolean> {
    return await this.call('PutLogEvents', { logGroupName: this.configuration.logGroup, logStreamName: this.stream, logEvents }) === 'ok';
  }

  private async call(operation: string, input: object): Promise<string> {
    try {
      await this.context.invoke({ principal: this.principal, service: 'logs', operation, input });
      return 'ok';
    } catch (error) {
      return error instanceof AwsError ? error.code : 'InternalFailure';
    }
  }
}
