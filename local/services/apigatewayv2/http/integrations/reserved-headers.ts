const RESERVED = new Set([
  'authorization', 'connection', 'content-encoding', 'content-length', 'content-location', 'forwarded', 'keep-alive', 'origin', 'proxy-authenticate',
  'proxy-authorization', 'te', 'trailers', 'transfer-encoding', 'upgrade', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'via',
]);
const RESERVED_PREFIX = /^(access-control-|apigw-|x-amz-|x-amzn-)/;

/** Refuses a mapping of a header that is API Gateway's own. */
export function refuseReserved(header: string): void {
  const name = header.toLowerCase();
  if (RESERVED.has(name) || RESERVED_PREFIX.test(name)) {
    throw new Error(`Operations on header ${name} are restricted`);
  }
}
