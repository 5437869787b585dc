import { HttpExchange } from '../http-exchange';
import { compileRequestValue } from '../mapping-value';
import { refuseReserved } from './reserved-headers';

/** A request on its way to a server, as parameters change it. */
export interface ProxyRequest {
  path: string;
  /** In the order that they are sent in. */
  query: Array<readonly [name: string, value: string]>;
  headers: Array<readonly [name: string, value: string]>;
}

export type RequestChange = (request: ProxyRequest, exchange: HttpExchange) => void;

const KEY = /^(append|overwrite|remove):(header|querystring)\.(.+)$/s;
const HEADER_NAME = /^[!#$%&'*+\-.^`|~\w]+$/;

/** Compiles what parameters change of a request; throws when something of it is no change. */
export function compileRequestChanges(parameters: ReadonlyMap<string, string>): RequestChange[] {
  return [...parameters].map(([key, source]) => compileChange(key, source));
}

function compileChange(key: string, source: string): RequestChange {
  if (key === 'overwrite:path') {
    const value = compileRequestValue(source);
    return (request, exchange) => {
      const path = value.read(exchange) ?? request.path;
      request.path = path.startsWith('/') ? path : `/${path}`;
    };
  }
  const [, action, kind, name] = KEY.exec(key) ?? [];
  if (name === undefined || kind === 'header' && !HEADER_NAME.test(name)) {
    throw new Error(`Invalid mapping expression specified: "${key}" is no request parameter: there are append, overwrite and remove of header.<name> and querystring.<name>, and overwrite:path`);
  }
  if (kind === 'header') {
    refuseReserved(name);
  }
  const place = kind === 'header' ? 'headers' : 'query';
  const others = (request: ProxyRequest) => request[place].filter(([each]) => kind === 'header' ? each.toLowerCase() !== name.toLowerCase() : each !== name);
  if (action === 'remove') {
    return request => {
      request[place] = others(request);
    };
  }
  const value = compileRequestValue(source);
  return (request, exchange) => {
    const text = value.read(exchange);
    if (text !== undefined) {
      request[place] = [...(action === 'append' ? request[place] : others(request)), [name, text]];
    }
  };
}
