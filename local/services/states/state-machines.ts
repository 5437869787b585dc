import { invalidArn } from './invalid-arn';
import { ExecutionLogging } from './logging/execution-logging';
import { StateMachine as Workflow } from '../../engines/asl';
import { AwsError } from '../../kernel/aws-error';

/** A state machine as it is declared. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly constructPath: string;
  readonly type: 'EXPRESS' | 'STANDARD';
  readonly roleArn: string;
  readonly definition: string;
  readonly workflow: Workflow;
  readonly createdAt: number;
  /** Undefined when nothing is logged. */
  readonly logging?: ExecutionLogging;
  /** Of a published version. */
  readonly versionArn?: string;
  /** The alias by which the version has been found. */
  readonly aliasArn?: string;
}

/** Where the executions of an alias go: to one version, or to two by their weights. */
export interface AliasRoute {
  readonly versionArn: string;
  readonly weight: number;
}

const ARN = /^(arn:[^:]+:states:[^:]*:[^:]*:stateMachine:[^:]+)(:[^:]+)?$/;

/** The state machines of the run, their versions and aliases, by ARN. */
export class StateMachines {
  private readonly byArn = new Map<string, StateMachine>();
  private readonly versions = new Map<string, StateMachine>();
  private readonly aliases = new Map<string, readonly AliasRoute[]>();
  /** The number of the latest version that a state machine has had: none is used twice. */
  private readonly latest = new Map<string, number>();

  constructor(private readonly chance: () => number) {}

  add(stateMachine: StateMachine): void {
    this.byArn.set(stateMachine.arn, stateMachine);
  }

  /** Takes it away with its versions and aliases. */
  delete(arn: string): void {
    this.byArn.delete(arn);
    for (const qualified of [...this.versions.keys(), ...this.aliases.keys()].filter(each => each.startsWith(`${arn}:`))) {
      this.versions.delete(qualified);
      this.aliases.delete(qualified);
    }
  }

  /** Keeps the state machine as it is now; its version's ARN. */
  publish(arn: string): string {
    const stateMachine = this.get(arn);
    const current = [...this.versions.values()].find(version => version.workflow === stateMachine.workflow);
    if (current) {
      return current.versionArn!;
    }
    const number = (this.latest.get(arn) ?? 0) + 1;
    const versionArn = `${arn}:${number}`;
    this.latest.set(arn, number);
    this.versions.set(versionArn, { ...stateMachine, versionArn });
    return versionArn;
  }

  unpublish(versionArn: string): void {
    this.versions.delete(versionArn);
  }

  route(aliasArn: string, routes: readonly AliasRoute[]): void {
    const missing = routes.find(({ versionArn }) => !this.versions.has(versionArn));
    if (missing) {
      throw new AwsError('ResourceNotFound', `Version not found: '${missing.versionArn}'`);
    }
    this.aliases.set(aliasArn, routes);
  }

  deleteAlias(aliasArn: string): void {
    this.aliases.delete(aliasArn);
  }

  /** By its ARN, or that of a version or an alias. */
  get(arn: unknown): StateMachine {
    const stateMachine = this.peek(this.checkArn(arn));
    if (!stateMachine) {
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${String(arn)}'`);
    }
    return stateMachine;
  }

  peek(arn: string): StateMachine | undefined {
    const routes = this.aliases.get(arn);
    if (!routes) {
      return this.byArn.get(arn) ?? this.versions.get(arn);
    }
    const [first, second = first] = routes;
    const version = this.versions.get((this.chance() * 100 < first.weight ? first : second).versionArn);
    return version && { ...version, aliasArn: arn };
  }

  checkArn(arn: unknown): string {
    if (typeof arn !== 'string' || !ARN.test(arn)) {
      throw invalidArn(arn, 'stateMachineArn', 'stateMachine');
    }
    return arn;
  }

  all(): StateMachine[] {
    return [...this.byArn.values()];
  }
}
