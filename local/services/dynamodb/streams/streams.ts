/** All streams: those that tables have, and those that were disabled within a day. */
import { RETENTION } from './record-log';
import { Stream } from './stream';
import { AwsError } from '../../../kernel/aws-error';
import { Clock, TraceBus } from '../../../kernel/contracts';
import { StreamSource, Table } from '../tables/table';

export class Streams implements StreamSource {
  private readonly byArn = new Map<string, Stream>();

  constructor(private readonly clock: Clock, private readonly mark?: TraceBus['mark']) {}

  /** The label of a stream that a table gets now: the moment, which no other of its streams has. */
  newLabel(table: Table): string {
    let time = this.clock.now();
    while (this.byArn.has(arnOf(table, labelOf(time)))) {
      time += 1;
    }
    return labelOf(time);
  }

  /** The stream of a label. It is one that was closed where that is taken back, and one without records where an earlier process had it. */
  open(table: Table, label: string): Stream {
    const arn = arnOf(table, label);
    const stream = this.byArn.get(arn) ?? new Stream({
      arn,
      label,
      tableName: table.name,
      region: table.environment.region,
      viewType: table.definition.StreamSpecification!.StreamViewType!,
      schema: table.schema,
      keySchema: table.definition.KeySchema,
      openedAt: this.clock.now(),
      now: () => this.clock.now(),
      mark: this.mark,
    });
    stream.closedAt = undefined;
    this.byArn.set(arn, stream);
    return stream;
  }

  /** Ends a stream, which can still be read for a day. */
  close(stream: Stream): void {
    stream.closedAt = this.clock.now();
  }

  /** In the order of their ARNs. */
  all(): Stream[] {
    this.forget();
    return [...this.byArn.values()].sort((left, right) => left.arn < right.arn ? -1 : 1);
  }

  get(arn: string): Stream {
    this.forget();
    const stream = this.byArn.get(arn);
    if (!stream) {
      throw new AwsError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
    }
    return stream;
  }

  private forget(): void {
    const horizon = this.clock.now() - RETENTION;
    for (const { arn, closedAt } of this.byArn.values()) {
      if (closedAt !== undefined && closedAt < horizon) {
        this.byArn.delete(arn);
      }
    }
  }
}

function labelOf(time: number): string {
  return new Date(time).toISOString().replace('Z', '');
}

function arnOf(table: Table, label: string): string {
  return `${table.arn}/stream/${label}`;
}
