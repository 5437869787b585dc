/**
 * Types of resources whose replacement loses what they hold, or changes an address that others know, and the properties whose change replaces them: `createOnlyProperties`
 * and `conditionalCreateOnlyProperties` of their schemas in the CloudFormation registry (as of 2026-10-20, in the package cfn-lint 1.58.0).
 *
 * @see https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 */
export const REPLACED_BY: Record<string, readonly string[]> = {
  'AWS::ApiGateway::ApiKey': ['GenerateDistinctId', 'Name', 'Value'],
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
  'AWS::ApiGatewayV2::DomainName': ['DomainName'],
  'AWS::ApiGatewayV2::Stage': ['ApiId', 'StageName'],
  'AWS::DynamoDB::Table': ['ImportSourceSpecification', 'KeySchema', 'TableName'],
  'AWS::Events::ApiDestination': ['Name'],
  'AWS::Events::Connection': ['Name'],
  'AWS::Events::EventBus': ['Name'],
  'AWS::Kinesis::Stream': ['Name'],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::Pipes::Pipe': ['Name', 'Source'],
  'AWS::SNS::Topic': ['FifoTopic', 'TopicName'],
  'AWS::SQS::Queue': ['FifoQueue', 'QueueName'],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 'StateMachineType'],
};

/** Types that hold nothing and whose addresses nobody knows: CloudFormation may make them anew. */
export const MAY_BE_REPLACED = [
  'AWS::ApiGateway::Account', 'AWS::ApiGateway::UsagePlan', 'AWS::ApiGateway::UsagePlanKey', 'AWS::ApiGatewayV2::Authorizer', 'AWS::ApiGatewayV2::Integration', 'AWS::ApiGatewayV2::IntegrationResponse', 'AWS::ApiGatewayV2::Model',
  'AWS::ApiGatewayV2::Route', 'AWS::ApiGatewayV2::RouteResponse', 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::Events::Rule', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::Lambda::Function',
  'AWS::Lambda::Permission', 'AWS::SQS::QueuePolicy', 'AWS::Scheduler::Schedule',
];

/** What of a resource must stay as it is. */
export interface Identity {
  readonly type: string;
  /** What becomes of it when it is left out. */
  readonly deletionPolicy?: string;
  readonly replacedBy: Record<string, unknown>;
}

/** The identities of what must not be replaced in a template. */
export function identities(template: { Resources: Record<string, any> }): Record<string, Identity> {
  const held = Object.entries(template.Resources).filter(([, { Type: type }]) => type in REPLACED_BY);
  return Object.fromEntries(held.map(([id, { Type: type, DeletionPolicy: deletionPolicy, Properties: properties = {} }]) => {
    const replacedBy = Object.fromEntries(REPLACED_BY[type].filter(name => name in properties).map(name => [name, properties[name]]));
    return [id, { type, deletionPolicy, replacedBy }];
  }));
}

/** What an update from one template to the other would replace, remove, or let go of. */
export function losses(before: Record<string, Identity>, after: Record<string, Identity>): string[] {
  return Object.entries(before).flatMap(([id, was]) => {
    const is = after[id];
    if (is?.type !== was.type) {
      return [`${id} (${was.type}) is gone`];
    }
    const properties = REPLACED_BY[was.type].filter(name => JSON.stringify(was.replacedBy[name]) !== JSON.stringify(is.replacedBy[name]));
    return [
      ...properties.map(name => `${id} (${was.type}) is replaced: ${name} was ${JSON.stringify(was.replacedBy[name])} and is ${JSON.stringify(is.replacedBy[name])}`),
      ...was.deletionPolicy === is.deletionPolicy ? [] : [`${id} (${was.type}) has another deletion policy: ${was.deletionPolicy}, then ${is.deletionPolicy}`],
    ];
  });
}
