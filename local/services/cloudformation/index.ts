import { AwsError } from '../../kernel/aws-error';
import { Operation, ProvisionedStack, Service, ServiceContext } from '../../kernel/contracts';
import { awsQuery } from '../../wire/aws-query';

interface StackInput {
  readonly StackName?: string;
  readonly LogicalResourceId?: string;
}

/** AWS CloudFormation: what the stacks of the run are made of, and their outputs. They change only with the app. */
export function cloudformation(context: ServiceContext): Service {
  const startedAt = new Date(context.clock.now()).toISOString();

  const find = ({ StackName: nameOrId }: StackInput): ProvisionedStack => {
    const stack = context.stacks().find(each => each.name === nameOrId || each.id === nameOrId);
    if (!stack) {
      throw new AwsError('ValidationError', `Stack with id ${nameOrId} does not exist`);
    }
    return stack;
  };

  const onStack = (operation: string, answer: (stack: ProvisionedStack, input: StackInput) => unknown): Operation<StackInput> => ({
    permissions: input => [{ action: `cloudformation:${operation}`, resource: find(input).id }],
    handle: input => answer(find(input), input),
  });

  const describeStack = ({ name, id, outputs }: ProvisionedStack) => ({
    StackId: id,
    StackName: name,
    CreationTime: startedAt,
    StackStatus: 'CREATE_COMPLETE',
    DisableRollback: false,
    Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
  });

  const describeResource = (stack: ProvisionedStack, { logicalId, physicalId, type }: ProvisionedStack['resources'][number]) => ({
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    Timestamp: startedAt,
    ResourceStatus: 'CREATE_COMPLETE',
  });

  const describeStacks: Operation<StackInput> = {
    permissions: input => [{ action: 'cloudformation:DescribeStacks', resource: input.StackName === undefined ? '*' : find(input).id }],
    handle: input => ({ Stacks: (input.StackName === undefined ? context.stacks() : [find(input)]).map(describeStack) }),
  };

  return {
    name: 'cloudformation',
    protocols: [awsQuery({ version: '2010-05-15', namespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/' })],
    operations: {
      DescribeStacks: describeStacks,
      DescribeStackResources: onStack('DescribeStackResources', (stack, { LogicalResourceId: logicalId }) => ({
        StackResources: stack.resources
          .filter(resource => logicalId === undefined || resource.logicalId === logicalId)
          .map(resource => describeResource(stack, resource)),
      })),
      ListStackResources: onStack('ListStackResources', stack => ({
        StackResourceSummaries: stack.resources.map(({ logicalId, physicalId, type }) => ({
          LogicalResourceId: logicalId, PhysicalResourceId: physicalId, ResourceType: type, LastUpdatedTimestamp: startedAt, ResourceStatus: 'CREATE_COMPLETE',
        })),
      })),
    },
    resourceTypes: {},
  };
}
