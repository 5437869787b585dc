import { Duration } from 'aws-cdk-lib';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { AwsActionIntegration, DirectIntegrationOptions } from './aws-action-integration';
import { keyPermissions } from './key-permissions';
import { messageAttributeFields } from './message-attributes';
import { fieldsOf, literalOf, stringOf } from './request';
import { InvalidValueError } from '../validation/invalid-value-error';
import { Value } from '../values/value';

/** Properties of a SendMessage. */
export interface SendMessageProps extends DirectIntegrationOptions {
  /** The queue. */
  readonly queue: IQueue;

  /**
   * The body of the message. What is no string is sent as JSON.
   *
   * @default - the client's message as it came
   */
  readonly messageBody?: Value;

  /**
   * What keeps messages in their order: those of one group. FIFO queues need it.
   *
   * @default - none
   */
  readonly messageGroupId?: Value;

  /**
   * What makes a second message with the same identifier do nothing, for five minutes. A FIFO queue without content-based deduplication needs it.
   *
   * @default - none
   */
  readonly messageDeduplicationId?: Value;

  /**
   * Attributes beside the body: numbers are of the type `Number`, all others of the type `String`. None may be missing.
   *
   * @default - none
   */
  readonly messageAttributes?: { [name: string]: Value };

  /**
   * How long nobody receives the message, up to 15 minutes. FIFO queues know no delay of single messages.
   *
   * @default - as the queue says
   */
  readonly delay?: Duration;
}

const MOST_SECONDS = 900;

/**
 * Sends a message to an SQS queue for each message of a client.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 *
 * @example
 * declare const queue: sqs.IQueue;
 * new SendMessage('Enqueue', {
 *   queue,
 *   messageBody: Value.object({ connectionId: Value.connectionId(), order: Value.body('$.order') }),
 *   messageAttributes: { sentBy: Value.claim('sub') },
 * });
 */
export class SendMessage extends AwsActionIntegration {
  constructor(id: string, props: SendMessageProps) {
    const { queue, messageBody = Value.bodyText(), messageGroupId, messageDeduplicationId, messageAttributes, delay, permissions = [], ...options } = props;
    if (queue.fifo && !messageGroupId) {
      throw new InvalidValueError('messageGroupMissing', 'A FIFO queue takes no message without a messageGroupId.');
    }
    if (queue.fifo && delay) {
      throw new InvalidValueError('messageDelay', 'A FIFO queue takes no delay of single messages.');
    }
    if (delay && !delay.isUnresolved() && delay.toSeconds() > MOST_SECONDS) {
      throw new InvalidValueError('messageDelay', `A delay has at most ${MOST_SECONDS} seconds, and not ${delay.toSeconds()}.`);
    }
    super(id, {
      ...options,
      service: 'sqs',
      action: 'SendMessage',
      path: `${queue.env.account}/${queue.queueName}`,
      form: fieldsOf({
        Action: Value.literal('SendMessage'),
        MessageBody: messageBody,
        MessageGroupId: stringOf(messageGroupId),
        MessageDeduplicationId: stringOf(messageDeduplicationId),
        DelaySeconds: literalOf(delay?.toSeconds()),
        ...messageAttributeFields('MessageAttribute', messageAttributes),
      }),
      resources: [queue.queueArn],
      permissions: [...keyPermissions(queue.encryptionMasterKey, 'sqs', queue, ['kms:GenerateDataKey', 'kms:Decrypt']), ...permissions],
    });
  }
}
