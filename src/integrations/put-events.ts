import { IEventBus } from 'aws-cdk-lib/aws-events';
import { AwsActionIntegration, DirectIntegrationOptions } from './aws-action-integration';
import { literalOf, requestOf, stringOf } from './request';
import { AnswerFailure } from '../responses/answer-failure';
import { REJECTED, TOO_MANY_REQUESTS } from '../responses/error-frames';
import { Response } from '../responses/response';
import { objectOnly } from '../values/placed';
import { Value } from '../values/value';

/** Properties of a PutEvents. */
export interface PutEventsProps extends DirectIntegrationOptions {
  /** The event bus. */
  readonly eventBus: IEventBus;

  /** The event's source: the author's word, by which rules tell these events from others. */
  readonly source: string;

  /** The event's detail type, such as `Value.literal('OrderPlaced')`. */
  readonly detailType: Value;

  /**
   * The event's detail, an object.
   *
   * @default - the client's message
   */
  readonly detail?: Value;

  /**
   * ARNs of what the event is about.
   *
   * @default - none
   */
  readonly resources?: string[];

  /**
   * When it happened, in seconds since 1970.
   *
   * @default - when the message came
   */
  readonly time?: Value;
}

/** What a bus says of an event that sending again does not mend, or that comes too soon; all else is the bus's own affair. */
const REFUSALS = { MalformedDetail: REJECTED, InvalidArgument: REJECTED, ThrottlingException: TOO_MANY_REQUESTS };

/**
 * Puts an event on an event bus for each message. An event that the bus refuses is a failure, though the call succeeds.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 *
 * @example
 * declare const eventBus: events.IEventBus;
 * new PutEvents('PlaceOrder', {
 *   eventBus,
 *   source: 'shop',
 *   detailType: Value.literal('OrderPlaced'),
 *   detail: Value.object({ items: Value.body('$.items'), placedBy: Value.claim('sub') }),
 * });
 */
export class PutEvents extends AwsActionIntegration {
  constructor(id: string, props: PutEventsProps) {
    const { eventBus, source, detailType, detail = Value.body(), resources, time, response = Response.ack(), ...options } = props;
    super(id, {
      ...options,
      response: response._orTelling(REFUSALS),
      service: 'events',
      action: 'PutEvents',
      // API Gateway does not know EventBridge's protocol.
      headers: { 'X-Amz-Target': 'AWSEvents.PutEvents', 'Content-Type': 'application/x-amz-json-1.1' },
      request: Value.object({
        Entries: Value.list(requestOf({
          EventBusName: Value.literal(eventBus.eventBusArn),
          Source: Value.literal(source),
          DetailType: stringOf(detailType),
          Detail: Value.jsonText(Value._of(objectOnly(detail._node))),
          Resources: literalOf(resources),
          Time: time,
        })),
      }),
      resources: [eventBus.eventBusArn],
      failures: [AnswerFailure.whenPositive('$.FailedEntryCount', { error: '$.Entries[0].ErrorCode' })],
    });
  }
}
