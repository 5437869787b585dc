import { Pipe } from './pipe';
import { Pipes } from './pipes';
import { Operation } from '../../kernel/contracts';
import { awsRestJson } from '../../wire/aws-rest-json';

/** How clients ask about pipes. */
export const protocol = awsRestJson([
  ['GET', '/v1/pipes/{Name}', 'DescribePipe'],
  ['GET', '/v1/pipes', 'ListPipes'],
  ['POST', '/v1/pipes/{Name}/start', 'StartPipe'],
  ['POST', '/v1/pipes/{Name}/stop', 'StopPipe'],
]);

interface PipeInput {
  readonly Name: string;
}

/** The operations that look at pipes, start and stop them. */
export function pipeOperations(pipes: Pipes): Record<string, Operation> {
  const onPipe = (operation: string, handle: (pipe: Pipe) => object): Operation<PipeInput> => ({
    permissions: ({ Name: name }) => [{ action: `pipes:${operation}`, resource: pipes.get(name).arn }],
    handle: ({ Name: name }) => handle(pipes.get(name)),
  });
  return {
    DescribePipe: onPipe('DescribePipe', pipe => ({
      ...summary(pipe), ...pipe.declared, RoleArn: pipe.roleArn, Description: pipe.description, DesiredState: pipe.state,
    })),
    ListPipes: {
      permissions: () => [{ action: 'pipes:ListPipes', resource: '*' }],
      handle: () => ({ Pipes: pipes.all().map(summary) }),
    },
    StartPipe: onPipe('StartPipe', pipe => {
      pipe.state = 'RUNNING';
      pipes.startAll();
      return summary(pipe);
    }),
    StopPipe: onPipe('StopPipe', pipe => {
      pipe.state = 'STOPPED';
      pipes.halt(pipe.name);
      return summary(pipe);
    }),
  };
}

function summary({ name, arn, source, target, state, createdAt }: Pipe): object {
  const time = createdAt / 1000;
  return { Arn: arn, Name: name, Source: source, Target: target, CurrentState: state, DesiredState: state, CreationTime: time, LastModifiedTime: time };
}
