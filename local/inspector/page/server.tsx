import { Topology, TraceRecord } from './records';
import { CostReport } from '../../engines/cost/cost-report';

export interface RunningApi {
  readonly protocol: 'WEBSOCKET' | 'HTTP';
  readonly apiId: string;
  readonly stage: string;
  readonly routeKeys: readonly string[];
  readonly constructPath: string;
  readonly stackName: string;
}

/** What the page knows of the runtime. */
export interface State {
  readonly endpoint: string;
  readonly now: number;
  readonly ahead: number;
  readonly apis: readonly RunningApi[];
  readonly stacks: ReadonlyArray<{ readonly name: string; readonly outputs: Readonly<Record<string, string>> }>;
  readonly topology: Topology;
}

export class ServerError extends Error {}

async function request(path: string, options?: RequestInit): Promise<any> {
  const response = await fetch(`api/${path}`, options);
  const body = await response.json();
  if (!response.ok) {
    throw new ServerError([body.code, body.message].filter(Boolean).join(': '));
  }
  return body;
}

export function getState(): Promise<State> {
  return request('state');
}

export function getBill(region?: string): Promise<CostReport> {
  return request(region === undefined ? 'bill' : `bill?region=${encodeURIComponent(region)}`);
}

export function getFaults(): Promise<any> {
  return request('faults');
}

export function post(action: string, input: unknown): Promise<any> {
  return request(action, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(input) });
}

/** Calls an operation of a service, as the owner of the account. */
export function call(service: string, operation: string, input: object): Promise<any> {
  return post('call', { service, operation, input });
}

/** The same for what only looks, which is no part of what happens. */
export function look(service: string, operation: string, input: object): Promise<any> {
  return post('call', { service, operation, input, onlyLooks: true });
}

/** Follows what happens. */
export function follow(listener: { opened(): void; records(records: TraceRecord[]): void; connected(isConnected: boolean): void }): void {
  const source = new EventSource('api/events');
  source.onopen = () => listener.opened();
  source.onmessage = ({ data }) => listener.records(JSON.parse(data));
  source.addEventListener('live', () => listener.connected(true));
  source.onerror = () => listener.connected(false);
}
