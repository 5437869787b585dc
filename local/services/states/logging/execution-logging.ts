import { isLogged, LOG_LEVELS, LogLevel } from './log-level';
import { logRecord } from './log-record';
import { HistoryEvent } from '../../../engines/asl';
import { AwsError } from '../../../kernel/aws-error';
import { Environment, ServiceContext } from '../../../kernel/contracts';
import { LogDelivery } from '../../../kernel/log-delivery';

/** `LoggingConfiguration` of a template. */
export interface LoggingConfiguration {
  readonly Level?: string;
  readonly IncludeExecutionData?: boolean | string;
  readonly Destinations?: ReadonlyArray<{ readonly CloudWatchLogsLogGroup?: { readonly LogGroupArn?: string } }>;
}

interface LoggedStateMachine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
}

/** Where logs are delivered from, for every service that has asked for a delivery. */
const DELIVERY_PRINCIPAL = 'delivery.logs.amazonaws.com';

const LOG_GROUP = /^arn:[^:]+:logs:[^:]+:\d+:log-group:([^:]+):\*$/;

/** What a state machine logs of its executions, and where. */
export class ExecutionLogging {
  /** Sets the delivery up with the state machine's role, which has to be allowed to; undefined when nothing is logged. */
  static async create(
    context: ServiceContext, environment: Environment, stateMachine: LoggedStateMachine, configuration: LoggingConfiguration = {},
  ): Promise<ExecutionLogging | undefined> {
    const { Level: level = 'OFF', IncludeExecutionData: includesData = false } = configuration;
    if (!LOG_LEVELS.includes(level)) {
      throw invalid(`Level has to be one of ${LOG_LEVELS.join(', ')}, not ${level}.`);
    }
    if (level === 'OFF') {
      return undefined;
    }
    const logGroupArn = destinationOf(configuration);
    const logGroupName = LOG_GROUP.exec(logGroupArn)![1];
    await authorizeDelivery(context, stateMachine, logGroupArn);
    const principal = { kind: 'service', arn: DELIVERY_PRINCIPAL, sourceArn: `arn:${environment.partition}:logs:${environment.region}:${environment.account}:*` } as const;
    const delivery = new LogDelivery(context, {
      source: 'states', logGroupName, logStreamName: streamName(context, stateMachine.name), principal: () => principal,
    });
    return new ExecutionLogging(level as LogLevel, String(includesData) === 'true', logGroupArn, delivery);
  }

  private constructor(
    private readonly level: LogLevel,
    private readonly includesData: boolean,
    private readonly logGroupArn: string,
    private readonly delivery: LogDelivery,
  ) {}

  /** Whether events of a type are logged at all. */
  reads(type: string): boolean {
    return isLogged(type, this.level);
  }

  record(event: HistoryEvent, executionArn: string): void {
    if (this.reads(event.type)) {
      this.delivery.write(event.timestamp, logRecord(event, executionArn, this.includesData));
    }
  }

  /** As DescribeStateMachine tells it. */
  describe(): object {
    const { level, includesData, logGroupArn } = this;
    return { level, includeExecutionData: includesData, destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] };
  }
}

function destinationOf({ Destinations: destinations = [] }: LoggingConfiguration): string {
  if (destinations.length !== 1) {
    throw invalid('Must specify exactly one Log Destination.');
  }
  const arn = destinations[0].CloudWatchLogsLogGroup?.LogGroupArn;
  if (arn === undefined || !LOG_GROUP.test(arn)) {
    throw invalid(`the Log Destination ${arn} is not the ARN of a log group with ':*' at its end.`);
  }
  return arn;
}

async function authorizeDelivery(context: ServiceContext, { arn, roleArn }: LoggedStateMachine, logGroupArn: string): Promise<void> {
  try {
    const principal = context.assumeRole(roleArn, 'states.amazonaws.com', arn);
    await context.invoke({ principal, service: 'logs', operation: 'CreateLogDelivery', input: { logGroupArn } });
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') {
      throw invalid('Log Destination not found.');
    }
    throw error instanceof AwsError && error.code === 'AccessDeniedException'
      ? new AwsError('AccessDeniedException', `The state machine IAM Role is not authorized to access the Log Destination (${error.message})`)
      : error;
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidLoggingConfiguration', `Invalid Logging Configuration: ${message}`);
}

/** Such as `states/orders/2026-01-02-03-04/0a1b2c3d`: the time is that of the beginning. */
function streamName({ clock, randomness }: ServiceContext, name: string): string {
  const time = new Date(clock.now()).toISOString().slice(0, 16).replace(/[T:]/g, '-');
  return `states/${name}/${time}/${randomness.bytes(4).toString('hex')}`;
}
