import { ResourceRequest, ResourceType } from './contracts';

/** What stands for a resource that is not there: it has a name, so that others may refer to it, and takes any property. */
export const STAND_IN: ResourceType = {
  properties: { used: [] },
  create: request => ({ ref: request.generateName(63) }),
  update: (_request, _previous, resource) => resource,
  delete: () => {},
};

/** An attribute of a stand-in: a made-up ARN, or a text that tells what it is made up for. */
export function standInAttribute({ logicalId, type, environment: { partition, region, account } }: ResourceRequest, ref: string, name: string): string {
  const [, service] = type.split('::');
  return name.endsWith('Arn') ? `arn:${partition}:${service.toLowerCase()}:${region}:${account}:${ref}` : `${logicalId}.${name}`;
}

/** Types that change no answer of any service: they watch, bill, scale or encrypt. */
export const TYPES_WITHOUT_EFFECT: readonly string[] = [
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::AnomalyDetector',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::CloudWatch::InsightRule',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::XRay::Group',
  'AWS::XRay::ResourcePolicy',
  'AWS::XRay::SamplingRule',
];
