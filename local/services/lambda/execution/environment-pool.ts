import { AwsError } from '../../../kernel/aws-error';
import { ServiceContext } from '../../../kernel/contracts';
import { FunctionConfiguration } from '../function-configuration';
import { ExecutionEnvironment } from './execution-environment';
import { Invocation, InvocationResult } from './invocation';

/** How many processes a version may have on this machine. On AWS there would be one for each of up to a thousand concurrent invocations; here the others wait. */
const MAXIMUM_ENVIRONMENTS = 16;

/** Lambda's limit for an account. */
const MAXIMUM_CONCURRENCY = 1000;

const IDLE_MILLISECONDS = 10 * 60 * 1000;

/** The environments of one version of a function: one for each invocation at a time, used again when it is free. */
export class EnvironmentPool {
  private readonly environments = new Set<ExecutionEnvironment>();
  private readonly idle = new Map<ExecutionEnvironment, () => void>();
  private readonly waiting: Array<(environment: ExecutionEnvironment | Promise<ExecutionEnvironment>) => void> = [];
  private isRetired = false;
  private isStopped = false;

  constructor(private readonly context: ServiceContext, private readonly configuration: FunctionConfiguration, private readonly version: string) {}

  async invoke(invocation: Invocation): Promise<InvocationResult> {
    const environment = await this.acquire();
    try {
      return await environment.invoke(invocation);
    } finally {
      this.release(environment);
    }
  }

  /** Lets what runs come to its end, and keeps nothing. */
  retire(): void {
    this.isRetired = true;
    [...this.idle.keys()].forEach(environment => this.discard(environment));
  }

  /** Ends what runs as well, and lets nobody wait who would start something. */
  stop(): void {
    this.isStopped = true;
    this.retire();
    this.waiting.splice(0).forEach(next => next(Promise.reject(stopped())));
    [...this.environments].forEach(environment => this.discard(environment));
  }

  private acquire(): ExecutionEnvironment | Promise<ExecutionEnvironment> {
    if (this.isStopped) {
      throw stopped();
    }
    for (const [environment, cancelExpiry] of [...this.idle].reverse()) {
      this.idle.delete(environment);
      cancelExpiry();
      if (environment.isAlive) {
        return environment;
      }
      this.discard(environment);
    }
    if (this.environments.size < MAXIMUM_ENVIRONMENTS) {
      return this.start();
    }
    if (this.environments.size + this.waiting.length >= MAXIMUM_CONCURRENCY) {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, { Reason: 'ConcurrentInvocationLimitExceeded', Type: 'User' });
    }
    return new Promise(resolve => this.waiting.push(resolve));
  }

  private start(): ExecutionEnvironment {
    const { arn, name, roleArn } = this.configuration;
    const role = this.context.assumeRole(roleArn, 'lambda.amazonaws.com', arn, name);
    const environment = new ExecutionEnvironment(this.context, this.configuration, this.version, role);
    this.environments.add(environment);
    return environment;
  }

  /** In place of one that has ended. Were it the last, nobody else would ever tell those who wait that none can be started. */
  private async startForNext(): Promise<ExecutionEnvironment> {
    try {
      return this.start();
    } catch (error) {
      if (this.environments.size === 0) {
        this.waiting.splice(0).forEach(next => next(Promise.reject(error)));
      }
      throw error;
    }
  }

  private release(environment: ExecutionEnvironment): void {
    if (!environment.isAlive || (this.isRetired && this.waiting.length === 0)) {
      this.discard(environment);
    }
    const next = this.waiting.shift();
    if (next) {
      next(this.environments.has(environment) ? environment : this.startForNext());
    } else if (this.environments.has(environment)) {
      this.idle.set(environment, this.context.clock.schedule(IDLE_MILLISECONDS, () => this.discard(environment)));
    }
  }

  private discard(environment: ExecutionEnvironment): void {
    this.idle.get(environment)?.();
    this.idle.delete(environment);
    this.environments.delete(environment);
    environment.stop();
  }
}

function stopped(): AwsError {
  return new AwsError('ServiceException', 'The function has been stopped.', 500);
}
