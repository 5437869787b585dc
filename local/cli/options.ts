import { InvalidArgumentError } from 'commander';

export const DEFAULT_PORT = 4510;
export const DEFAULT_ENDPOINT = `http://127.0.0.1:${DEFAULT_PORT}`;

export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new InvalidArgumentError('A port is a number from 0 to 65535; 0 takes a free one.');
  }
  return port;
}

export function parseStackName(text: string): string {
  if (!/^[A-Za-z][A-Za-z0-9-]{0,127}$/.test(text)) {
    throw new InvalidArgumentError('A stack name begins with a letter and has letters, digits and hyphens, 128 at most.');
  }
  return text;
}

/** One origin more of an option that takes several. */
export function parseOrigin(text: string, previous: readonly string[] = []): readonly string[] {
  if (!/^https?:/.test(text) || !URL.canParse(text) || new URL(text).origin !== text) {
    throw new InvalidArgumentError('An origin is what a browser sends as such, for example https://shop.example or http://shop.test:8080.');
  }
  return [...previous, text];
}

/** A parameter's value on the command line. */
export type GivenParameter = readonly [name: string, value: string];

/** One `Key=Value` more of an option that takes several. */
export function parseParameter(text: string, previous: readonly GivenParameter[] = []): readonly GivenParameter[] {
  const equals = text.indexOf('=');
  if (equals < 1) {
    throw new InvalidArgumentError('A parameter is given as Key=Value.');
  }
  return [...previous, [text.slice(0, equals), text.slice(equals + 1)]];
}
