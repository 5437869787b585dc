import { EventPattern, IEventBus } from 'aws-cdk-lib/aws-events';

/** Which events a message is made of. */
export interface EventSource {
  /** The bus of the events. */
  readonly eventBus: IEventBus;

  /**
   * Which of them.
   *
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
   */
  readonly eventPattern: EventPattern;
}
