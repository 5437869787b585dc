import { FixedField, MatchKeys, combinations, object } from './match-keys';
import { MATCH_KEY_PREFIX } from './rows';
import { FieldPath } from '../push/field-path';

export interface SubscriptionIndexOptions {
  /** What the developer names, the most selective first. */
  readonly paths: readonly FieldPath[];
  /** What the policy fixes: part of every key, so that an event reads no row of those whom it does not concern. */
  readonly fixed: readonly FixedField[];
  /** How many keys a subscription may have; a pattern that names more values is looked up by another field. */
  readonly keysLimit: number;
  /** Whether patterns without a key of their own have one in common, under which every event looks. */
  readonly catchAll: boolean;
}

/** Longest text that stands in a key as it is: DynamoDB's keys hold 2,048 bytes, and a character takes up to four. */
const KEY_TEXT_LIMIT = 400;

/**
 * JSONata: functions that both sides of the index use. Half of a character is a question mark to EventBridge; what takes it away passes over every other one of those side
 * by side, and so goes twice.
 */
const FUNCTIONS = `
  $indexable := function($value) { $type($value) = 'number' ? $abs($value) < 1e15 : $type($value) in ['string', 'boolean'] };
  $unpaired := function($text) { $contains($text, /[\\ud800-\\udfff]/) ? $contains($replace($text, /[\\ud800-\\udbff][\\udc00-\\udfff]/, ''), /[\\ud800-\\udfff]/) : false };
  $withoutFirst := function($text) { $replace($text, /[\\ud800-\\udbff]([^\\udc00-\\udfff]|$)/, '?$1') };
  $withoutSecond := function($text) { $replace($text, /(^|[^\\ud800-\\udbff])[\\udc00-\\udfff]/, '$1?') };
  $written := function($value) { ($type($value) = 'string' ? $unpaired($value) : false) ?
    $withoutSecond($withoutSecond($withoutFirst($withoutFirst($value)))) : $value };
  $key := function($fields) { ($text := $string($fields); '${MATCH_KEY_PREFIX}' & ($length($text) > ${KEY_TEXT_LIMIT} ? $hash($text, 'SHA-256') : $text)) };`;

/**
 * Where subscriptions are looked up: an event reads the rows under the keys that it carries, and those that patterns without a key have in common.
 *
 * A key is the JSON of fields and values, such as `match#{"source":"shop","detail-type":"OrderPlaced"}`. A pattern has keys of the first of these lists of
 * fields for which it names values, and nothing but values. Whether it matches is decided later: a key only has to be found whenever the pattern can match.
 */
export class SubscriptionIndex implements MatchKeys {
  /** Match rows are told apart by their connections and ids alone. */
  readonly sortKeyPrefix = "''";

  /** From the most selective to the least. */
  private readonly lists: readonly (readonly FieldPath[])[];

  constructor(private readonly options: SubscriptionIndexOptions) {
    const fixed = new Set(options.fixed.map(({ path }) => path.text));
    const [source, detailType] = ['source', 'detail-type'].map(text => new FieldPath(text, 'index'));
    const lists = [...options.paths.map(path => [path]), [source, detailType], [detailType], [source]]
      .map(list => list.filter(({ text }) => !fixed.has(text)))
      .filter(list => list.length > 0);
    this.lists = [...new Map(lists.map(list => [list.map(({ text }) => text).join(), list])).values()];
  }

  get keysOfPattern(): string {
    const variables = this.variables();
    // A field inside `$or` may replace one of the same name outside of it.
    return `(${FUNCTIONS}
      $fixed := ${object(this.options.fixed.map(({ path, value }) => [path, value]))};
      $enter := function($node, $name) { $type($node) = 'object' ?
        ($or := $string($lookup($node, '$or')); ($exists($or) ? $contains($or, '"' & $name & '"') : false) ? null : $lookup($node, $name)) };
      $named := function($names) { ($leaf := $reduce($append([$pattern], $names), $enter);
        $type($leaf) = 'array' ? ($count($leaf) = $count($leaf[$indexable($)]) ? $distinct($map($leaf, $written)))) };
      ${[...variables].map(([path, variable]) => `${variable} := $named(${path.list});`).join('\n      ')}
      $fields := ${this.lists.map(list => {
        const count = list.map(path => `$count(${variables.get(path)})`).join(' * ');
        return `(${count}) in [1..${this.options.keysLimit}] ? [${combinations(list, variables)}] : `;
      }).join('\n        ')}${this.options.catchAll ? '[{}]' : '[]'};
      $names := $keys($fields[0]);
      $sure := $count($names) > 0 and $count($names) = $count($keys($pattern)) and $count($names[$not($ in ['source', 'detail-type'])]) = 0;
      $keys := [$fields.$key($merge([$fixed, $]))];
      [$map($keys, function($key, $index) { { 'key': $key, 'sure': $sure, 'before': [$keys[[0..$index - 1]].$hash($, 'MD5')] } })]
    )`;
  }

  get keysOfEvent(): string {
    const variables = this.variables(this.options.fixed.map(({ path }) => path));
    const fixed = this.options.fixed.map(({ path }) => path);
    const several = [...variables].filter(([path]) => path.several).map(([, variable]) => `$count(${variable}) > 1`);
    return `(${FUNCTIONS}
      ${[...variables].map(([path, variable]) => `${variable} := $distinct($map(${path.valuesOfEvent}[$indexable($)], $written));`).join('\n      ')}
      $keys := [[${[...this.options.catchAll ? [[]] : [], ...this.lists].map(list => combinations([...fixed, ...list], variables)).join(', ')}].$key($)];
      {
        'pages': [$keys.{ 'key': $ }],
        'digests': ${several.length > 0 ? `${several.join(' or ')} ? [$keys.$hash($, 'MD5')] : []` : '[]'}
      }
    )`;
  }

  /** Each field of the index with the JSONata variable of its values. */
  private variables(more: readonly FieldPath[] = []): Map<FieldPath, string> {
    const paths = [...new Set([...more, ...this.lists.flat()])];
    return new Map(paths.map((path, index) => [path, `$values${index}`]));
  }
}
