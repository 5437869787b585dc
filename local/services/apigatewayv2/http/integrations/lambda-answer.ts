/** What the client gets of what a Lambda function returns. */

import { HttpResponse } from '../../../../kernel/contracts';
import { FunctionAnswer } from '../../pipeline/function-call';
import { internalServerError } from '../failures';

interface ProxyAnswer {
  readonly statusCode?: unknown;
  readonly headers?: unknown;
  readonly multiValueHeaders?: unknown;
  readonly cookies?: unknown;
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/** Reads an answer; one of the format 2.0 that has no status is a body, and a success. */
export function responseOf({ failed, payload }: FunctionAnswer, version: '1.0' | '2.0'): HttpResponse {
  if (failed) {
    throw internalServerError(`the function failed: ${payload}`);
  }
  const value: unknown = JSON.parse(payload === '' ? 'null' : payload);
  const answer = (typeof value === 'object' && value !== null ? value : {}) as ProxyAnswer;
  if (version === '2.0' && answer.statusCode === undefined) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: typeof value === 'string' ? value : payload };
  }
  const status = Number(answer.statusCode);
  const { body = '' } = answer;
  // A response of Go's own types has null where there are none.
  const cookies = answer.cookies ?? [];
  const isValid = Number.isInteger(status) && status >= 200 && status <= 599 && (typeof body === 'string' || body === null) && Array.isArray(cookies);
  if (!isValid) {
    throw internalServerError(`the function's answer is none that an HTTP API takes: ${payload}`);
  }
  return written(answer, status, body as string | null ?? '', cookies.map(String), version);
}

function written(answer: ProxyAnswer, status: number, text: string, cookies: readonly string[], version: '1.0' | '2.0'): HttpResponse {
  const { 'set-cookie': fromHeaders = [], ...headers } = headersOf(answer, version);
  const bytes = answer.isBase64Encoded === true ? Buffer.from(text, 'base64') : undefined;
  return {
    status,
    headers: { ...(text === '' ? {} : { 'content-type': 'text/plain; charset=utf-8' }), ...Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.join(',')])) },
    body: bytes?.toString() ?? text,
    bytes,
    cookies: [...fromHeaders, ...cookies],
  };
}

function headersOf({ headers, multiValueHeaders }: ProxyAnswer, version: '1.0' | '2.0'): Record<string, string[]> {
  const values: Record<string, string[]> = Object.create(null);
  const sources = version === '1.0' ? [headers, multiValueHeaders] : [headers];
  for (const [name, value] of sources.flatMap(source => Object.entries(Object(source) as object))) {
    if (value !== null && value !== undefined) {
      values[name.toLowerCase()] = Array.isArray(value) ? value.map(String) : [String(value)];
    }
  }
  return values;
}
