/** AWS's limit for the format. */
const LONGEST_FORMAT_BYTES = 3 * 1024;

/** Names of variables end where letters do, but for those that an authorizer chooses. */
const VARIABLE = /\$context\.(authorizer\.[\w-]+|\w+(?:\.\w+)*)/;

/** Compiles the format of an access log's lines, whose variables are read from some facts; throws when it is none. */
export function compileLogFormat<Facts extends unknown[]>(
  format: string,
  variableOf: (name: string) => (...facts: Facts) => unknown,
): (...facts: Facts) => string {
  if (Buffer.byteLength(format) > LONGEST_FORMAT_BYTES) {
    throw new Error(`the Format of AccessLogSettings is longer than ${LONGEST_FORMAT_BYTES} bytes`);
  }
  if (/[\r\n]./s.test(format)) {
    throw new Error('the Format of AccessLogSettings has to be a single line; a line break may stand only at its end');
  }
  if (!/\$context\.(?:requestId|extendedRequestId)\b/.test(format)) {
    throw new Error('the Format of AccessLogSettings has to hold $context.requestId or $context.extendedRequestId');
  }
  // Every second part is a variable's name.
  const parts = format.split(VARIABLE).map((part, index) => index % 2 === 0 ? part : variableOf(part));
  return (...facts) => {
    let line = '';
    for (const part of parts) {
      line += typeof part === 'string' ? part : textOf(part(...facts));
    }
    return line;
  };
}

/** AWS writes a hyphen for what has no value. */
function textOf(value: unknown): string {
  return value === undefined || value === null || value === '' || typeof value === 'object' ? '-' : String(value);
}
