import { Random } from './random';

const NAMES = ['__proto__', 'constructor', 'toString', 'length', '', 'pk', 'Name', 'Fn::Sub', 'Ref', 'Type', 'Properties', 'a'];
const TEXTS = [
  '', 'a', '"', '\\', '\u0000', '\ud800', '${', '${AWS::Region', '{% 1 %}', '$context.x', '#set($a=1)$a', '../../etc/passwd', 'arn:aws:sqs:us-east-1:000000000000:a', '$.a[*]..b', '9'.repeat(400), 'x'.repeat(70_000),
  '1e400', '-0', 'null', 'a,b', '*', '[', '(a+)+$', 'rate(1 minute)', 'cron(* * * * ? *)', '\r\nX: y', '\u202e',
];
const NUMBERS = [0, -1, 1, 1.5, 1e21, -1e-7, 2 ** 31, 2 ** 53, 1e308];

/** A value that nobody expects. */
export function hostileValue(random: Random, depth = 0): unknown {
  switch (random.below(depth > 3 ? 5 : 8)) {
    case 0: return null;
    case 1: return random.pick(TEXTS);
    case 2: return random.pick(NUMBERS);
    case 3: return random.chance(0.5);
    case 4: return random.pick(NAMES);
    case 5: return Array.from({ length: random.below(4) }, () => hostileValue(random, depth + 1));
    case 6: return nested(random.below(3) === 0 ? 500 : 20);
    default:
      // Through text, which makes `__proto__` a member like any other.
      return JSON.parse(`{${Array.from({ length: random.below(4) }, () => `${JSON.stringify(random.pick(NAMES))}:${JSON.stringify(hostileValue(random, depth + 1))}`).join()}}`);
  }
}

/** Changes a few places of a JSON value. */
export function mutated(value: unknown, random: Random): unknown {
  let copy = JSON.parse(JSON.stringify(value));
  for (let times = 1 + random.below(3); times > 0; times--) {
    const places = placesOf(copy);
    if (places.length === 0) {
      return hostileValue(random);
    }
    const { holder, key } = random.pick(places);
    switch (random.below(4)) {
      case 0: delete holder[key]; break;
      case 1: {
        const name = Array.isArray(holder) ? holder.length : random.pick(NAMES);
        // Not by assignment: `__proto__` is a member like any other.
        Object.defineProperty(holder, name, { value: hostileValue(random), enumerable: true, configurable: true, writable: true });
        break;
      }
      // What stands elsewhere.
      case 2: holder[key] = JSON.parse(JSON.stringify(random.pick(places).value ?? null)); break;
      default: holder[key] = hostileValue(random);
    }
    copy = JSON.parse(JSON.stringify(copy));
  }
  return copy;
}

/** Changes a few characters of a text. */
export function garbled(text: string, random: Random): string {
  let changed = text;
  for (let times = 1 + random.below(4); times > 0; times--) {
    const at = random.below(changed.length + 1);
    const insert = random.pick(['', '"', '{', '}', '[', ']', ':', ',', '\u0000', '\ud800', '*', '&a ', '!Ref ', '\n', '9', '-']);
    changed = random.chance(0.1) ? changed.slice(0, at) : changed.slice(0, at) + insert + changed.slice(at + random.below(3));
  }
  return changed;
}

interface Place {
  readonly holder: any;
  readonly key: string;
  readonly value: unknown;
}

function placesOf(root: unknown): Place[] {
  const places: Place[] = [];
  for (let level: unknown[] = [root]; level.length > 0 && places.length < 20_000;) {
    const next: unknown[] = [];
    for (const holder of level) {
      for (const [key, value] of Object.entries(holder as object)) {
        places.push({ holder, key, value });
        if (typeof value === 'object' && value !== null) {
          next.push(value);
        }
      }
    }
    level = next;
  }
  return places;
}

function nested(depth: number): unknown {
  return JSON.parse('['.repeat(depth) + ']'.repeat(depth));
}
