import { Message, textFor } from './message';
import { Randomness } from '../../../kernel/contracts';
import { Subscription } from '../topics/subscription';

/** The JSON that a queue gets, unless its subscription asks for the message alone. FIFO topics do not sign. */
export function notificationOf(message: Message, subscription: Subscription, randomness: Randomness): string {
  const { topic, protocol } = subscription;
  return JSON.stringify({
    Type: 'Notification',
    MessageId: message.id,
    SequenceNumber: message.sequenceNumber,
    TopicArn: topic.arn,
    Subject: message.subject,
    Message: textFor(message, protocol),
    Timestamp: timestampOf(message),
    ...(topic.isFifo ? {} : { SignatureVersion: '1', Signature: signature(randomness), SigningCertURL: certificateUrl(subscription) }),
    UnsubscribeURL: unsubscribeUrl(subscription),
    MessageAttributes: Object.keys(message.attributes).length === 0 ? undefined : attributesOf(message),
  });
}

/** The event that a function gets. */
export function lambdaEventOf(message: Message, subscription: Subscription, randomness: Randomness): string {
  return JSON.stringify({
    Records: [{
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: subscription.arn,
      Sns: {
        Type: 'Notification',
        MessageId: message.id,
        TopicArn: subscription.topic.arn,
        Subject: message.subject ?? null,
        Message: textFor(message, subscription.protocol),
        Timestamp: timestampOf(message),
        SignatureVersion: '1',
        Signature: signature(randomness),
        SigningCertUrl: certificateUrl(subscription),
        UnsubscribeUrl: unsubscribeUrl(subscription),
        MessageAttributes: attributesOf(message),
      },
    }],
  });
}

function attributesOf({ attributes }: Message) {
  return Object.fromEntries(Object.entries(attributes).map(([name, { DataType: type, StringValue: text, BinaryValue: binary }]) => (
    [name, { Type: type, Value: text ?? binary }]
  )));
}

function timestampOf({ publishedAt }: Message): string {
  return new Date(publishedAt).toISOString();
}

function host({ topic: { environment: { region, urlSuffix } } }: Subscription): string {
  return `https://sns.${region}.${urlSuffix}`;
}

/** As long as a signature of AWS; nobody here has AWS's key. */
function signature(randomness: Randomness): string {
  return randomness.bytes(256).toString('base64');
}

function certificateUrl(subscription: Subscription): string {
  return `${host(subscription)}/SimpleNotificationService-00000000000000000000000000000000.pem`;
}

function unsubscribeUrl(subscription: Subscription): string {
  return `${host(subscription)}/?Action=Unsubscribe&SubscriptionArn=${subscription.arn}`;
}
