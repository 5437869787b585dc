import { DEFAULT_ENDPOINT } from './options';
import { UsageError } from './report';
import { reach } from './running-runtime';

/** Asks a runtime that runs with the inspector; `path` is below that of the inspector's interface. */
export async function askRuntime(endpoint: string = DEFAULT_ENDPOINT, path: string, signal?: AbortSignal): Promise<Response> {
  const response = await reach(endpoint, `/_lambdaless/api/${path}`, { signal }, 'lambdaless local --inspect');
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
