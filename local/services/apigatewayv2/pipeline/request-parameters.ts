import { compileParameterExpression, ParameterReader } from '../parameter-expression';
import { Exchange } from './exchange';
import { MappedParameters } from './integration-request';

/** Maps what a client sent to what a backend gets. */
export type ParameterMapping = (exchange: Exchange) => MappedParameters;

const TARGET = /^integration\.request\.(header|querystring|path)\.([A-Za-z0-9._$-]+)$/;

/** What frames a request on the wire is not for a template, still less for a client, to choose. */
const FRAMING_HEADERS = ['connection', 'content-length', 'expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

const NOTHING: MappedParameters = { headers: Object.freeze({}), query: [], path: new Map() };

/** Compiles an integration's request parameters; throws when one cannot be mapped. */
export function compileRequestParameters(parameters: ReadonlyMap<string, string>): ParameterMapping {
  if (parameters.size === 0) {
    return () => NOTHING;
  }
  const mappings = [...parameters].map(([target, source]) => compileMapping(target, source));
  return exchange => {
    const headers: Record<string, string> = {};
    const query: Array<readonly [string, string]> = [];
    const path = new Map<string, string>();
    for (const { kind, name, read } of mappings) {
      const value = read(exchange);
      if (value === undefined) {
        continue;
      }
      if (kind === 'header') {
        headers[name.toLowerCase()] = value;
      } else if (kind === 'path') {
        path.set(name, value);
      } else {
        query.push([name, value]);
      }
    }
    return { headers, query, path };
  };
}

function compileMapping(target: string, source: string): { kind: string; name: string; read: ParameterReader } {
  const match = TARGET.exec(target);
  if (!match) {
    throw new Error(`"${target}" is no request parameter of an integration`);
  }
  const [, kind, name] = match;
  if (kind === 'header' && FRAMING_HEADERS.includes(name.toLowerCase())) {
    throw new Error(`the header ${name} of an integration's request cannot be mapped`);
  }
  return { kind, name, read: compileParameterExpression(source, ['request.body', 'request.parameters', 'context', 'stageVariables']) };
}
