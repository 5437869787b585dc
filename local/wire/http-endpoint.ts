import { IncomingMessage, ServerResponse } from 'node:http';
import { AwsJsonProtocol } from './aws-json';
import { BrowserGuard } from './browser-guard';
import { Callers, ReceivedRequest, signedServiceOf } from './caller';
import { Destination, findDestination } from './destination';
import { answerAsAsked, preflight, refuseUnnamed } from './front';
import { findGateway, GatewayService, servesApi } from './gateway';
import { headerLines, joinedHeaders, jsonResponse, sourceIpOf, splitUrl, writeResponse } from './http-message';
import { BodyRefusedError, RequestBodies } from './request-bodies';
import { AwsError } from '../kernel/aws-error';
import { ConnectionLostError } from '../kernel/connection-lost-error';
import { HttpRequest, HttpResponse, Principal, Protocol, Service } from '../kernel/contracts';
import { Kernel } from '../kernel/kernel';

const MEGABYTE = 1024 * 1024;
/** The largest request that any emulated service takes is DynamoDB's. */
const BODY_LIMITS = { body: 16 * MEGABYTE, together: 256 * MEGABYTE };

export interface HttpEndpointOptions {
  readonly kernel: Kernel;
  readonly callers: Callers;
  readonly browsers: BrowserGuard;
  /** Whom callers act for who need not sign. */
  readonly principal: Principal;
  /** What the port serves, for whoever asks for something else. */
  readonly describe: () => Record<string, unknown>;
}

/** Answers plain HTTP requests: finds the service, authenticates the caller, and goes through the kernel's door. */
export class HttpEndpoint {
  private readonly servicesByTargetPrefix: ReadonlyMap<string, Service>;
  private readonly gateway: GatewayService | undefined;
  private readonly bodies = new RequestBodies(BODY_LIMITS);

  constructor(private readonly options: HttpEndpointOptions) {
    this.servicesByTargetPrefix = new Map([...options.kernel.services].flatMap(service => targetPrefixesOf(service).map(prefix => [prefix, service] as const)));
    this.gateway = findGateway(options.kernel.services);
  }

  /** Answers whatever comes: a fault is answered too, and told to whoever watches. */
  handle(message: IncomingMessage, response: ServerResponse): void {
    this.respond(message).then(answer => writeResponse(response, answer)).catch(error => this.fail(message, response, error));
  }

  private async respond(message: IncomingMessage): Promise<HttpResponse> {
    const { path, query } = splitUrl(message.url);
    const headers = joinedHeaders(message);
    const destination = findDestination({ path, host: headers.host, target: headers['x-amz-target'] }, apiId => this.gateway !== undefined && servesApi(this.gateway, apiId));
    const body = await this.bodies.read(message);
    const request = { method: message.method ?? 'GET', path, query, headers, body: body.toString(), bytes: body };
    const reception = {
      sourceIp: sourceIpOf(message),
      rawHeaders: headerLines(message),
      bytes: body,
      authenticate: () => this.options.callers.authenticate(request, 'api'),
    };
    return this.dispatch(destination, { ...request, reception });
  }

  private async dispatch(destination: Destination, request: ReceivedRequest): Promise<HttpResponse> {
    const { browsers } = this.options;
    const misnamed = browsers.refuseHost(request.headers.host);
    if (misnamed) {
      return misnamed;
    }
    if (destination.kind === 'api' && this.gateway) {
      // The service knows only hosts, as on AWS: an API that the path named becomes one.
      const host = request.path === destination.path ? request.headers.host : `${destination.apiId}.execute-api.localhost`;
      const rewritten = { ...request, path: destination.path, headers: { ...request.headers, host } };
      const isManaged = !this.gateway.httpApis?.serves(destination.apiId) && this.gateway.webSockets.requiresCredentials(rewritten);
      return (isManaged ? browsers.refuseOrigin(request.headers) : undefined) ?? this.send(this.gateway, rewritten, isManaged ? request : undefined);
    }
    const refused = browsers.refuseOrigin(request.headers);
    if (refused) {
      return refused;
    }
    if (destination.kind === 'service') {
      const service = this.servicesByTargetPrefix.get(destination.targetPrefix);
      return service ? this.send(service, request, request) : this.unnamedTarget(request) ?? this.unknownTarget(request);
    }
    const service = this.signedService(request);
    return service ? this.send(service, request, request) : this.unnamed(request) ?? this.unknownPath(request);
  }

  /** The service that a request without a target is for: on AWS its host would tell, here its signature does. */
  private signedService(request: HttpRequest): Service | undefined {
    const name = signedServiceOf(request);
    const service = name !== undefined && this.options.kernel.emulates(name) ? this.options.kernel.service(name) : undefined;
    return service?.protocols?.some(protocol => protocol.kind !== 'api' && protocol.accepts(request)) ? service : undefined;
  }

  /** `signed` is the request as the client sent it, which is what a signature is about; without it nobody has to sign. */
  private async send(service: Service, request: HttpRequest, signed: ReceivedRequest | undefined): Promise<HttpResponse> {
    const { kernel, callers } = this.options;
    let { principal } = this.options;
    const accepting = service.protocols!.find(each => each.accepts(request));
    const protocol: Protocol = accepting ?? service.protocols![0];
    const answer = (response: HttpResponse) => isPublic(protocol) ? answerAsAsked(request, response) : response;
    if (!accepting && isPublic(protocol)) {
      return refuseUnnamed(request, protocol, kernel.randomness.uuid());
    }
    if (signed) {
      try {
        principal = callers.authenticate(signed, protocol.kind);
      } catch (error) {
        return answer(protocol.encodeError(error, kernel.randomness.uuid()));
      }
    }
    return answer(await kernel.send(principal, service.name, request));
  }

  /** A target without a prefix is none. */
  private unnamedTarget(request: HttpRequest): HttpResponse | undefined {
    return request.headers['x-amz-target'].includes('.') ? undefined : this.unnamed(request);
  }

  private unknownTarget(request: HttpRequest): HttpResponse {
    const message = `The local runtime does not emulate the operation "${request.headers['x-amz-target']}".`;
    return jsonResponse(404, { __type: 'UnknownOperationException', message, serves: this.options.describe() });
  }

  /** What is for the root and names nothing is answered as a public service would, but whoever only looks is told what there is. */
  private unnamed(request: HttpRequest): HttpResponse | undefined {
    const protocol = [...this.options.kernel.services].flatMap(service => service.protocols ?? []).find(isPublic);
    const service = signedServiceOf(request);
    if (!protocol || request.path !== '/' || request.method === 'GET' || service !== undefined && service !== this.publicService()) {
      return undefined;
    }
    const requestId = this.options.kernel.randomness.uuid();
    if (request.method === 'OPTIONS' && request.headers.origin !== undefined) {
      return preflight(request, requestId);
    }
    return refuseUnnamed(request, protocol, requestId);
  }

  private publicService(): string | undefined {
    return [...this.options.kernel.services].find(service => service.protocols?.some(isPublic))?.name;
  }

  private unknownPath(request: HttpRequest): HttpResponse {
    const service = signedServiceOf(request);
    const message = service === undefined ? `Nothing is served at ${request.path}.` : `The local runtime does not emulate this request to the service "${service}".`;
    return jsonResponse(404, { message, serves: this.options.describe() });
  }

  private fail(message: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (error instanceof BodyRefusedError) {
      writeResponse(response, jsonResponse(error.status, { message: error.message }, { Connection: 'close' }));
      return;
    }
    if (error instanceof ConnectionLostError) {
      message.socket.destroy();
      return;
    }
    if (message.destroyed && !message.complete) {
      return;
    }
    const { kernel } = this.options;
    kernel.trace.emit({ kind: 'failure', time: kernel.clock.now(), source: 'listener', message: error instanceof Error ? error.stack ?? error.message : String(error) });
    const notEmulated = error instanceof AwsError;
    writeResponse(response, jsonResponse(notEmulated ? error.status : 500, { message: notEmulated ? error.message : 'Internal server error' }));
  }
}

function isPublic(protocol: Protocol): protocol is AwsJsonProtocol {
  return protocol.kind === 'json' && (protocol as AwsJsonProtocol).isPublic;
}

/** The prefixes of `X-Amz-Target` by which a service's clients call it. */
export function targetPrefixesOf(service: Service): string[] {
  return (service.protocols ?? []).filter((protocol): protocol is AwsJsonProtocol => protocol.kind === 'json').map(protocol => protocol.targetPrefix);
}
