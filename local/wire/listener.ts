import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import { BrowserGuard } from './browser-guard';
import { Callers } from './caller';
import { findGateway } from './gateway';
import { HttpEndpoint } from './http-endpoint';
import { PortInUseError } from './port-in-use-error';
import { UpgradeEndpoint } from './upgrade-endpoint';
import { systemClock } from '../kernel/clock';
import { Kernel } from '../kernel/kernel';
import { ownerOf } from '../kernel/owner';

const HOST = '127.0.0.1';
const HEADER_BYTES = 16 * 1024;
const PATIENCE: Patience = { headers: 10_000, request: 30_000, between: 1_000 };
const BACKLOG = 4096;
const CLOSING_GRACE = 500;

/** What everybody gives a service on their own machine. */
const TEST_CREDENTIALS = new Map([['test', 'test']]);

/** How many milliseconds a client may take over its headers and over a whole request, and how often that is looked at. */
export interface Patience {
  readonly headers: number;
  readonly request: number;
  readonly between: number;
}

export interface ListenerOptions {
  readonly kernel: Kernel;
  /** The account that outside callers belong to. */
  readonly account: string;
  readonly partition?: string;
  /** The secret of each access key that may sign requests. */
  readonly secrets?: ReadonlyMap<string, string>;
  /** The time that signatures are held against. */
  readonly now?: () => number;
  readonly patience?: Patience;
  /** Of web pages that may call services, beside those of this machine. */
  readonly allowedOrigins?: readonly string[];
  /** Answers what is for the runtime's own pages; false when a request is not. */
  readonly pages?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** The one port: WebSocket APIs, `@connections`, HTTP APIs, and the services in their own protocols. */
export class Listener {
  private readonly server: Server;
  private readonly upgrades: UpgradeEndpoint;
  /** What came in while requests are held. */
  private held?: Array<() => void>;

  constructor(private readonly options: ListenerOptions) {
    const { kernel, account, partition = 'aws', secrets = TEST_CREDENTIALS, now = systemClock.now, patience = PATIENCE } = options;
    const describe = () => this.describe();
    const principal = ownerOf({ partition, account });
    const callers = new Callers({ secrets, account: principal, sessions: kernel.sessions, now });
    const browsers = new BrowserGuard(options.allowedOrigins);
    const requests = new HttpEndpoint({ kernel, callers, browsers, principal, describe });
    this.upgrades = new UpgradeEndpoint({ kernel, callers, browsers, describe });
    this.server = createServer({
      maxHeaderSize: HEADER_BYTES,
      headersTimeout: patience.headers,
      requestTimeout: patience.request,
      connectionsCheckingInterval: patience.between,
    });
    this.server.on('request', (request, response) => {
      if (!options.pages?.(request, response)) {
        this.admit(() => requests.handle(request, response));
      }
    });
    this.server.on('upgrade', (request, socket, head) => {
      // An error that nobody hears would end the process, also while the request waits.
      socket.on('error', () => socket.destroy());
      this.admit(() => this.upgrades.handle(request, socket, head));
    });
    this.server.on('clientError', refuseMalformed);
  }

  /** Listens, and tells on which port: port 0 takes any that is free. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? new PortInUseError(port, HOST, error) : error);
      this.server.once('error', fail);
      this.server.listen({ port, host: HOST, backlog: BACKLOG }, () => {
        this.server.removeListener('error', fail);
        this.server.on('error', error => this.report(error));
        resolve(this.address()!.port);
      });
    });
  }

  /** Lets requests wait: the address is known before there is something to answer with. */
  hold(): void {
    this.held ??= [];
  }

  /** Answers what waits, and from now on at once. */
  release(): void {
    const held = this.held ?? [];
    this.held = undefined;
    held.forEach(handle => handle());
  }

  private admit(handle: () => void): void {
    if (this.held) {
      this.held.push(handle);
    } else {
      handle();
    }
  }

  /** Takes no more requests, and ends the connections that are open. */
  async close(): Promise<void> {
    const closed = new Promise<void>(resolve => this.server.close(() => resolve()));
    await this.upgrades.close(CLOSING_GRACE);
    this.server.closeAllConnections();
    await closed;
  }

  /** A connection that cannot be accepted, for want of file descriptors, leaves the others alone. */
  private report(error: Error): void {
    const { kernel } = this.options;
    kernel.trace.emit({ kind: 'failure', time: kernel.clock.now(), source: 'listener', message: error.message });
  }

  private address(): AddressInfo | undefined {
    return this.server.address() as AddressInfo | null ?? undefined;
  }

  private describe(): Record<string, unknown> {
    const { kernel } = this.options;
    const { address, port } = this.address() ?? { address: '127.0.0.1', port: 0 };
    const host = address.includes(':') ? `[${address}]` : address;
    const gateway = findGateway(kernel.services);
    const httpApis = gateway?.httpApis?.describeApis() ?? [];
    return {
      webSocketApis: (gateway?.webSockets.describeApis() ?? []).map(({ apiId, stage }) => `ws://${host}:${port}/${apiId}/${stage}`),
      ...(httpApis.length === 0 ? {} : { httpApis: httpApis.map(({ apiId, stage }) => `http://${host}:${port}/${apiId}${stage === '$default' ? '' : `/${stage}`}`) }),
      services: [...kernel.services].filter(service => service.protocols?.some(({ kind }) => kind !== 'api')).map(service => service.name),
    };
  }
}

/** What cannot be read as HTTP is answered as HTTP all the same. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
