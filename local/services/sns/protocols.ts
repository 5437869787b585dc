import { asQueryError } from './errors';
import { Protocol } from '../../kernel/contracts';
import { awsQuery, awsQueryJson } from '../../wire/aws-query';
import { QueryMember, QueryShape } from '../../wire/query-shape';

const ATTRIBUTES: QueryMember = { kind: 'map', element: 'Attributes.entry', key: 'key', value: 'value' };
const MESSAGE_ATTRIBUTES: QueryMember = { kind: 'map', element: 'MessageAttributes.entry', key: 'Name', value: 'Value', members: {} };
const TAGS: QueryMember = { kind: 'list', element: 'Tags.member', members: {} };

/** How operations write what is more than texts. */
const SHAPES: Readonly<Record<string, QueryShape>> = {
  CreateTopic: { Attributes: ATTRIBUTES, Tags: TAGS },
  GetTopicAttributes: { Attributes: ATTRIBUTES },
  Subscribe: { Attributes: ATTRIBUTES },
  GetSubscriptionAttributes: { Attributes: ATTRIBUTES },
  Publish: { MessageAttributes: MESSAGE_ATTRIBUTES, SequenceNumber: { kind: 'text', nullInJson: true } },
  PublishBatch: {
    PublishBatchRequestEntries: { kind: 'list', element: 'PublishBatchRequestEntries.member', members: { MessageAttributes: MESSAGE_ATTRIBUTES } },
  },
  TagResource: { Tags: TAGS },
  UntagResource: { TagKeys: { kind: 'list', element: 'TagKeys.member' } },
  ListTagsForResource: { Tags: TAGS },
};

const QUERY = {
  version: '2010-03-31',
  namespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
  shape: (operation: string) => Object.hasOwn(SHAPES, operation) ? SHAPES[operation] : {},
  describeError: asQueryError,
};

/** The query protocol, and JSON back for API Gateway. */
export const PROTOCOLS: readonly Protocol[] = [awsQueryJson(QUERY), awsQuery(QUERY)];
