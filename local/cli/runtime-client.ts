import { DEFAULT_ENDPOINT } from './options';
import { UsageError } from './report';

/** Asks a runtime that runs with the inspector; `path` is below that of the inspector's interface. */
export async function askRuntime(endpoint: string = DEFAULT_ENDPOINT, path: string, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`${endpoint.replace(/\/$/, '')}/_lambdaless/api/${path}`, { signal });
  } catch (error) {
    throw new UsageError(`No runtime answers at ${endpoint}: ${((error as Error).cause as Error | undefined)?.message ?? (error as Error).message}. Start one with \`lambdaless local --inspect\`, or name another with --endpoint.`);
  }
  if (!response.ok) {
    const body = await response.text();
    const { message, serves } = parsed(body);
    // A runtime without the inspector tells what it serves instead.
    throw new UsageError(serves !== undefined ? `The runtime at ${endpoint} runs without the inspector: start it with --inspect.` : message ?? body);
  }
  return response;
}

function parsed(body: string): { message?: string; serves?: unknown } {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}
