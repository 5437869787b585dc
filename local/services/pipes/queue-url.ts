import { ServiceContext } from '../../kernel/contracts';

/** Where a queue is reached, by its ARN. */
export function queueUrl(context: ServiceContext, arn: string): string {
  const [, , , , account, name] = arn.split(':');
  return `${context.endpoint()}/${account}/${name}`;
}
