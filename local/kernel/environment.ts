import { Environment } from './contracts';
import { StackTemplate } from './template';
import { partitionOf, urlSuffixOf } from './template/pseudo-parameters';

/** The account and the region of stacks that name none. */
const DEFAULT_ACCOUNT = '000000000000';
const DEFAULT_REGION = 'us-east-1';

/** Where a stack lives; where a run lives whose first stack it is. */
export function environmentOf(stack?: Pick<StackTemplate, 'account' | 'region'>): Environment {
  const region = stack?.region ?? DEFAULT_REGION;
  const partition = partitionOf(region);
  return { account: stack?.account ?? DEFAULT_ACCOUNT, region, partition, urlSuffix: urlSuffixOf(partition) };
}
