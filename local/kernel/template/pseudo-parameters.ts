/** The pseudo parameters (`AWS::Region` and the like) of a stack. */
import { createHash } from 'crypto';
import { StackEnvironment } from './stack-environment';

/** What `AWS::NoValue` resolves to while a template is evaluated: whatever holds it leaves it out. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** The partition a region belongs to. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** What the names of the partition's hosts end in. */
export function urlSuffixOf(partition: string): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}

/** Every pseudo parameter of a stack, by name. */
export function pseudoParameters(stackName: string, environment: StackEnvironment): ReadonlyMap<string, unknown> {
  const { account, region } = environment;
  const partition = environment.partition ?? partitionOf(region);
  return new Map<string, unknown>([
    ['AWS::AccountId', account],
    ['AWS::NotificationARNs', [...environment.notificationArns ?? []]],
    ['AWS::NoValue', NO_VALUE],
    ['AWS::Partition', partition],
    ['AWS::Region', region],
    ['AWS::StackId', environment.stackId ?? `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/${stableUuid(account, region, stackName)}`],
    ['AWS::StackName', stackName],
    ['AWS::URLSuffix', urlSuffixOf(partition)],
  ]);
}

/** The same stack has the same id in every run, so that what is derived from it stays the same too. */
function stableUuid(...names: string[]): string {
  const digest = createHash('sha256').update(names.join('\0')).digest('hex');
  return [digest.slice(0, 8), digest.slice(8, 12), digest.slice(12, 16), digest.slice(16, 20), digest.slice(20, 32)].join('-');
}
