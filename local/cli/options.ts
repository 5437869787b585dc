import { InvalidArgumentError } from 'commander';

export const DEFAULT_PORT = 4510;

export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new InvalidArgumentError('A port is a number from 0 to 65535; 0 takes a free one.');
  }
  return port;
}
