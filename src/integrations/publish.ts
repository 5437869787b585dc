import { ITopic } from 'aws-cdk-lib/aws-sns';
import { AwsActionIntegration, DirectIntegrationOptions } from './aws-action-integration';
import { keyPermissions } from './key-permissions';
import { messageAttributeFields } from './message-attributes';
import { fieldsOf, stringOf } from './request';
import { InvalidValueError } from '../validation/invalid-value-error';
import { Value } from '../values/value';

/** Properties of a Publish. */
export interface PublishProps extends DirectIntegrationOptions {
  /** The topic. */
  readonly topic: ITopic;

  /**
   * The message. What is no string is sent as JSON.
   *
   * @default - the client's message as it came
   */
  readonly message?: Value;

  /**
   * The subject of e-mails: a line of ASCII characters.
   *
   * @default - none
   */
  readonly subject?: Value;

  /**
   * What keeps messages in their order: those of one group. FIFO topics need it.
   *
   * @default - none
   */
  readonly messageGroupId?: Value;

  /**
   * What makes a second message with the same identifier do nothing, for five minutes. A FIFO topic without content-based deduplication needs it.
   *
   * @default - none
   */
  readonly messageDeduplicationId?: Value;

  /**
   * Attributes beside the message, by which subscriptions filter: numbers are of the type `Number`, all others of the type `String`. None may be missing.
   *
   * @default - none
   */
  readonly messageAttributes?: { [name: string]: Value };
}

/**
 * Publishes to an SNS topic for each message of a client.
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 *
 * @example
 * declare const topic: sns.ITopic;
 * new Publish('Alert', {
 *   topic,
 *   message: Value.body('$.text').asString(),
 *   messageAttributes: { severity: Value.body('$.severity').asString() },
 * });
 */
export class Publish extends AwsActionIntegration {
  constructor(id: string, props: PublishProps) {
    const { topic, message = Value.bodyText(), subject, messageGroupId, messageDeduplicationId, messageAttributes, permissions = [], ...options } = props;
    if (topic.fifo && !messageGroupId) {
      throw new InvalidValueError('messageGroupMissing', 'A FIFO topic takes no message without a messageGroupId.');
    }
    super(id, {
      ...options,
      service: 'sns',
      action: 'Publish',
      form: fieldsOf({
        TopicArn: Value.literal(topic.topicArn),
        Message: message,
        Subject: stringOf(subject),
        MessageGroupId: stringOf(messageGroupId),
        MessageDeduplicationId: stringOf(messageDeduplicationId),
        ...messageAttributeFields('MessageAttributes.entry', messageAttributes),
      }),
      resources: [topic.topicArn],
      permissions: [...keyPermissions(topic.masterKey, 'sns', topic, ['kms:GenerateDataKey', 'kms:Decrypt']), ...permissions],
    });
  }
}
