/** The short forms of intrinsic functions in YAML: `!Ref X` for `{ "Ref": "X" }`, `!Sub X` for `{ "Fn::Sub": "X" }`. */

const FUNCTIONS = [
  'And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform',
];

/** Tag to the key of the function's long form. */
export const SHORT_TAGS: ReadonlyMap<string, string> = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...FUNCTIONS.map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
]);

/** The long form of a tagged value. */
export function longForm(key: string, argument: unknown): Record<string, unknown> {
  // The short form writes the resource and its attribute as one text.
  if (key === 'Fn::GetAtt' && typeof argument === 'string' && argument.includes('.')) {
    const dot = argument.indexOf('.');
    return { [key]: [argument.slice(0, dot), argument.slice(dot + 1)] };
  }
  return { [key]: argument };
}
