import { checkTasks } from './check-tasks';
import { ExecutionLogging, LoggingConfiguration } from './logging/execution-logging';
import { StateMachine } from './state-machines';
import { compileStateMachine } from '../../engines/asl';
import { Environment, ServiceContext } from '../../kernel/contracts';

/** What a state machine is made of, wherever it comes from. */
export interface StateMachineSource extends Pick<StateMachine, 'name' | 'constructPath' | 'roleArn' | 'definition'> {
  readonly type?: StateMachine['type'];
  readonly logging?: LoggingConfiguration;
}

/** A state machine that can be run. Throws when its definition is none, or cannot be run here. */
export async function makeStateMachine(
  context: ServiceContext, environment: Environment, { logging: configuration, type = 'STANDARD', ...source }: StateMachineSource,
): Promise<StateMachine> {
  const arn = `arn:${environment.partition}:states:${environment.region}:${environment.account}:stateMachine:${source.name}`;
  const workflow = compileStateMachine(source.definition);
  checkTasks(JSON.parse(source.definition), type);
  const logging = await ExecutionLogging.create(context, environment, { arn, name: source.name, roleArn: source.roleArn }, configuration);
  return { ...source, arn, type, workflow, createdAt: context.clock.now(), logging };
}
