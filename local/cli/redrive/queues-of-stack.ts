import { AwsClient } from './aws-client';
import { UsageError } from '../report';

/** The id of a construct's own dead-letter queue, before the digits that the CDK adds. */
const DEAD_LETTER_QUEUE = /DeadLetterQueue[0-9A-F]{8}$/;

/** The URLs of a deployed stack's dead-letter queues, those that the constructs of the library make. */
export async function queuesOfStack(client: AwsClient, stackName: string): Promise<string[]> {
  const urls: string[] = [];
  for (let token: string | undefined; ;) {
    const answer = await client.cloudFormation('ListStackResources', { StackName: stackName, ...token === undefined ? {} : { NextToken: token } });
    for (const [, member] of answer.matchAll(/<member>(.*?)<\/member>/gs)) {
      if (text(member, 'ResourceType') === 'AWS::SQS::Queue' && DEAD_LETTER_QUEUE.test(text(member, 'LogicalResourceId') ?? '')) {
        urls.push(text(member, 'PhysicalResourceId')!);
      }
    }
    token = text(answer, 'NextToken');
    if (token === undefined) {
      break;
    }
  }
  if (urls.length === 0) {
    throw new UsageError(`The stack ${stackName} has no queue that a construct of this library made: give its URL with --queue.`);
  }
  return urls;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function text(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1].replace(/&(amp|lt|gt|quot|apos);/g, (_, entity: string) => ENTITIES[entity]);
}
