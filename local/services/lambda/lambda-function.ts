import { EventInvokeSettings } from './asynchronous/event-invoke-settings';
import { EnvironmentPool } from './execution/environment-pool';
import { Invocation, InvocationResult } from './execution/invocation';
import { FunctionConfiguration } from './function-configuration';
import { compilePolicy, CompiledPolicy } from '../../engines/iam-policy';
import { AwsError } from '../../kernel/aws-error';
import { ServiceContext } from '../../kernel/contracts';

export const LATEST = '$LATEST';

/** A version of a function: what its code and configuration were when it was published. */
export interface FunctionVersion {
  readonly version: string;
  readonly configuration: FunctionConfiguration;
  readonly pool: EnvironmentPool;
}

/** A function, with its versions and aliases, and who may call it. */
export class LambdaFunction {
  /** By alias. */
  readonly aliases = new Map<string, string>();
  /** By qualifier. */
  readonly eventInvokeSettings = new Map<string, EventInvokeSettings>();
  private readonly versions = new Map<string, FunctionVersion>();
  private readonly statements = new Map<string, object>();
  private compiledPolicy: CompiledPolicy | undefined;
  private published = 0;
  private running = 0;

  constructor(private readonly context: ServiceContext, configuration: FunctionConfiguration) {
    this.change(configuration);
  }

  /** The configuration of the latest version. */
  get configuration(): FunctionConfiguration {
    return this.versions.get(LATEST)!.configuration;
  }

  /** The policy of the function itself; undefined when it has none. */
  get policy(): CompiledPolicy | undefined {
    if (this.statements.size > 0) {
      this.compiledPolicy ??= compilePolicy(this.policyDocument, { kind: 'resource' });
    }
    return this.compiledPolicy;
  }

  get policyDocument(): { readonly Version: string; readonly Id: string; readonly Statement: object[] } {
    return { Version: '2012-10-17', Id: 'default', Statement: [...this.statements.values()] };
  }

  /** Makes a configuration the latest; what runs with the one before comes to its end. */
  change(configuration: FunctionConfiguration): void {
    this.versions.get(LATEST)?.pool.retire();
    this.versions.set(LATEST, this.newVersion(LATEST, configuration));
  }

  /** Keeps the latest configuration under a number. */
  publish(): string {
    const version = String(++this.published);
    this.versions.set(version, this.newVersion(version, this.configuration));
    return version;
  }

  unpublish(version: string): void {
    this.versions.get(version)?.pool.retire();
    this.versions.delete(version);
  }

  /** The version behind a qualifier: a version's number, or an alias; undefined when there is none. */
  version(qualifier: string): FunctionVersion | undefined {
    return this.versions.get(this.aliases.get(qualifier) ?? qualifier);
  }

  permit(id: string, statement: object): void {
    this.statements.set(id, statement);
    this.compiledPolicy = undefined;
  }

  forbid(id: string): void {
    this.statements.delete(id);
    this.compiledPolicy = undefined;
  }

  async invoke({ pool }: FunctionVersion, invocation: Invocation): Promise<InvocationResult> {
    const { reservedConcurrency } = this.configuration;
    if (reservedConcurrency !== undefined && this.running >= reservedConcurrency) {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User' });
    }
    this.running++;
    try {
      return await pool.invoke(invocation);
    } finally {
      this.running--;
    }
  }

  /** Ends all that runs. */
  stop(): void {
    this.versions.forEach(({ pool }) => pool.stop());
  }

  private newVersion(version: string, configuration: FunctionConfiguration): FunctionVersion {
    return { version, configuration, pool: new EnvironmentPool(this.context, configuration, version) };
  }
}
