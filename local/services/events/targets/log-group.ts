import { callerOf, Handover, TargetKind } from './target-kind';
import { AwsError } from '../../../kernel/aws-error';

/** A log group of CloudWatch Logs. Each rule writes into a stream of its own. */
export const logGroup: TargetKind = {
  arn: /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:/,
  send: async handover => {
    const { context, target, body, ruleArn } = handover;
    const logGroupName = target.Arn.split(':').slice(6).join(':').replace(/:\*$/, '');
    const logStreamName = ruleArn.slice(ruleArn.indexOf(':rule/') + ':rule/'.length);
    await call(handover, 'CreateLogStream', { logGroupName, logStreamName }).catch(ignoreExisting);
    return call(handover, 'PutLogEvents', { logGroupName, logStreamName, logEvents: [{ timestamp: context.clock.now(), message: body }] });
  },
};

function call(handover: Handover, operation: string, input: object): Promise<unknown> {
  return handover.context.invoke({ principal: callerOf(handover), service: 'logs', operation, input });
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof AwsError) || error.code !== 'ResourceAlreadyExistsException') {
    throw error;
  }
}
