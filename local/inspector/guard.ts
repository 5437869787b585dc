import { IncomingMessage } from 'node:http';

/** Why a request may not reach the inspector; undefined when it may. */
export function refusal(request: Pick<IncomingMessage, 'method' | 'headers'>, port: number): string | undefined {
  const { host, origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = request.headers;
  // A name that somebody else lets lead to this machine is none of ours.
  if (host === undefined || !['127.0.0.1', 'localhost', '[::1]'].some(name => host === `${name}:${port}`)) {
    return `The inspector answers at http://127.0.0.1:${port} and http://localhost:${port} only; the Host header is ${host ?? 'missing'}.`;
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return `The page of another origin may not use the inspector: ${origin}`;
  }
  // Following a link is no use of it, and all that another page can do.
  const isNavigation = mode === 'navigate' && destination === 'document' && request.method === 'GET';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isNavigation) {
    return `The page of another site may not use the inspector (Sec-Fetch-Site: ${String(site)}).`;
  }
  return undefined;
}
