/** What is typed at `lambdaless connect`: messages as they are, or a few words for those of an EventSocket. */

export type Typed =
  | { readonly kind: 'send'; readonly text: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'mistake'; readonly why: string };

export const HELP = `  {…}                          send this JSON as it is
  /subscribe <pattern> [id]    a pattern: {"source":["shop"]}, or source=shop,billing detail.total=7
  /unsubscribe <id>            end a subscription
  /list                        the subscriptions of this connection
  /ping                        keep the connection
  /raw <text>                  send any text
  /help, /quit
`;

/** Reads one line. */
export function readTyped(line: string): Typed {
  const text = line.trim();
  if (text === '') {
    return { kind: 'nothing' };
  }
  if (!text.startsWith('/')) {
    const mistake = jsonMistake(text);
    return mistake === undefined ? { kind: 'send', text } : { kind: 'mistake', why: `This is no JSON, and was not sent: ${mistake}. /raw sends any text, /help tells the rest.` };
  }
  const [, word, rest] = /^\/(\S*)\s*([^]*)$/.exec(text)!;
  switch (word) {
    case 'subscribe': case 'sub': return subscribe(rest);
    case 'unsubscribe': case 'unsub':
      return rest === '' ? { kind: 'mistake', why: '/unsubscribe needs the id of the subscription; /list shows them.' } : send({ action: 'unsubscribe', subscriptionId: rest });
    case 'list': return send({ action: 'subscriptions', ...rest === '' ? {} : { startAfter: rest } });
    case 'ping': return send({ action: 'ping' });
    case 'raw': return { kind: 'send', text: rest };
    case 'help': return { kind: 'help' };
    case 'quit': case 'exit': return { kind: 'quit' };
    default: return { kind: 'mistake', why: `There is no /${word}; /help tells what there is.` };
  }
}

function subscribe(rest: string): Typed {
  if (rest === '') {
    return { kind: 'mistake', why: '/subscribe needs a pattern, such as source=shop.' };
  }
  const { pattern, subscriptionId } = rest.startsWith('{') ? jsonPattern(rest) : pairsPattern(rest);
  return pattern === undefined
    ? { kind: 'mistake', why: 'The pattern is no JSON object. Write {"source":["shop"]}, or source=shop.' }
    : send({ action: 'subscribe', pattern, ...subscriptionId === undefined ? {} : { subscriptionId } });
}

/** A JSON object, and an id behind it. */
function jsonPattern(text: string): { pattern?: object; subscriptionId?: string } {
  const end = text.lastIndexOf('}') + 1;
  const id = text.slice(end).trim();
  return { pattern: jsonMistake(text.slice(0, end)) === undefined ? JSON.parse(text.slice(0, end)) : undefined, subscriptionId: id === '' ? undefined : id };
}

/** `source=shop,billing detail.total=7 orders`: what has no equals sign is the id. */
function pairsPattern(text: string): { pattern?: object; subscriptionId?: string } {
  const words = text.split(/\s+/);
  const ids = words.filter(word => !word.includes('='));
  const pattern = Object.create(null);
  for (const word of words.filter(each => each.includes('='))) {
    const path = word.slice(0, word.indexOf('=')).split('.');
    let parent = pattern;
    for (const field of path.slice(0, -1)) {
      parent = parent[field] = typeof parent[field] === 'object' && !Array.isArray(parent[field]) ? parent[field] : Object.create(null);
    }
    parent[path.at(-1)!] = word.slice(word.indexOf('=') + 1).split(',').map(valueOf);
  }
  return ids.length > 1 || ids.length === words.length ? {} : { pattern, subscriptionId: ids[0] };
}

/** Numbers, true, false and null are what they are in JSON. */
function valueOf(text: string): unknown {
  return /^(-?\d+(\.\d+)?|true|false|null)$/.test(text) ? JSON.parse(text) : text;
}

function send(message: object): Typed {
  return { kind: 'send', text: JSON.stringify(message) };
}

function jsonMistake(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
