import { Pipe } from './pipe';
import { PipeRunner } from './pipe-runner';
import { dynamoDbStream } from './sources/dynamodb-stream';
import { Source } from './sources/source';
import { sqsQueue as sqsSource } from './sources/sqs-queue';
import { eventBus } from './targets/event-bus';
import { lambdaFunction } from './targets/lambda-function';
import { sqsQueue } from './targets/sqs-queue';
import { stateMachine } from './targets/state-machine';
import { Target } from './targets/target';
import { AwsError } from '../../kernel/aws-error';
import { Rehearsal, ServiceContext } from '../../kernel/contracts';

const SOURCES: readonly Source[] = [dynamoDbStream, sqsSource];
const TARGETS: readonly Target[] = [eventBus, stateMachine, lambdaFunction, sqsQueue];

/** The source behind an ARN; throws for one that the runtime does not emulate. */
export function sourceOf(arn: string): Source {
  return find(SOURCES, 'sources', arn);
}

/** The target behind an ARN; throws for one that the runtime does not emulate. */
export function targetOf(arn: string): Target {
  return find(TARGETS, 'targets', arn);
}

function find<T extends { readonly arn: RegExp }>(kinds: readonly T[], what: string, arn: string): T {
  const kind = kinds.find(each => each.arn.test(arn));
  if (!kind) {
    throw new Error(`the local runtime does not emulate ${what} of pipes such as ${arn}`);
  }
  return kind;
}

/** The pipes of the run, and what works in them. */
export class Pipes {
  private readonly byName = new Map<string, Pipe>();
  private readonly runners = new Map<string, PipeRunner>();

  constructor(private readonly context: ServiceContext) {}

  add(pipe: Pipe): void {
    this.byName.set(pipe.name, pipe);
  }

  delete(name: string): void {
    this.halt(name);
    this.byName.delete(name);
  }

  get(name: string): Pipe {
    const pipe = this.byName.get(name);
    if (!pipe) {
      throw new AwsError('NotFoundException', `Pipe ${name} does not exist.`, 404);
    }
    return pipe;
  }

  all(): Pipe[] {
    return [...this.byName.values()];
  }

  /** Starts what should run and does not yet. */
  startAll(): void {
    this.all().filter(({ name, state }) => state === 'RUNNING' && !this.runners.has(name)).forEach(pipe => {
      const runner = new PipeRunner(this.context, pipe, sourceOf(pipe.source), targetOf(pipe.target));
      this.runners.set(pipe.name, runner);
      runner.start();
    });
  }

  /** The calls that pipes make: one that begins to read, and one that hands on an event. */
  * rehearsals(): Generator<Rehearsal> {
    const { context } = this;
    for (const pipe of this.all()) {
      const principal = () => context.assumeRole(pipe.roleArn, 'pipes.amazonaws.com', pipe.arn);
      yield { by: `pipe ${pipe.name}, source`, call: () => sourceOf(pipe.source).open(context, pipe, principal()) };
      yield { by: `pipe ${pipe.name}, target`, call: () => targetOf(pipe.target).send(context, pipe, principal(), [{ event: {}, input: {} }]) };
    }
  }

  stopAll(): void {
    [...this.runners.keys()].forEach(name => this.halt(name));
  }

  halt(name: string): void {
    this.runners.get(name)?.stop();
    this.runners.delete(name);
  }
}
