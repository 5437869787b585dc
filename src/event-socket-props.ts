import { ThrottleSettings } from 'aws-cdk-lib/aws-apigatewayv2';
import { EventPattern, IEventBus } from 'aws-cdk-lib/aws-events';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Admission } from './admission/admission';
import { EventMessage } from './push/event-message';
import { SubscriptionConstraint } from './subscriptions/subscription-constraint';
import { SubscriptionEngine } from './subscriptions/subscription-engine';
import { SubscriptionQuotas } from './subscriptions/subscription-quotas';

/** Properties of an EventSocket. */
export interface EventSocketProps {
  /**
   * The event bus whose events reach the clients.
   *
   * @default - a new event bus, see `eventBus`
   */
  readonly eventBus?: IEventBus;

  /**
   * Which events of the bus may reach clients at all. Each of these starts one workflow execution, and clients choose among them.
   *
   * @default - every event of the bus
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
   */
  readonly eventPattern?: EventPattern;

  /**
   * Name of the API's stage, the last part of the socket's URL.
   *
   * @default 'live'
   */
  readonly stageName?: string;

  /**
   * How many messages all clients together may send: to `ping`, and to everything else.
   *
   * @default - 1,000 a second, and 2,000 at once
   */
  readonly throttle?: ThrottleSettings;

  /**
   * Who may connect.
   *
   * @default - everybody
   */
  readonly admission?: Admission;

  /**
   * Whether the table can be put back to any second of the last 35 days. Its rows describe connections, which end after two hours at most.
   *
   * @default false
   */
  readonly pointInTimeRecovery?: boolean;

  /**
   * What must hold for an event, beside a client's own pattern, before it reaches the client: all of these. A pattern of a client cannot widen them, and no answer
   * tells that they are there.
   *
   * @default - every event that `eventPattern` lets through
   */
  readonly allow?: SubscriptionConstraint[];

  /**
   * Fields of the event by which subscriptions are looked up, beside `source` and `detail-type`, the most selective first, such as `detail.orderId`. An event reads
   * those subscriptions only that could match it, as far as these fields tell; each field costs it one more read.
   *
   * Once this is changed, clients that are connected receive what they subscribed to again after they have reconnected.
   *
   * @default - `source` and `detail-type`
   */
  readonly indexedFields?: string[];

  /**
   * Whether a pattern has to name values of a field by which subscriptions are looked up: `source`, `detail-type` or one of `indexedFields`. All other patterns are
   * looked up by every event of the bus, or of what `allow` takes from a client's claims, so that a stranger's patterns make events dearer which are nothing to him; a
   * connection may have as many of them as it may have subscriptions. Such a pattern is then refused with the code `PatternTooBroad`.
   *
   * Where whoever comes may subscribe, set it. It is not the default, since patterns such as `{"version": ["0"]}` for everything, and prefixes, are what many a socket is for.
   *
   * Once this is set, clients that are connected receive nothing more for such patterns.
   *
   * @default false
   */
  readonly requireIndexedField?: boolean;

  /**
   * How an event finds its subscribers.
   *
   * @default SubscriptionEngine.index()
   */
  readonly engine?: SubscriptionEngine;

  /**
   * What one client may ask for.
   *
   * @default - the defaults of each quota
   */
  readonly quotas?: SubscriptionQuotas;

  /**
   * Executions that serve the subscribers of one popular pattern side by side, at most 64, once there are more than two pages of them. With 24 subscribers a page, each
   * sends some hundreds of copies a second; API Gateway lets 10,000 requests of an account through.
   *
   * @default 16
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
   */
  readonly shards?: number;

  /**
   * What clients receive for an event.
   *
   * @default EventMessage.event()
   */
  readonly message?: EventMessage;

  /**
   * Where events go that could not be delivered to everybody, each with the reason in its attributes `ERROR_CODE` and `ERROR_MESSAGE`.
   *
   * @default - a new queue, see `deadLetterQueue`
   */
  readonly deadLetterQueue?: IQueue;
}
