import { createServer, IncomingHttpHeaders, Server } from 'http';
import { AddressInfo } from 'net';

/** A request that the third party got. */
export interface ThirdPartyRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: any;
}

/** An HTTP server of somebody else, who answers as a test has told them: with a status, or never. */
export class ThirdParty {
  readonly requests: ThirdPartyRequest[] = [];
  private readonly answers: Array<number | 'stall'> = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk as Buffer);
      }
      this.requests.push({ method: request.method!, path: request.url!, headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
      const answer = this.answers.shift() ?? 202;
      if (answer !== 'stall') {
        response.writeHead(answer).end();
      }
    });
  }

  async start(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What the next requests are answered with; then 202 again. */
  next(...answers: Array<number | 'stall'>): void {
    this.answers.push(...answers);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}
