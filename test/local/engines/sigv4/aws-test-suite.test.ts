import * as suite from './aws-test-suite.json';
import { SignedRequest, verifySignature } from '../../../../local/engines/sigv4';

/** Reads a request as the suite writes it: a continuation line belongs to the header before it. */
function parse(text: string): SignedRequest {
  const [head, ...body] = text.split('\n\n');
  const [requestLine, ...lines] = head.split('\n');
  const [, method, target] = /^(\S+) (.*) HTTP\/1\.1$/.exec(requestLine) ?? [];
  const headers: Record<string, string[]> = {};
  let name = '';
  for (const line of lines) {
    if (/^\s/.test(line)) {
      headers[name].push(`${headers[name].pop() ?? ''}\n${line}`);
      continue;
    }
    const colon = line.indexOf(':');
    name = line.slice(0, colon).toLowerCase();
    (headers[name] ??= []).push(line.slice(colon + 1));
  }
  const [path, query = ''] = target.split('?');
  return { method, path, query, headers, body: Buffer.from(body.join('\n\n')) };
}

const cases = Object.entries(suite.requests)
  .flatMap(([name, forms]) => Object.entries(forms).map(([form, text]): [string, string, string] => [name, form, text]));

test.each(cases)('%s (%s)', (_name, _form, text) => {
  expect(verifySignature(parse(text), () => suite.secretAccessKey, Date.parse(suite.time))).toMatchObject({ region: 'us-east-1', service: 'service' });
});

test.each(cases)('%s (%s) with another secret', (_name, _form, text) => {
  expect(() => verifySignature(parse(text), () => 'another', Date.parse(suite.time))).toThrow('The request signature we calculated does not match');
});
