/** A URL by which SQS knows the queue of an ARN: services name queues by ARN, and the operations of SQS by URL. */
export function queueUrlOf(arn: string): string {
  const [, , , region, account, name] = arn.split(':');
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}
