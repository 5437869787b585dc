import { Randomness, UpgradeRequest } from '../../kernel/contracts';

/** Headers and query of a request. Only `$connect` has the client's own; a message has none. */
export interface ClientParameters {
  /** By the names the client spelled, the last of each; ordered by name. */
  readonly header: Readonly<Record<string, string>>;
  readonly querystring: Readonly<Record<string, string>>;
  readonly path: Readonly<Record<string, string>>;
  /** All values, by the names in lower case. */
  readonly headerValues: ReadonlyMap<string, readonly string[]>;
  readonly querystringValues: ReadonlyMap<string, readonly string[]>;
}

/** Between the client and API Gateway only. */
const HOP_BY_HOP = new Set(['connection', 'upgrade', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding']);

/** What messages come with. */
export const NO_PARAMETERS = parameters([], []);

/** What `$connect` sees: the client's headers as they reach API Gateway's edge, and those that the edge adds. */
export function connectParameters(request: UpgradeRequest, domainName: string, time: number, randomness: Randomness): ClientParameters {
  const own = request.rawHeaders.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()) && name.toLowerCase() !== 'host');
  const trace = `Root=1-${Math.floor(time / 1000).toString(16)}-${randomness.bytes(12).toString('hex')}`;
  const forwarded = own.filter(([name]) => name.toLowerCase() === 'x-forwarded-for').map(([, value]) => value);
  const others = own.filter(([name]) => !/^x-(forwarded-(for|port|proto)|amzn-trace-id)$/i.test(name));
  return parameters([
    ...others,
    ['Host', domainName],
    ['X-Amzn-Trace-Id', trace],
    ['X-Forwarded-For', [...forwarded, request.sourceIp].join(', ')],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ], [...new URLSearchParams(request.query)]);
}

/** What `$disconnect` sees. */
export function disconnectParameters(domainName: string): ClientParameters {
  return parameters([['Host', domainName], ['x-api-key', ''], ['X-Forwarded-For', ''], ['x-restapi', '']], []);
}

function parameters(headers: ReadonlyArray<readonly [string, string]>, query: ReadonlyArray<readonly [string, string]>): ClientParameters {
  return {
    header: lastOfEach([...headers].sort(([left], [right]) => compareIgnoringCase(left, right))),
    querystring: lastOfEach(query),
    path: Object.freeze(Object.create(null)),
    headerValues: allOfEach(headers.map(([name, value]) => [name.toLowerCase(), value])),
    querystringValues: allOfEach(query),
  };
}

function lastOfEach(entries: ReadonlyArray<readonly [string, string]>): Readonly<Record<string, string>> {
  // Without a prototype, so that a header called `__proto__` is a header.
  const record: Record<string, string> = Object.create(null);
  entries.forEach(([name, value]) => record[name] = value);
  return Object.freeze(record);
}

function allOfEach(entries: ReadonlyArray<readonly [string, string]>): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const [name, value] of entries) {
    const known = values.get(name);
    if (known) {
      known.push(value);
    } else {
      values.set(name, [value]);
    }
  }
  return values;
}

function compareIgnoringCase(left: string, right: string): number {
  const [first, second] = [left.toLowerCase(), right.toLowerCase()];
  return first < second ? -1 : first > second ? 1 : 0;
}
