import { pageOf } from './pages';
import { Operation, ServiceContext } from '../../../kernel/contracts';
import { checkArn, invalidParameter } from '../errors';
import { Topic } from '../topics/topic';
import { Topics } from '../topics/topics';

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface TopicInput {
  readonly TopicArn?: string;
  readonly ResourceArn?: string;
}

/** An operation on one topic, which IAM and the topic's own policy have to allow. */
export function onTopic<Input extends TopicInput>(topics: Topics, action: string, handle: (topic: Topic, input: Input) => unknown): Operation<Input> {
  const find = ({ TopicArn: topic, ResourceArn: resource }: Input) => topics.get(topic ?? resource, topic === undefined && resource !== undefined ? 'ResourceArn' : 'TopicArn');
  return {
    permissions: input => [{ action: `SNS:${action}`, resource: find(input).arn, resourcePolicy: find(input).policy }],
    handle: input => handle(find(input), input),
  };
}

/** Operations on topics as such. */
export function topicOperations({ environment }: ServiceContext, topics: Topics): Record<string, Operation> {
  const { partition, region, account } = environment;
  return {
    CreateTopic: {
      permissions: ({ Name: name }: { Name?: string }) => [{ action: 'SNS:CreateTopic', resource: `arn:${partition}:sns:${region}:${account}:${name}` }],
      handle: ({ Name: name, Attributes: attributes = {}, Tags: tags = [] }: { Name?: string; Attributes?: Record<string, string>; Tags?: Tag[] }) => {
        const topic = topics.create(name, attributes, environment);
        addTags(topic, tags);
        return { TopicArn: topic.arn };
      },
    },
    // A topic that is not there is deleted already.
    DeleteTopic: {
      permissions: ({ TopicArn: arn }: TopicInput) => {
        checkArn(arn, 'TopicArn');
        return [{ action: 'SNS:DeleteTopic', resource: arn, resourcePolicy: topics.find(arn)?.policy }];
      },
      handle: ({ TopicArn: arn }: TopicInput) => topics.delete(arn!),
    },
    ListTopics: {
      permissions: () => [{ action: 'SNS:ListTopics', resource: `arn:${partition}:sns:${region}:${account}:*` }],
      handle: ({ NextToken: token }: { NextToken?: string }) => {
        const { items, NextToken } = pageOf(topics.all(), token);
        return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), NextToken };
      },
    },
    GetTopicAttributes: onTopic(topics, 'GetTopicAttributes', topic => ({ Attributes: topic.describe() })),
    SetTopicAttributes: onTopic(topics, 'SetTopicAttributes', (topic, { AttributeName: name, AttributeValue: value = '' }: TopicInput & { AttributeName?: string; AttributeValue?: string }) => {
      topic.set(String(name), value);
    }),
    TagResource: onTopic(topics, 'TagResource', (topic, { Tags: tags }: TopicInput & { Tags?: Tag[] }) => {
      addTags(topic, tags ?? []);
      return {};
    }),
    UntagResource: onTopic(topics, 'UntagResource', (topic, { TagKeys: keys = [] }: TopicInput & { TagKeys?: string[] }) => {
      keys.forEach(key => topic.tags.delete(key));
      return {};
    }),
    ListTagsForResource: onTopic(topics, 'ListTagsForResource', topic => ({ Tags: [...topic.tags].map(([Key, Value]) => ({ Key, Value })) })),
  };
}

function addTags(topic: Topic, tags: readonly Tag[]): void {
  if (new Set(tags.map(({ Key: key }) => key)).size < tags.length) {
    throw invalidParameter('Duplicated keys are not allowed.');
  }
  tags.forEach(({ Key: key, Value: value }) => topic.tags.set(key, value));
}
