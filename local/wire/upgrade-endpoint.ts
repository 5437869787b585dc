import { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { BrowserGuard } from './browser-guard';
import { Callers } from './caller';
import { ClientSocket } from './client-socket';
import { findDestination } from './destination';
import { EarlyBytes } from './early-bytes';
import { findGateway } from './gateway';
import { headerLines, joinedHeaders, jsonResponse, refuseUpgrade, sendableHeaders, sourceIpOf, splitUrl } from './http-message';
import { holdUntilTurnEnds } from './write-batch';
import { HttpResponse, UpgradeAccepted, UpgradeRefused, UpgradeRequest, WebSocketAcceptor } from '../kernel/contracts';
import { Kernel } from '../kernel/kernel';

const GOING_AWAY = 1001;
const KEY = /^[+/0-9A-Za-z]{22}==$/;
const VERSIONS = ['13', '8'];
const SUBPROTOCOL = /^[!#$%&'*+\-.^`|~\w]+$/;

const NO_BODY = Buffer.alloc(0);

export interface UpgradeEndpointOptions {
  readonly kernel: Kernel;
  readonly callers: Callers;
  readonly browsers: BrowserGuard;
  /** What the port serves, for whoever asks for something else. */
  readonly describe: () => Record<string, unknown>;
}

/** Turns upgrade requests into WebSocket clients, once the gateway has decided that it wants them. */
export class UpgradeEndpoint {
  private readonly gateway: WebSocketAcceptor | undefined;
  private readonly clients = new Set<ClientSocket>();
  private readonly undecided = new Set<Duplex>();
  private readonly server: ReturnType<typeof handshakes>;

  constructor(private readonly options: UpgradeEndpointOptions) {
    this.gateway = findGateway(options.kernel.services)?.webSockets;
    this.server = handshakes(this.gateway?.limits.messageBytes);
  }

  /** Decides one upgrade request. */
  handle(message: IncomingMessage, socket: Duplex, head: Buffer): void {
    // An error that nobody hears would end the process.
    socket.on('error', destroy);
    const { path, query } = splitUrl(message.url);
    const headers = joinedHeaders(message);
    const misnamed = this.options.browsers.refuseHost(headers.host);
    if (misnamed) {
      refuseUpgrade(socket, misnamed);
      return;
    }
    const destination = findDestination({ path, host: headers.host, target: undefined }, apiId => this.gateway?.serves(apiId) ?? false);
    if (destination.kind !== 'api' || !this.gateway) {
      refuseUpgrade(socket, jsonResponse(404, { message: `No WebSocket API is served at ${path}.`, serves: this.options.describe() }));
      return;
    }
    const invalid = refuseHandshake(message.method, headers);
    if (invalid) {
      refuseUpgrade(socket, invalid);
      return;
    }
    const request = {
      apiId: destination.apiId,
      path: destination.path,
      query,
      headers,
      rawHeaders: headerLines(message),
      sourceIp: sourceIpOf(message),
      authenticate: () => this.options.callers.authenticate({ method: 'GET', path, query, headers, body: '', bytes: NO_BODY }, 'api'),
    };
    this.decide(this.gateway, request, message, socket, head).catch(error => this.fail(socket, error));
  }

  /** Closes every client, and after a while also those that do not answer. */
  async close(graceMilliseconds: number): Promise<void> {
    this.undecided.forEach(socket => socket.destroy());
    const clients = [...this.clients];
    const closed = Promise.all(clients.map(client => new Promise(resolve => client.once('close', resolve))));
    clients.forEach(client => client.close(GOING_AWAY, 'Going away'));
    const timer = setTimeout(() => clients.forEach(client => client.terminate()), graceMilliseconds);
    await closed;
    clearTimeout(timer);
  }

  private async decide(gateway: WebSocketAcceptor, request: UpgradeRequest, message: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { faults } = this.options.kernel;
    const lost = faults.active ? faults.losesSocket('connect') : undefined;
    if (lost === 'before') {
      socket.destroy();
      return;
    }
    // While the gateway decides, somebody has to read: only then is it noticed that the client has left.
    const early = new EarlyBytes(socket, head);
    this.undecided.add(socket);
    let decision: UpgradeAccepted | UpgradeRefused;
    try {
      decision = await gateway.connect(request);
    } finally {
      early.stop();
      this.undecided.delete(socket);
    }
    if (!decision.accepted) {
      refuseUpgrade(socket, decision);
    } else if (lost || early.ended || !this.open(decision, gateway.limits.frameBytes, message, socket, early.bytes())) {
      socket.destroy();
      decision.abandon();
    }
  }

  /** Finishes the handshake; false when the client is not there any more. */
  private open(decision: UpgradeAccepted, maximumFrameBytes: number, message: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    let opened = false;
    const addHeaders = (lines: string[]) => {
      Object.entries(sendableHeaders(decision.headers)).forEach(([name, value]) => lines.push(`${name}: ${value}`));
    };
    this.server.once('headers', addHeaders);
    holdUntilTurnEnds(socket);
    this.server.handleUpgrade(message, socket, head, client => {
      opened = true;
      client.attach(socket, decision.open(client), { peers: this.clients, faults: this.options.kernel.faults, maximumFrameBytes });
      socket.removeListener('error', destroy);
      socket.resume();
    });
    this.server.removeListener('headers', addHeaders);
    return opened;
  }

  private fail(socket: Duplex, error: unknown): void {
    const { kernel } = this.options;
    kernel.trace.emit({ kind: 'failure', time: kernel.clock.now(), source: 'listener', message: error instanceof Error ? error.stack ?? error.message : String(error) });
    refuseUpgrade(socket, jsonResponse(500, { message: 'Internal server error' }));
  }
}

/** What finishes handshakes, and makes clients of them. */
function handshakes(maxPayload: number | undefined) {
  return new WebSocketServer<typeof ClientSocket>({
    noServer: true,
    clientTracking: false,
    WebSocket: ClientSocket,
    maxPayload,
    perMessageDeflate: false,
    // The client answers pings itself: the library would keep an answer to each, read or not.
    autoPong: false,
    // A subprotocol is the gateway's to choose: it comes among its headers, or not at all.
    handleProtocols: () => false,
  });
}

function destroy(this: Duplex): void {
  this.destroy();
}

/** What is wrong with a handshake, before anybody is asked whether they want it. */
function refuseHandshake(method: string | undefined, headers: Record<string, string>): HttpResponse | undefined {
  if (method !== 'GET') {
    return jsonResponse(405, { message: 'A WebSocket handshake is a GET request.' });
  }
  if (headers.upgrade.toLowerCase() !== 'websocket') {
    return jsonResponse(400, { message: 'The Upgrade header has to be "websocket".' });
  }
  if (!KEY.test(headers['sec-websocket-key'] ?? '')) {
    return jsonResponse(400, { message: 'The Sec-WebSocket-Key header is missing or invalid.' });
  }
  if (!VERSIONS.includes(headers['sec-websocket-version'] ?? '')) {
    return jsonResponse(426, { message: 'The Sec-WebSocket-Version header is missing or not supported.' }, { 'Sec-WebSocket-Version': VERSIONS.join(', ') });
  }
  const subprotocols = headers['sec-websocket-protocol']?.split(',').map(name => name.trim()) ?? [];
  if (!subprotocols.every(name => SUBPROTOCOL.test(name)) || new Set(subprotocols).size < subprotocols.length) {
    return jsonResponse(400, { message: 'The Sec-WebSocket-Protocol header is invalid.' });
  }
  return undefined;
}
