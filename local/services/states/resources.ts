import { createHash } from 'node:crypto';
import { DefinitionProperties, definitionOf } from './definition';
import { LoggingConfiguration } from './logging/execution-logging';
import { makeStateMachine } from './make-state-machine';
import { StateMachine, StateMachines } from './state-machines';
import { aliasType, versionType } from './version-resources';
import { ProvisionedResource, ResourceRequest, ResourceType, ServiceContext } from '../../kernel/contracts';

interface StateMachineProperties extends DefinitionProperties {
  readonly StateMachineName?: string;
  readonly StateMachineType?: 'EXPRESS' | 'STANDARD';
  readonly RoleArn: string;
  readonly LoggingConfiguration?: LoggingConfiguration;
}

/** How state machines come into being. */
export function resourceTypes(context: ServiceContext, stateMachines: StateMachines): Record<string, ResourceType> {
  return {
    'AWS::StepFunctions::StateMachine': {
      properties: {
        used: [
          'StateMachineName', 'StateMachineType', 'RoleArn', 'Definition', 'DefinitionString', 'DefinitionS3Location', 'DefinitionSubstitutions', 'LoggingConfiguration',
        ],
        withoutEffect: ['TracingConfiguration', 'EncryptionConfiguration', 'Tags'],
      },
      create: request => createStateMachine(context, stateMachines, request),
      // Executions that are under way go on as they began.
      update: request => createStateMachine(context, stateMachines, request),
      replacedBy: ['StateMachineName', 'StateMachineType'],
      delete: (_, { ref }) => stateMachines.delete(ref),
    },
    'AWS::StepFunctions::StateMachineAlias': aliasType(stateMachines),
    'AWS::StepFunctions::StateMachineVersion': versionType(stateMachines),
  };
}

async function createStateMachine(
  context: ServiceContext, stateMachines: StateMachines, request: ResourceRequest<StateMachineProperties>,
): Promise<ProvisionedResource> {
  const { properties, environment } = request;
  // CloudFormation leaves the stack's name out of this one.
  const name = properties.StateMachineName ?? `${request.logicalId.slice(0, 80 - 13)}-${request.generateId(12)}`;
  const stateMachine = await makeStateMachine(context, environment, {
    name,
    constructPath: request.constructPath,
    type: properties.StateMachineType,
    roleArn: properties.RoleArn,
    definition: definitionOf(request),
    logging: properties.LoggingConfiguration,
  });
  stateMachines.add(stateMachine);
  const { arn } = stateMachine;
  return { ref: arn, attributes: { Arn: arn, Name: name, StateMachineRevisionId: revisionOf(stateMachine) } };
}

/** What changes with the state machine, so that a version of it is published anew. */
function revisionOf({ definition, roleArn }: StateMachine): string {
  return createHash('sha256').update(JSON.stringify([definition, roleArn])).digest('hex').slice(0, 32);
}
