import { readFileSync } from 'fs';
import { WebSocketClient } from './websocket-client';

const BLOCK = /^```transcript\n([\s\S]*?)^```$/gm;
const LINE = /^(?:(\w+)([<>])|\$) (.*)$/;

const PATIENCE = 10_000;

/** Stands for any text. */
const ANYTHING = '…';

/** Stands for a text that is learned where it is received first, and the same from then on. */
const LEARNED = /\{\{(\w+)\}\}/g;

/** What one client sends or receives, or a command. */
interface Line {
  readonly client?: string;
  readonly isSent: boolean;
  readonly text: string;
}

/** What a conversation needs of its surroundings. */
export interface Stage {
  connect(client: string): Promise<WebSocketClient>;
  /** Does what a command line does. */
  run?(command: string): Promise<unknown>;
}

/**
 * A conversation in a README, as its reader would have it:
 *
 *     ana> {"action":"chat","to":"{{ben}}","text":"hi"}
 *     ben< {"from":"…","text":"hi"}
 *     $ npm run send -- '{"hello":"world"}'
 *
 * `>` is sent and `<` is received; `$` is a command. `…` is any text; `{{name}}` is learned where it is received first. A client connects when it is first mentioned.
 */
export class Transcript {
  /** The conversations in a file. */
  static read(file: string): Transcript[] {
    const transcripts = [...readFileSync(file, 'utf8').matchAll(BLOCK)].map(([, block]) => new Transcript(block.trim().split('\n').map(parse)));
    if (transcripts.length === 0) {
      throw new Error(`${file} holds no transcript.`);
    }
    return transcripts;
  }

  private readonly learned = new Map<string, string>();

  private constructor(private readonly lines: readonly Line[]) {}

  /** Has the conversation, and fails at the first line that does not come as it stands. */
  async play({ connect, run }: Stage): Promise<void> {
    const clients = new Map<string, WebSocketClient>();
    for (const { client, isSent, text } of this.lines) {
      if (client === undefined) {
        await (run ?? fail(`The transcript runs a command, and nobody is there to run it: ${text}`))(this.filledIn(text));
        continue;
      }
      const connection = clients.get(client) ?? await connect(client);
      clients.set(client, connection);
      if (isSent) {
        connection.send(this.filledIn(text));
      } else {
        this.expect(client, text, await soon(connection.nextText(), `${client} should have received ${text}, and received nothing.`));
      }
    }
    for (const [client, connection] of clients) {
      await connection.close();
      if (connection.unread.length > 0) {
        throw new Error(`${client} received what the transcript does not have: ${connection.unread.join('\n')}`);
      }
    }
  }

  private filledIn(text: string): string {
    return text.replace(LEARNED, (_, name: string) => this.learned.get(name) ?? fail(`The transcript sends {{${name}}} before anything taught it.`));
  }

  private expect(client: string, expected: string, received: string): void {
    const names: string[] = [];
    const pattern = expected.split(/(\{\{\w+\}\}|…)/).map(part => {
      const name = /^\{\{(\w+)\}\}$/.exec(part)?.[1];
      if (name === undefined) {
        return part === ANYTHING ? '.*?' : literal(part);
      }
      const known = this.learned.get(name);
      if (known !== undefined) {
        return literal(known);
      }
      names.push(name);
      return '(.*?)';
    }).join('');
    const match = new RegExp(`^${pattern}$`, 's').exec(received) ?? fail(`${client} should have received\n  ${expected}\nand received\n  ${received}`);
    names.forEach((name, index) => this.learned.set(name, match[index + 1]));
  }
}

/** Fails with words of its own before the test's time is over. */
async function soon<Answer>(answer: Promise<Answer>, otherwise: string): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(otherwise)), PATIENCE);
  });
  return Promise.race([answer, timeout]).finally(() => clearTimeout(timer));
}

function parse(line: string): Line {
  const [, client, direction, text] = LINE.exec(line) ?? fail(`"${line}" is no line of a transcript, such as: ana> {"action":"echo"}, or: $ npm run send`);
  return { client, isSent: direction === '>', text };
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function fail(message: string): never {
  throw new Error(message);
}
