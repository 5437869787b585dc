/** Services, and what the kernel lends to them. */
import { Call, Operation, Principal, SessionCredentials } from './call';
import { Environment } from './environment';
import { FaultInjection } from './faults';
import { HttpRequest, HttpResponse, Protocol } from './http';
import { ProvisionedStack, ResourceType } from './resource';
import { RoleRegistry } from './role';
import { Clock, Randomness, Storage } from './surroundings';
import { TraceBus } from './trace';
import { WebSocketAcceptor } from './web-socket';

/** Something about AWS that could not be confirmed, and what the runtime takes it to be. */
export interface Assumption {
  /** What it is about, such as "A client's ping". */
  readonly about: string;
  /** What the runtime does. */
  readonly assumed: string;
}

/** A call that something of the template will make, so that it can be tried before anything runs. */
export interface Rehearsal {
  /** Who calls: the path of a construct, and what in it. */
  readonly by: string;
  /** Makes the call, with what can be known of its input beforehand. */
  call(): unknown;
}

/** Where HTTP APIs are. Their requests go through the service's protocol. */
export interface HttpApiHost {
  /** Whether an API has this id. */
  serves(apiId: string): boolean;
  /** The APIs and stages that can be called. */
  describeApis(): ReadonlyArray<{ readonly apiId: string; readonly stage: string }>;
}

/** One emulated AWS service. */
export interface Service {
  readonly name: string;
  /** The first one that accepts a request speaks. */
  readonly protocols?: readonly Protocol[];
  readonly operations: Record<string, Operation>;
  /** Keyed by CloudFormation type, such as `AWS::DynamoDB::Table`. */
  readonly resourceTypes: Record<string, ResourceType>;
  /** Accepts WebSocket clients: only API Gateway does. */
  readonly webSockets?: WebSocketAcceptor;
  /** The HTTP APIs that have addresses here: only API Gateway has any. */
  readonly httpApis?: HttpApiHost;
  /** What else it takes, for the support matrix: each kind of thing with its list, such as the targets of rules. */
  readonly supports?: Readonly<Record<string, readonly string[]>>;
  /** What of its behaviour is assumed, for the support matrix. */
  readonly assumptions?: readonly Assumption[];
  /** The calls that its resources will make. */
  rehearsals?(): Iterable<Rehearsal> | AsyncIterable<Rehearsal>;
  /** Called after the stacks are provisioned, and again whenever they have changed. */
  deployed?(): void | Promise<void>;
  stop?(): void | Promise<void>;
}

export type ServiceFactory = (context: ServiceContext) => Service;

/** What the kernel lends to a service. */
export interface ServiceContext {
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** Where things live that are to outlive the process; absent when nothing is to. */
  readonly storage?: Storage;
  readonly trace: TraceBus;
  /** What a request that leaves the runtime is shown to. */
  readonly faults: FaultInjection;
  readonly roles: RoleRegistry;
  /** Where things live that belong to no stack, such as the default event bus. */
  readonly environment: Environment;
  /** The one door between services: checks IAM, traces, and runs the operation. Rejects with an AwsError. */
  invoke(call: Call): Promise<unknown>;
  /** The same door for a caller that speaks HTTP. Never rejects: errors are answered in the service's protocol. */
  send(principal: Principal, service: string, request: HttpRequest): Promise<HttpResponse>;
  /**
   * The principal that a service becomes with a role on behalf of one of its resources, which trust policies know as `aws:SourceArn`; the session is
   * named after the service where it has no name of its own. Throws AccessDeniedException when the role is missing or does not trust the service.
   */
  assumeRole(roleArn: string, servicePrincipal: string, sourceArn: string, sessionName?: string): Principal;
  /** Credentials with which a program outside of the runtime calls it as the principal, until they are revoked. */
  issueCredentials(principal: Principal): SessionCredentials;
  revokeCredentials(accessKeyId: string): void;
  /** Whether a service of this name is emulated, so that a resource that needs another is refused before anything runs. */
  emulates(service: string): boolean;
  /** The stacks of the run; none until all of them exist. */
  stacks(): readonly ProvisionedStack[];
  /** Where this runtime listens, such as `http://127.0.0.1:4510`. Known once it listens. */
  endpoint(): string;
  /** A text for somebody outside of the runtime: URLs of the run's own APIs lead to AWS, and here to this machine. */
  localValue(text: string): string;
}
