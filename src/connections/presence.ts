import { Stack, Token } from 'aws-cdk-lib';
import { EventBus, EventPattern, IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { CONNECTION_SORT_KEY, SORT_KEY } from './connection-row';
import { ConnectionTable } from './connection-table';
import { DirectMessage } from './direct-message';
import { presenceWorkflow } from './presence-workflow';
import { IMonitored, MonitoredParts } from '../monitoring/monitored';
import { EventMessage, MessageValue } from '../push/event-message';
import { InvalidValueError } from '../validation/invalid-value-error';
import { deadLetterQueue, sendLetters } from '../workflows/dead-letter-queue';
import { expressWorkflow } from '../workflows/express-workflow';

/** Properties of a Presence. */
export interface PresenceProps {
  /** The connections. Their table gets a stream, which two may read. */
  readonly connections: ConnectionTable;

  /**
   * The bus that is told.
   *
   * @default - a new event bus, see `eventBus`
   */
  readonly eventBus?: IEventBus;

  /**
   * The source of the events.
   *
   * @default 'websocket.presence'
   */
  readonly source?: string;

  /**
   * Where records of the table's stream go that could not be made into events, each batch with the reason in its attributes `ERROR_CODE` and `ERROR_MESSAGE`; and
   * what the pipe says of those that it could not hand to the workflow.
   *
   * @default - a new queue, see `deadLetterQueue`
   */
  readonly deadLetterQueue?: IQueue;
}

const JOINED = 'ClientJoined';
const LEFT = 'ClientLeft';

/** Records at once: as many as PutEvents takes. */
const BATCH_SIZE = 10;

/** How often a batch is tried before those behind it go on. */
const ATTEMPTS = 10;

/**
 * Tells an event bus which clients have joined and left: `ClientJoined` with the detail `{ "connectionId", "connectedAt", "attributes": {…} }`, and `ClientLeft`, which
 * also has a `reason`:
 *
 * - `disconnected`: `$disconnect` deleted the row.
 * - `vanished`: a message or a `ConnectionSweeper` found the connection gone.
 * - `expired`: the row was left over until it expired.
 *
 * Events come from the stream of the table, through an EventBridge pipe: nothing has to be done while a client connects. They may come twice. Texts are cut to
 * 256 characters.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-dynamodb.html
 *
 * @example
 * declare const connections: ConnectionTable;
 * declare const broadcast: Broadcast;
 * const presence = new Presence(this, 'Presence', { connections });
 * broadcast.onEvent('Left', {
 *   eventBus: presence.eventBus,
 *   eventPattern: presence.left,
 *   message: EventMessage.of({ type: 'left', who: MessageValue.field('detail.connectionId') }),
 * });
 */
export class Presence extends Construct implements IMonitored {
  /** The bus that is told. */
  readonly eventBus: IEventBus;

  /** Pattern of the events that tell that somebody has joined. */
  readonly joined: EventPattern;

  /** Pattern of the events that tell that somebody has left. */
  readonly left: EventPattern;

  /** The workflow that makes the events. */
  readonly workflow: StateMachine;

  /** Records that could not be made into events. */
  readonly deadLetterQueue: IQueue;

  private readonly pipe: CfnPipe;

  constructor(scope: Construct, id: string, props: PresenceProps) {
    super(scope, id);
    const { connections, source = 'websocket.presence' } = props;
    if (Token.isUnresolved(source) || !/^[\w./-]{1,256}$/.test(source) || source.startsWith('aws.')) {
      throw new InvalidValueError('presenceSource', `The source of presence events is a text of letters, digits and the characters . - _ /, such as shop.presence, and does not begin with "aws."; received ${JSON.stringify(source)}.`);
    }
    this.eventBus = props.eventBus ?? new EventBus(this, 'EventBus');
    this.joined = { source: [source], detailType: [JOINED] };
    this.left = { source: [source], detailType: [LEFT] };
    this.deadLetterQueue = deadLetterQueue(this, props.deadLetterQueue);
    this.workflow = expressWorkflow(this, () => presenceWorkflow({
      partition: Stack.of(this).partition,
      eventBusArn: this.eventBus.eventBusArn,
      source,
      joined: JOINED,
      left: LEFT,
      attributes: connections._attributeNames,
      deadLetterQueueUrl: this.deadLetterQueue.queueUrl,
    }));
    this.workflow.addToRolePolicy(new PolicyStatement({ actions: ['events:PutEvents'], resources: [this.eventBus.eventBusArn] }));
    sendLetters(this.deadLetterQueue).forEach(statement => this.workflow.addToRolePolicy(statement));
    this.pipe = this.createPipe(connections.addStream());
  }

  /** What a `WebSocketMonitoring` watches. */
  get monitored(): MonitoredParts {
    return { workflows: [this.workflow], pipes: [this.pipe], deadLetterQueues: [this.deadLetterQueue] };
  }

  /**
   * Greets each client once it has connected: from `$connect` itself nothing can be sent to it.
   *
   * @param message What it receives, made of the event.
   */
  welcome(id: string, directMessage: DirectMessage, message: EventMessage): Rule {
    return directMessage.onEvent(id, { eventBus: this.eventBus, eventPattern: this.joined, to: MessageValue.field('detail.connectionId'), message });
  }

  private createPipe(stream: string): CfnPipe {
    const role = new Role(this, 'PipeRole', { assumedBy: new ServicePrincipal('pipes.amazonaws.com') });
    const policy = new Policy(this, 'PipePolicy', {
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['dynamodb:DescribeStream', 'dynamodb:GetShardIterator', 'dynamodb:GetRecords'], resources: [stream] }),
        // AWS asks for it, and allows it on nothing but `*`.
        new PolicyStatement({ actions: ['dynamodb:ListStreams'], resources: ['*'] }),
        new PolicyStatement({ actions: ['states:StartSyncExecution'], resources: [this.workflow.stateMachineArn] }),
        ...sendLetters(this.deadLetterQueue),
      ],
    });
    const pipe = new CfnPipe(this, 'Pipe', {
      description: 'Carries changes of WebSocket connections to where they are made into events',
      roleArn: role.roleArn,
      source: stream,
      sourceParameters: {
        filterCriteria: { filters: [{ pattern: JSON.stringify({ eventName: ['INSERT', 'REMOVE'], dynamodb: { Keys: { [SORT_KEY]: { S: [CONNECTION_SORT_KEY] } } } }) }] },
        dynamoDbStreamParameters: {
          startingPosition: 'LATEST',
          batchSize: BATCH_SIZE,
          maximumRetryAttempts: ATTEMPTS,
          deadLetterConfig: { arn: this.deadLetterQueue.queueArn },
        },
      },
      target: this.workflow.stateMachineArn,
      // A failed execution is one that the pipe has to repeat.
      targetParameters: { stepFunctionStateMachineParameters: { invocationType: 'REQUEST_RESPONSE' } },
    });
    // A pipe reads its source as soon as it is there.
    pipe.node.addDependency(policy);
    return pipe;
  }
}
