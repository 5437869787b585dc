import { allOfEach } from './all-of-each';
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

type Entries = ReadonlyArray<readonly [string, string]>;

/** Made when they are asked for: most routes read none of their clients' headers. */
class LazyParameters implements ClientParameters {
  readonly path: Readonly<Record<string, string>> = NO_PATH;
  private headers?: ClientParameters['header'];
  private query?: ClientParameters['querystring'];
  private allHeaders?: ClientParameters['headerValues'];
  private allQuery?: ClientParameters['querystringValues'];

  constructor(private readonly headerEntries: () => Entries, private readonly queryEntries: () => Entries) {}

  get header() {
    return this.headers ??= lastOfEach([...this.headerEntries()].sort(([left], [right]) => compareIgnoringCase(left, right)));
  }

  get querystring() {
    return this.query ??= lastOfEach(this.queryEntries());
  }

  get headerValues() {
    return this.allHeaders ??= allOfEach(this.headerEntries().map(([name, value]) => [name.toLowerCase(), value]));
  }

  get querystringValues() {
    return this.allQuery ??= allOfEach(this.queryEntries());
  }
}

const NO_PATH: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

const none = (): Entries => [];

/** What messages come with. */
export const NO_PARAMETERS: ClientParameters = new LazyParameters(none, none);

/** What `$connect` sees: the client's headers as they reach API Gateway's edge, and those that the edge adds. */
export function connectParameters({ rawHeaders, sourceIp, query }: UpgradeRequest, domainName: string, time: number, randomness: Randomness): ClientParameters {
  let trace: string | undefined;
  return new LazyParameters(() => {
    trace ??= `Root=1-${Math.floor(time / 1000).toString(16)}-${randomness.bytes(12).toString('hex')}`;
    const own = rawHeaders.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()) && name.toLowerCase() !== 'host');
    const forwarded = own.filter(([name]) => name.toLowerCase() === 'x-forwarded-for').map(([, value]) => value);
    return [
      ...own.filter(([name]) => !/^x-(forwarded-(for|port|proto)|amzn-trace-id)$/i.test(name)),
      ['Host', domainName],
      ['X-Amzn-Trace-Id', trace],
      ['X-Forwarded-For', [...forwarded, sourceIp].join(', ')],
      ['X-Forwarded-Port', '443'],
      ['X-Forwarded-Proto', 'https'],
    ];
  }, () => [...new URLSearchParams(query)]);
}

/** What `$disconnect` sees. */
export function disconnectParameters(domainName: string): ClientParameters {
  return new LazyParameters(() => [['Host', domainName], ['x-api-key', ''], ['X-Forwarded-For', ''], ['x-restapi', '']], none);
}

function lastOfEach(entries: Entries): Readonly<Record<string, string>> {
  // Without a prototype, so that a header called `__proto__` is a header.
  const record: Record<string, string> = Object.create(null);
  entries.forEach(([name, value]) => record[name] = value);
  return Object.freeze(record);
}

function compareIgnoringCase(left: string, right: string): number {
  const [first, second] = [left.toLowerCase(), right.toLowerCase()];
  return first < second ? -1 : first > second ? 1 : 0;
}
