import { isIP } from 'node:net';
import { jsonResponse } from './http-message';
import { HttpResponse } from '../kernel/contracts';

const LOOPBACK_NAME = /^(.+\.)?localhost$/;
/** AWS's own names, which functions call here and nobody else can point at this machine. */
const AWS_NAME = /^([a-z0-9-]+\.)+amazonaws\.com(\.cn)?$/;
const HOST = /^(\[[^\]]*\]|[^:]*)(?::\d*)?$/;

/**
 * Keeps web pages away from the runtime: a browser lets any page call this machine, and the runtime's credentials are everybody's, so that a page could sign.
 */
export class BrowserGuard {
  private readonly origins: ReadonlySet<string>;
  private readonly hosts: ReadonlySet<string>;

  /** `allowedOrigins` are those of pages that may call, beside the pages of this machine. */
  constructor(allowedOrigins: readonly string[] = []) {
    this.origins = new Set(allowedOrigins);
    this.hosts = new Set(allowedOrigins.map(origin => new URL(origin).hostname));
  }

  /** Refuses a request to a name that anybody could let point here: to the browser, their page and the runtime would be one (DNS rebinding). */
  refuseHost(host: string | undefined): HttpResponse | undefined {
    if (host === undefined || host === '') {
      return undefined;
    }
    const name = HOST.exec(host)?.[1].toLowerCase().replace(/\.$/, '');
    const isOurs = name !== undefined && (isAddress(name) || LOOPBACK_NAME.test(name) || AWS_NAME.test(name) || this.hosts.has(name));
    return isOurs ? undefined : refused(`The local runtime is not called ${JSON.stringify(host)}. Use 127.0.0.1 or localhost, or start it with --allow-origin and that name.`);
  }

  /** Refuses what the page of another machine asks of anything but the app's own APIs, whose public it is as on AWS. */
  refuseOrigin(headers: Readonly<Record<string, string | undefined>>): HttpResponse | undefined {
    const { origin } = headers;
    if (origin === undefined) {
      // Pictures and links have no origin.
      return headers['sec-fetch-site'] === 'cross-site' ? refused('The local runtime answers no requests of pages of other machines.') : undefined;
    }
    return this.origins.has(origin) || isOfThisMachine(origin) ? undefined : refused(
      `The local runtime answers no requests of the page ${JSON.stringify(origin)}, which is not of this machine. Start it with --allow-origin and the page's origin if it may.`,
    );
  }
}

function isOfThisMachine(origin: string): boolean {
  if (!/^https?:\/\//.test(origin) || !URL.canParse(origin)) {
    return false;
  }
  const { hostname } = new URL(origin);
  return LOOPBACK_NAME.test(hostname) || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
}

/** An address is not looked up: nobody can let it point elsewhere. */
function isAddress(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

function refused(message: string): HttpResponse {
  return jsonResponse(403, { message });
}
