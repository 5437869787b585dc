import { Stream, StreamOptions } from './stream';
import { AwsError } from '../../../kernel/aws-error';
import { Clock, Environment } from '../../../kernel/contracts';

/** How an input names its stream. */
export interface StreamInput {
  readonly StreamName?: string;
  readonly StreamARN?: string;
}

/** All streams by their names. */
export class Streams {
  private readonly byName = new Map<string, Stream>();

  constructor(private readonly clock: Clock, private readonly environment: Environment) {}

  create(name: string, options: StreamOptions): Stream {
    if (this.byName.has(name)) {
      throw new AwsError('ResourceInUseException', `Stream ${name} under account ${this.environment.account} already exists.`);
    }
    const stream = new Stream(name, this.arnOf(name), this.clock, options);
    this.byName.set(name, stream);
    return stream;
  }

  delete(name: string): void {
    this.byName.delete(name);
  }

  names(): string[] {
    return [...this.byName.keys()].sort();
  }

  /** The ARN of the stream that an input names, whether there is one or not. */
  arn(input: StreamInput): string {
    return this.arnOf(this.nameIn(input));
  }

  get(input: StreamInput): Stream {
    const name = this.nameIn(input);
    const stream = this.byName.get(name);
    if (!stream) {
      throw new AwsError('ResourceNotFoundException', `Stream ${name} under account ${this.environment.account} not found.`);
    }
    return stream;
  }

  private nameIn({ StreamName: name, StreamARN: arn }: StreamInput): string {
    const named = arn === undefined ? name : /^arn:[^:]+:kinesis:[^:]*:\d{12}:stream\/(.+)$/.exec(String(arn))?.[1];
    if (typeof named !== 'string' || !/^[a-zA-Z0-9_.-]{1,128}$/.test(named)) {
      throw arn === undefined && name === undefined
        ? new AwsError('InvalidArgumentException', 'Either StreamName or StreamARN must be provided.')
        : new AwsError('ValidationException', `1 validation error detected: Value '${arn ?? name}' at '${arn === undefined ? 'streamName' : 'streamARN'}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${arn === undefined ? '[a-zA-Z0-9_.-]+' : 'arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+'}`);
    }
    return named;
  }

  private arnOf(name: string): string {
    const { partition, region, account } = this.environment;
    return `arn:${partition}:kinesis:${region}:${account}:stream/${name}`;
  }
}
