import { createInterface } from 'node:readline';

type Answer = Record<string, unknown>;

/** Answers one JSON request a line with one JSON answer a line, each with the request's id. A request that cannot be answered gets its error, and the next is read. */
export async function answerLines(answer: (request: any) => Answer | Promise<Answer>): Promise<void> {
  const pending: Promise<void>[] = [];
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() !== '') {
      pending.push(answerLine(line, answer));
    }
  }
  await Promise.all(pending);
}

async function answerLine(line: string, answer: (request: any) => Answer | Promise<Answer>): Promise<void> {
  let id: unknown;
  let text: string;
  try {
    const request = JSON.parse(line);
    // An id that cannot be written, which is nested too deeply, is none.
    id = JSON.stringify(request?.id) && request.id;
    text = JSON.stringify({ ...await answer(request), id });
  } catch (error) {
    text = JSON.stringify({ error: error instanceof Error ? error.message : String(error), id });
  }
  process.stdout.write(`${text}\n`);
}
