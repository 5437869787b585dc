import { AwsError } from './aws-error';
import { ConnectionLostError } from './connection-lost-error';
import {
  Activity, Call, CallDetails, Clock, Environment, FaultInjection, HttpRequest, HttpResponse, NO_FAULTS, Operation,
  PermissionDecision, Principal, ProvisionedStack, Randomness, Service, ServiceContext, ServiceFactory, SessionCredentials, Storage, TraceBus,
} from './contracts';
import { DeniedError } from './denied-error';
import { environmentOf } from './environment';
import { Roles } from './roles';
import { Sessions } from './sessions';

export interface KernelOptions {
  readonly services: readonly ServiceFactory[];
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly storage?: Storage;
  readonly trace: TraceBus;
  readonly endpoint: () => string;
  readonly environment?: Environment;
  /** What a text is on this machine: it may hold addresses on AWS. */
  readonly localValue?: (text: string) => string;
  /** What calls that IAM lets through are shown to. */
  readonly faults?: FaultInjection;
}

/** Holds the services, and the one door through which every call passes. */
export class Kernel implements ServiceContext {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly storage?: Storage;
  readonly trace: TraceBus;
  readonly faults: FaultInjection;
  readonly roles = new Roles();
  readonly sessions: Sessions;
  readonly environment: Environment;
  readonly endpoint: () => string;
  readonly localValue: (text: string) => string;
  private provisionedStacks: readonly ProvisionedStack[] = [];
  private readonly servicesByName = new Map<string, Service>();

  constructor(options: KernelOptions) {
    this.environment = options.environment ?? environmentOf();
    this.clock = options.clock;
    this.randomness = options.randomness;
    this.storage = options.storage;
    this.sessions = new Sessions(options.randomness);
    this.trace = options.trace;
    this.faults = options.faults ?? NO_FAULTS;
    this.endpoint = options.endpoint;
    this.localValue = options.localValue ?? (text => text);
    for (const create of options.services) {
      const service = create(this);
      this.servicesByName.set(service.name, service);
    }
  }

  get services(): Iterable<Service> {
    return this.servicesByName.values();
  }

  stacks(): readonly ProvisionedStack[] {
    return this.provisionedStacks.map(stack => ({
      ...stack, outputs: Object.fromEntries(Object.entries(stack.outputs).map(([name, value]) => [name, this.localValue(value)])),
    }));
  }

  /** Tells the services of the stacks, once all of them exist. */
  announce(stacks: readonly ProvisionedStack[]): void {
    this.provisionedStacks = stacks;
  }

  emulates(service: string): boolean {
    return this.servicesByName.has(service);
  }

  service(name: string): Service {
    const service = this.servicesByName.get(name);
    if (!service) {
      throw new AwsError('NotImplemented', `The local runtime does not emulate the service "${name}".`, 501);
    }
    return service;
  }

  async invoke(call: Call): Promise<unknown> {
    return this.run(call, this.randomness.uuid());
  }

  async send(principal: Principal, serviceName: string, request: HttpRequest): Promise<HttpResponse> {
    const requestId = this.randomness.uuid();
    const [first, ...others] = this.service(serviceName).protocols ?? [];
    if (!first) {
      throw new Error(`The service "${serviceName}" has no protocol of its own.`);
    }
    // What no protocol accepts is refused by the first.
    const protocol = first.accepts(request) ? first : others.find(other => other.accepts(request)) ?? first;
    try {
      const { operation, input } = protocol.decode(request);
      const output = await this.run({ principal, service: serviceName, operation, input }, requestId);
      return protocol.encode(operation, output, requestId);
    } catch (error) {
      if (error instanceof ConnectionLostError) {
        throw error;
      }
      if (!(error instanceof AwsError)) {
        this.reportFault(serviceName, error);
      }
      return protocol.encodeError(error, requestId);
    }
  }

  assumeRole(roleArn: string, servicePrincipal: string, sourceArn: string, sessionName?: string): Principal {
    return this.roles.assume(roleArn, servicePrincipal, sourceArn, sessionName);
  }

  issueCredentials(principal: Principal): SessionCredentials {
    return this.sessions.issue(principal);
  }

  revokeCredentials(accessKeyId: string): void {
    this.sessions.revoke(accessKeyId);
  }

  protected async run(call: Call, requestId: string): Promise<unknown> {
    if (this.trace.detailed) {
      return this.runObserved(call, requestId);
    }
    try {
      const output = await this.perform(call, requestId);
      this.traceCall(call, 'ok');
      return output;
    } catch (error) {
      this.traceCall(call, error instanceof AwsError ? error.code : 'InternalFailure', error);
      throw error;
    }
  }

  /** The same while somebody observes: what happens within the call has it as its cause, and what IAM said of it is kept. */
  private async runObserved(call: Call, requestId: string): Promise<unknown> {
    const activity = this.trace.begin();
    const decisions: PermissionDecision[] = [];
    const details = { startedAt: this.clock.now(), requestId, decisions, input: call.input };
    try {
      const output = await this.trace.within(activity, () => this.perform(call, requestId, decision => decisions.push(decision)));
      if (!activity.isIdle) {
        this.traceCall(call, 'ok', undefined, activity, { ...details, output });
      }
      return output;
    } catch (error) {
      this.traceCall(call, error instanceof AwsError ? error.code : 'InternalFailure', error, activity, details);
      throw error;
    }
  }

  private perform(call: Call, requestId: string, decided?: (decision: PermissionDecision) => void): unknown {
    const operation = this.operation(call);
    const permissions = operation.permissions(call.input);
    for (const permission of permissions) {
      this.roles.authorize(call.principal, permission, decided);
    }
    const handle = () => operation.handle(call.input, { principal: call.principal, requestId });
    return this.faults.active ? this.faults.call(call, permissions, handle) : handle();
  }

  protected operation(call: Call): Operation {
    const operations = this.service(call.service).operations;
    if (!Object.hasOwn(operations, call.operation)) {
      throw new AwsError('NotImplemented', `The local runtime does not emulate ${call.service}:${call.operation}.`, 501);
    }
    return operations[call.operation];
  }

  private traceCall(call: Call, outcome: string, error?: unknown, activity?: Activity, details?: CallDetails): void {
    if (!this.trace.active) {
      return;
    }
    this.trace.emit({
      kind: 'call',
      time: this.clock.now(),
      principal: call.principal.arn,
      service: call.service,
      operation: call.operation,
      outcome,
      ...(error instanceof Error ? { message: error.message } : {}),
      ...(error instanceof DeniedError ? { missing: error.missing } : {}),
      ...details,
    }, activity);
  }

  /** A fault of the runtime itself: answered as AWS answers its own, and shown, since it is ours to mend. */
  private reportFault(source: string, error: unknown): void {
    const message = error instanceof Error ? error.stack ?? error.message : String(error);
    this.trace.emit({ kind: 'failure', time: this.clock.now(), source, message });
  }
}
