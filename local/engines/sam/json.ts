/** A JSON object of a template. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is an intrinsic function: an object whose one key names it. */
export function isIntrinsic(value: unknown): value is JsonObject {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0] === 'Condition' || keys[0].startsWith('Fn::'));
}

/** The arguments of `Fn::If`; undefined when the value is none. */
export function conditional(value: unknown): [condition: unknown, whenTrue: unknown, whenFalse: unknown] | undefined {
  const branches = isIntrinsic(value) ? value['Fn::If'] : undefined;
  return Array.isArray(branches) && branches.length === 3 ? branches as [unknown, unknown, unknown] : undefined;
}

export function isNoValue(value: unknown): boolean {
  return isIntrinsic(value) && value.Ref === 'AWS::NoValue';
}

/** The object without members that are undefined. */
export function defined(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** The object without members that are null. */
export function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}

export function attribute(logicalId: string, name: string): JsonObject {
  return { 'Fn::GetAtt': [logicalId, name] };
}

/** The tags of SAM, a map, as CloudFormation's list. */
export function tagList(...maps: unknown[]): JsonObject[] {
  return maps.flatMap(map => isObject(map) ? Object.entries(map).map(([key, value]) => ({ Key: key, Value: value ?? '' })) : []);
}
