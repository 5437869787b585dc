import { asQueryError, queryErrorCode } from './errors';
import { Protocol } from '../../kernel/contracts';
import { awsJson } from '../../wire/aws-json';
import { awsQuery, awsQueryJson } from '../../wire/aws-query';
import { MemberTypes } from '../../wire/member-types';
import { QueryMember, QueryShape } from '../../wire/query-shape';

const texts = (element: string): QueryMember => ({ kind: 'list', element });
const map = (element: string, members?: QueryShape, key: string = 'Name'): QueryMember => ({ kind: 'map', element, key, value: 'Value', members });
const structures = (element: string, members: QueryShape): QueryMember => ({ kind: 'list', element, members });
const integer: QueryMember = { kind: 'integer' };
const nullable: QueryMember = { kind: 'text', nullInJson: true };

const ATTRIBUTE_MAPS = { MessageAttributes: map('MessageAttribute', {}), MessageSystemAttributes: map('MessageSystemAttribute', {}) };
const SENT = {
  MD5OfMessageBody: nullable, MD5OfMessageAttributes: nullable, MD5OfMessageSystemAttributes: nullable, MessageId: nullable, SequenceNumber: nullable,
};
const FAILED = structures('BatchResultErrorEntry', {});
const PAGE = { MaxResults: integer };

/** How operations write what is more than texts. */
const SHAPES: Readonly<Record<string, QueryShape>> = {
  CreateQueue: { Attributes: map('Attribute'), tags: map('Tag', undefined, 'Key') },
  SetQueueAttributes: { Attributes: map('Attribute') },
  GetQueueAttributes: { AttributeNames: texts('AttributeName'), Attributes: map('Attribute') },
  ListQueues: { ...PAGE, QueueUrls: texts('QueueUrl') },
  ListDeadLetterSourceQueues: { ...PAGE, queueUrls: texts('QueueUrl') },
  SendMessage: { ...SENT, ...ATTRIBUTE_MAPS, DelaySeconds: integer },
  SendMessageBatch: {
    Entries: structures('SendMessageBatchRequestEntry', { ...ATTRIBUTE_MAPS, DelaySeconds: integer }),
    Successful: structures('SendMessageBatchResultEntry', {}),
    Failed: FAILED,
  },
  ReceiveMessage: {
    MaxNumberOfMessages: integer,
    VisibilityTimeout: integer,
    WaitTimeSeconds: integer,
    AttributeNames: texts('AttributeName'),
    MessageSystemAttributeNames: texts('MessageSystemAttributeName'),
    MessageAttributeNames: texts('MessageAttributeName'),
    Messages: {
      kind: 'list',
      element: 'Message',
      jsonName: 'messages',
      nullInJson: true,
      members: {
        Attributes: { kind: 'map', element: 'Attribute', key: 'Name', value: 'Value', nullInJson: true },
        MD5OfMessageAttributes: nullable,
        MessageAttributes: { kind: 'map', element: 'MessageAttribute', key: 'Name', value: 'Value', members: {}, nullInJson: true },
      },
    },
  },
  DeleteMessageBatch: { Entries: structures('DeleteMessageBatchRequestEntry', {}), Successful: structures('DeleteMessageBatchResultEntry', {}), Failed: FAILED },
  ChangeMessageVisibility: { VisibilityTimeout: integer },
  ChangeMessageVisibilityBatch: {
    Entries: structures('ChangeMessageVisibilityBatchRequestEntry', { VisibilityTimeout: integer }),
    Successful: structures('ChangeMessageVisibilityBatchResultEntry', {}),
    Failed: FAILED,
  },
  TagQueue: { Tags: map('Tag', undefined, 'Key') },
  UntagQueue: { TagKeys: texts('TagKey') },
  ListQueueTags: { Tags: map('Tag', undefined, 'Key') },
  StartMessageMoveTask: { MaxNumberOfMessagesPerSecond: integer },
  ListMessageMoveTasks: { MaxResults: integer, Results: structures('ListMessageMoveTasksResultEntry', {}) },
};

/** What follows the host in a queue's URL: account and name. */
const QUEUE_PATH = /^\/(\d{12}\/[A-Za-z0-9_.-]+)\/?$/;

const QUERY = {
  version: '2012-11-05',
  namespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
  shape: (operation: string) => Object.hasOwn(SHAPES, operation) ? SHAPES[operation] : {},
  path: {
    accepts: (path: string) => QUEUE_PATH.test(path),
    input: (path: string) => QUEUE_PATH.test(path) ? { QueueUrl: path } : {},
  },
  describeError: asQueryError,
};

/** The types of what requests in JSON have. */
const MEMBERS: MemberTypes = {
  texts: [
    'DataType', 'DestinationArn', 'Id', 'MessageBody', 'MessageDeduplicationId', 'MessageGroupId', 'NextToken', 'QueueName', 'QueueNamePrefix', 'QueueOwnerAWSAccountId', 'QueueUrl',
    'ReceiptHandle', 'ReceiveRequestAttemptId', 'SourceArn', 'StringValue', 'TaskHandle',
  ],
  numbers: ['DelaySeconds', 'MaxNumberOfMessages', 'MaxNumberOfMessagesPerSecond', 'MaxResults', 'VisibilityTimeout', 'WaitTimeSeconds'],
  lists: ['AttributeNames', 'Entries', 'MessageAttributeNames', 'MessageSystemAttributeNames', 'TagKeys'],
  maps: ['Attributes', 'MessageAttributes', 'MessageSystemAttributes', 'Tags', 'tags'],
};

/** JSON for today's SDKs; the query protocol for older clients, and for API Gateway, which wants JSON back. */
export const PROTOCOLS: readonly Protocol[] = [
  awsQueryJson(QUERY), awsQuery(QUERY), awsJson({ version: '1.0', targetPrefix: 'AmazonSQS', errorNamespace: 'com.amazonaws.sqs', queryErrorCode, members: MEMBERS }),
];
