import { CompiledPolicy } from '../engines/iam-policy';

/**
 * What the parts of the runtime agree on. The kernel knows these contracts, services know semantics, the wire knows bytes, engines know languages.
 */

/** Where a stack lives: the values behind the pseudo parameters. */
export interface Environment {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly urlSuffix: string;
}

/** Whoever calls: the account's owner (any outside caller), an IAM role that a service has assumed, or a service on its own behalf. */
export interface Principal {
  readonly kind: 'account' | 'role' | 'service';
  /** Of the account's root, or of the role's session; the name of a service, such as `events.amazonaws.com`. */
  readonly arn: string;
  /** The role behind a session. */
  readonly roleArn?: string;
  /** The resource on whose behalf a service calls; of a service without a role, policies know it as `aws:SourceArn`. */
  readonly sourceArn?: string;
}

/** Temporary credentials, with which a program calls as a principal. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** One IAM action on one resource, and the condition keys that the request carries. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
  readonly context?: Record<string, string | string[] | number | boolean>;
  /** The resource's own policy: the only one that lets a service call that has no role. */
  readonly resourcePolicy?: CompiledPolicy;
}

/** A request for one operation of one service. */
export interface Call {
  readonly principal: Principal;
  /** The service's name in IAM actions and ARNs, such as `dynamodb`. */
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
}

/** What an operation learns about its caller. */
export interface CallContext {
  readonly principal: Principal;
  readonly requestId: string;
}

/** An operation of a service: what IAM must allow, and what it does then. */
export interface Operation<Input = any, Output = unknown> {
  /** The permissions that this input needs; throws the service's own validation error when the resource cannot be told. */
  permissions(input: Input): Permission[];
  handle(input: Input, call: CallContext): Output | Promise<Output>;
}

/** An HTTP request as a service receives it. */
export interface HttpRequest {
  readonly method: string;
  /** Path without the query string, as sent (not decoded). */
  readonly path: string;
  /** Query string without the question mark, as sent. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Record<string, string>;
  readonly body: string;
  /** Absent when it comes from within the runtime. */
  readonly reception?: Reception;
}

/** How a request came over the wire. */
export interface Reception {
  readonly sourceIp: string;
  /** Each header's values as sent, names as the client spelled them. */
  readonly rawHeaders: ReadonlyArray<readonly [name: string, value: string]>;
  /** The body, which may be no text. */
  readonly bytes: Buffer;
  /** Whom the request acts for by its signature; throws an AwsError when it has none, or one that is no good. */
  authenticate(): Principal;
}

/** An HTTP answer of a service. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** The body where it is no text. */
  readonly bytes?: Buffer;
  /** The values of `set-cookie`, which cannot be joined as those of other headers can. */
  readonly cookies?: readonly string[];
}

/** How a service speaks HTTP. */
export interface Protocol {
  /** Who calls are refused like, when their signature is no good: each kind has statuses and codes of its own. */
  readonly kind: 'json' | 'query' | 'rest' | 'api';
  /** Whether a request speaks this protocol: a service may have several. */
  accepts(request: HttpRequest): boolean;
  /** The operation and the input that a request asks for; throws an AwsError. */
  decode(request: HttpRequest): { operation: string; input: unknown };
  encode(operation: string, output: unknown, requestId: string): HttpResponse;
  encodeError(error: unknown, requestId: string): HttpResponse;
}

/** The files that a template names. */
export interface TemplateFiles {
  /** The file or directory that the CDK would upload to a bucket under this key; undefined when the assembly has no such asset. */
  asset(bucket: string, key: string): string | undefined;
  /** Where a path leads, as `aws cloudformation package` takes it: relative to the template. */
  path(name: string): string;
}

/** A resource of the template, resolved, on its way into a service. */
export interface ResourceRequest<Properties = any> {
  readonly logicalId: string;
  readonly type: string;
  /** Path of the construct, or the logical id where the template names none. */
  readonly constructPath: string;
  readonly stackName: string;
  readonly environment: Environment;
  readonly properties: Properties;
  /** None where the resource is of no template. */
  readonly files?: TemplateFiles;
  /** The name CloudFormation would make up: `<stack>-<logical id>-<suffix>`, the same on every run. */
  generateName(maxLength: number): string;
  /** An identifier of lower-case letters and digits, the same on every run. */
  generateId(length: number): string;
}

/** What `Ref` and `Fn::GetAtt` of a provisioned resource give. */
export interface ProvisionedResource {
  readonly ref: string;
  readonly attributes?: Record<string, unknown>;
}

/** A stack of the run, once all of it exists. */
export interface ProvisionedStack {
  readonly name: string;
  /** The stack's ARN. */
  readonly id: string;
  readonly constructPath: string;
  readonly environment: Environment;
  readonly outputs: Record<string, string>;
  readonly resources: ReadonlyArray<{ readonly logicalId: string; readonly type: string; readonly physicalId: string }>;
}

/** The properties of a resource type that the runtime knows: any other is refused, since to ignore it would run another template. */
export interface KnownProperties {
  /** What the runtime acts on. */
  readonly used: readonly string[];
  /** What it accepts though nothing follows from it here, because it changes no answer: tags, descriptions, encryption. */
  readonly withoutEffect?: readonly string[];
}

/** How a service makes a resource of one CloudFormation type. */
export interface ResourceType {
  readonly properties: KnownProperties;
  /** The properties that CloudFormation cannot change without replacing the resource. */
  readonly replacedBy?: readonly string[];
  /** It shows what exists when it is made: it comes after what CloudFormation makes at the same time. */
  readonly comesLast?: boolean;
  create(request: ResourceRequest): ProvisionedResource | Promise<ProvisionedResource>;
  /**
   * Changes the resource where it stands. Without it, or when a property of `replacedBy` has changed, the resource is deleted and made anew.
   */
  update?(request: ResourceRequest, previous: ResourceRequest, resource: ProvisionedResource): ProvisionedResource | Promise<ProvisionedResource>;
  /** Takes the resource away, with all that it holds. What it belongs to may be gone already. */
  delete(request: ResourceRequest, resource: ProvisionedResource): void | Promise<void>;
}

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
}

/** Time, injected: nothing in the runtime reads the wall clock or sleeps by itself. */
export interface Clock {
  now(): number;
  /** Resolves after the time has passed; rejects with the signal's reason when aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Runs the callback later; the function returned cancels it. Never keeps the process alive. */
  schedule(milliseconds: number, callback: () => void): () => void;
}

/** Chance, injected. */
export interface Randomness {
  /** At least 0, below 1. */
  number(): number;
  bytes(length: number): Buffer;
  uuid(): string;
}

/** What outlives the process, lent: texts by keys that begin with the service's name. */
export interface Storage {
  /** What an earlier process left, handed over once. */
  takeEntries(): Iterable<readonly [key: string, value: string]>;
  /**
   * Changes all of these entries or none, after every earlier write; undefined removes one. Once it resolves, the changes are there whenever the
   * process ends; when it rejects, either may be the case.
   */
  write(changes: ReadonlyMap<string, string | undefined>): Promise<void>;
}

/** Roles and their policies, as the template declares them. */
export interface RoleRegistry {
  /** Makes a role, or changes it; what is attached to it stays. */
  define(role: { arn: string; name: string; trustPolicy: unknown; policies: NamedPolicy[] }): void;
  delete(roleArn: string): void;
  /** Adds a policy to a role that exists, in place of one of the same name; throws when there is no such role. */
  attach(roleName: string, policy: NamedPolicy): void;
  detach(roleName: string, policyName: string): void;
}

export interface NamedPolicy {
  readonly name: string;
  readonly document: unknown;
}

/** One thing that happened, for whoever watches. */
export type TraceEntry =
  | { kind: 'call'; time: number; principal: string; service: string; operation: string; outcome: string; message?: string }
  | { kind: 'connect'; time: number; api: string; stage: string; connectionId: string; outcome: string }
  | { kind: 'message'; time: number; api: string; stage: string; connectionId: string; routeKey: string; bytes: number; outcome: string }
  | { kind: 'push'; time: number; api: string; stage: string; connectionId: string; bytes: number }
  | { kind: 'disconnect'; time: number; api: string; stage: string; connectionId: string; code: number; reason: string }
  | { kind: 'request'; time: number; api: string; stage: string; method: string; path: string; routeKey: string; status: number; outcome: string }
  | { kind: 'event'; time: number; bus: string; source: string; detailType: string; rules: string[] }
  | { kind: 'execution'; time: number; stateMachine: string; status: string; error?: string; cause?: string }
  | { kind: 'log'; time: number; source: string; message: string }
  | { kind: 'failure'; time: number; source: string; message: string };

export interface TraceBus {
  /** False when nobody listens, so that callers need not build an entry. */
  readonly active: boolean;
  emit(entry: TraceEntry): void;
  subscribe(listener: (entry: TraceEntry) => void): () => void;
}

/** The gateway's side of WebSocket clients; the wire does the framing. */
export interface WebSocketAcceptor {
  /** How long a data frame, and a message in all its frames, may be. */
  readonly limits: { readonly frameBytes: number; readonly messageBytes: number };
  /** Whether an API has this id. */
  serves(apiId: string): boolean;
  /** The APIs and stages that can be connected to. */
  describeApis(): ReadonlyArray<{ readonly apiId: string; readonly stage: string }>;
  /** Whether a request, its path without the API's id, is one for AWS credentials, such as those to `@connections`. */
  requiresCredentials(request: Pick<HttpRequest, 'path'>): boolean;
  /** Decides an upgrade request. */
  connect(request: UpgradeRequest): Promise<UpgradeAccepted | UpgradeRefused>;
}

/** Where HTTP APIs are. Their requests go through the service's protocol. */
export interface HttpApiHost {
  /** Whether an API has this id. */
  serves(apiId: string): boolean;
  /** The APIs and stages that can be called. */
  describeApis(): ReadonlyArray<{ readonly apiId: string; readonly stage: string }>;
}

export interface UpgradeRequest {
  readonly apiId: string;
  /** Path after the API, such as `/prod`. */
  readonly path: string;
  readonly query: string;
  readonly headers: Record<string, string>;
  /** Each header's values as sent, names as the client spelled them. */
  readonly rawHeaders: ReadonlyArray<readonly [name: string, value: string]>;
  readonly sourceIp: string;
  /** Whom the request acts for by its signature; throws an AwsError when it has none, or one that is no good. */
  authenticate(): Principal;
}

export interface UpgradeRefused {
  readonly accepted: false;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface UpgradeAccepted {
  readonly accepted: true;
  readonly headers: Record<string, string>;
  /** Called once the handshake is done; the gateway hands back what the wire calls from then on. */
  open(client: WebSocketClient): WebSocketListener;
  /** Called instead when the client left before the handshake was done. */
  abandon(): void;
}

/** A connected client, as the gateway drives it. */
export interface WebSocketClient {
  /** What was sent and is still on its way: it tells whether the client keeps up. */
  readonly bufferedBytes: number;
  /** Sends one message. */
  send(data: string | Buffer): void;
  close(code: number, reason: string): void;
}

/** What the wire tells the gateway about a connected client. */
export interface WebSocketListener {
  message(data: Buffer, binary: boolean): void;
  ping(): void;
  closed(code: number, reason: string): void;
}
