import { Input, nameOf, text } from './input';
import { Clock, Operation } from '../../../kernel/contracts';
import { LogGroups } from '../groups/log-groups';
import { ResourcePolicies } from '../resource-policies';

/** What a role may have to do so that a service delivers logs on its behalf: all of it, and of no group in particular. */
const ACTIONS = [
  'CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries',
  'PutResourcePolicy', 'DescribeResourcePolicies', 'DescribeLogGroups',
];

const STREAM = 'log_stream_created_by_aws_to_validate_log_delivery_subscriptions';
const MESSAGE = 'Permissions are set correctly to allow AWS CloudWatch Logs to write into your logs while creating a subscription.';

/** The policy that lets deliveries in, which grows with every group that they go to. */
const POLICY = 'AWSLogDeliveryWrite20150319';

/** Lets a service deliver logs to a group, and leaves the mark in it that AWS leaves. Only services call it, with the role of whoever has asked for logs. */
export function createLogDelivery(clock: Clock, groups: LogGroups, policies: ResourcePolicies): Operation<Input> {
  const resources = new Set<string>();
  return {
    permissions: () => ACTIONS.map(action => ({ action: `logs:${action}`, resource: '*' })),
    handle: input => {
      const now = clock.now();
      const group = groups.get(nameOf('logGroupArn', text(input, 'logGroupArn')));
      if (!group.streams.has(STREAM)) {
        group.addStream(STREAM, now);
        group.append(group.streams.get(STREAM)!, [{ timestamp: now, message: MESSAGE }], now);
      }
      resources.add(`${group.arn}:log-stream:*`);
      policies.put(POLICY, JSON.stringify({
        Version: '2012-10-17',
        Statement: [{
          Sid: 'AWSLogDeliveryWrite',
          Effect: 'Allow',
          Principal: { Service: 'delivery.logs.amazonaws.com' },
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: [...resources],
        }],
      }));
    },
  };
}
