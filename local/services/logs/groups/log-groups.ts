import { LogGroup, LogStream } from './log-group';
import { AwsError } from '../../../kernel/aws-error';
import { Clock, Environment } from '../../../kernel/contracts';

/** The log groups of the run, by name. */
export class LogGroups {
  private readonly byName = new Map<string, LogGroup>();

  constructor(private readonly clock: Clock, private readonly environment: Environment) {}

  create(name: string, options: { retentionInDays?: number; tags?: Readonly<Record<string, string>>; environment?: Environment } = {}): LogGroup {
    if (this.byName.has(name)) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
    }
    const group = new LogGroup(name, this.arnOf(name, options.environment), this.clock.now(), options.retentionInDays, options.tags);
    this.byName.set(name, group);
    return group;
  }

  delete(name: string): void {
    this.byName.delete(name);
  }

  find(name: string): LogGroup | undefined {
    return this.byName.get(name);
  }

  /** A group, without what has expired. */
  get(name: string): LogGroup {
    const group = this.byName.get(name);
    if (!group) {
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    }
    group.expire(this.clock.now());
    return group;
  }

  stream(group: LogGroup, name: string): LogStream {
    const stream = group.streams.get(name);
    if (!stream) {
      throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
    }
    return stream;
  }

  now(): number {
    return this.clock.now();
  }

  /** All groups, in the order of their names. */
  all(): LogGroup[] {
    return [...this.byName.values()].sort((left, right) => left.name < right.name ? -1 : 1);
  }

  /** The ARN of a group of that name, whether there is one or not. */
  arnOf(name: string, environment: Environment = this.environment): string {
    return this.byName.get(name)?.arn ?? `arn:${environment.partition}:logs:${environment.region}:${environment.account}:log-group:${name}`;
  }
}
