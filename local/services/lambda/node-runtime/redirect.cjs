'use strict';
/**
 * Leads requests to the hosts of AWS here. The SDK is told by AWS_ENDPOINT_URL, but whoever answers to a connection names the API's own host, and no
 * request of a function may reach the real AWS, where another API could have that name.
 */
const http = require('node:http');
const https = require('node:https');
const { syncBuiltinESMExports } = require('node:module');

function redirectRequests(endpoint, urlSuffix) {
  const target = new URL(endpoint);
  const isAws = hostname => hostname === urlSuffix || hostname.endsWith(`.${urlSuffix}`);
  const { request } = http;

  for (const module of [http, https]) {
    const original = module.request;
    module.request = function redirected(...parameters) {
      const callback = typeof parameters.at(-1) === 'function' ? parameters.pop() : undefined;
      const options = optionsOf(parameters);
      const host = hostOf(options);
      return isAws(host)
        ? request({ ...options, protocol: 'http:', host: undefined, hostname: target.hostname, port: target.port, agent: undefined, headers: withHost(options.headers, host) }, callback)
        : original.apply(this, callback === undefined ? parameters : [...parameters, callback]);
    };
    module.get = (...parameters) => {
      const sent = module.request(...parameters);
      sent.end();
      return sent;
    };
  }
  syncBuiltinESMExports();

  const { fetch } = globalThis;
  globalThis.fetch = async (input, init) => {
    const asked = new Request(input, init);
    const url = new URL(asked.url);
    if (!isAws(url.hostname)) {
      return fetch(input, init);
    }
    const body = asked.body === null ? undefined : await asked.arrayBuffer();
    const headers = new Headers(asked.headers);
    headers.set('host', url.host);
    return fetch(new URL(url.pathname + url.search, target), { method: asked.method, headers, body, signal: asked.signal });
  };
}

function optionsOf([first, second]) {
  const url = typeof first === 'string' ? new URL(first) : first instanceof URL ? first : undefined;
  if (!url) {
    return first ?? {};
  }
  return { hostname: url.hostname, path: url.pathname + url.search, ...second };
}

function hostOf({ hostname, host }) {
  return String(hostname ?? host ?? '').replace(/:\d+$/, '').toLowerCase();
}

function withHost(headers, host) {
  if (Array.isArray(headers)) {
    return headers.some(name => String(name).toLowerCase() === 'host') ? headers : ['Host', host, ...headers];
  }
  return Object.keys(headers ?? {}).some(name => name.toLowerCase() === 'host') ? headers : { Host: host, ...headers };
}

module.exports = { redirectRequests };
