import { DEFAULT_ENDPOINT } from './options';
import { UsageError } from './report';
import { signRequest } from '../engines/sigv4';

const TEST_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const REGION = 'us-east-1';

/** A runtime that runs in another process, as any client sees it. */
export class RunningRuntime {
  constructor(readonly endpoint: string = DEFAULT_ENDPOINT) {
    if (!/^https?:/.test(endpoint) || !URL.canParse(endpoint)) {
      throw new UsageError(`--endpoint ${endpoint} is no URL of HTTP, such as ${DEFAULT_ENDPOINT}.`);
    }
  }

  /** The URLs of its WebSocket APIs. */
  async webSocketUrls(): Promise<string[]> {
    const { serves } = parsed((await this.fetch('/.lambdaless', {})).body) as { serves?: { webSocketApis?: string[] } };
    if (!serves) {
      throw this.stranger();
    }
    return serves.webSocketApis ?? [];
  }

  /** Calls an operation of a service that speaks JSON; fails with AWS's own code and text. */
  async call(service: string, targetPrefix: string, operation: string, input: object): Promise<any> {
    const { status, body } = await this.post('/', service, JSON.stringify(input), { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${targetPrefix}.${operation}` });
    const answer = this.read(body === '' ? '{}' : body);
    if (status !== 200) {
      throw new UsageError(`${operation} failed: ${String(answer.__type ?? status).replace(/^.*#/, '')}: ${answer.message ?? answer.Message ?? body}`);
    }
    return answer;
  }

  /** A signed request. */
  post(path: string, service: string, body: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
    const method = 'POST';
    const request = { method, path, query: '', headers: { ...headers, host: new URL(this.endpoint).host }, body: Buffer.from(body) };
    return this.fetch(path, { method, body, headers: signRequest(request, TEST_CREDENTIALS, { region: REGION, service }, Date.now()) });
  }

  /** Any request. */
  async fetch(path: string, init: RequestInit): Promise<{ status: number; body: string }> {
    const response = await this.reach(path, init);
    return { status: response.status, body: await response.text() };
  }

  /** Asks the inspector, with which it has to run; `path` is below that of the inspector's interface. */
  async inspect(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await this.reach(`/_lambdaless/api/${path}`, init, 'lambdaless local --inspect');
    if (!response.ok) {
      const body = await response.text();
      const { message, serves } = parsed(body);
      // A runtime without the inspector tells what it serves instead.
      throw new UsageError(serves !== undefined ? `The runtime at ${this.endpoint} runs without the inspector: start it with --inspect.` : message ?? body);
    }
    if (!/^(application\/json|text\/event-stream)\b/.test(response.headers.get('content-type') ?? '')) {
      await response.body?.cancel();
      throw this.stranger();
    }
    return response;
  }

  /** A body that is JSON where a runtime answers. */
  read(body: string): any {
    try {
      return Object(JSON.parse(body));
    } catch {
      throw this.stranger();
    }
  }

  private stranger(): UsageError {
    return new UsageError(`What listens at ${this.endpoint} is no lambdaless runtime.`);
  }

  /** `command` is what starts a runtime that can answer. */
  private async reach(path: string, init: RequestInit, command: string = 'lambdaless local'): Promise<Response> {
    try {
      return await fetch(`${this.endpoint.replace(/\/$/, '')}${path}`, init);
    } catch (error) {
      const { cause } = error as { cause?: { code?: string; message?: string } };
      const why = cause?.code === 'ECONNREFUSED' ? `Nothing listens at ${this.endpoint}` : `${this.endpoint} cannot be reached: ${cause?.message ?? (error as Error).message}`;
      throw new UsageError(`${why}. Start the app with "${command}", or say where it runs: --endpoint <url>.`);
    }
  }
}

function parsed(body: string): { message?: string; serves?: unknown } {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}
