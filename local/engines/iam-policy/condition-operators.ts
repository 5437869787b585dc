/** The condition operators: each compiles one value of a policy into a test for one value of a request. */
import { BlockList, isIPv4, isIPv6 } from 'net';
import { splitArn, splitArnPattern } from './arn';
import { parseDate } from './date';
import { compilePattern, PatternOptions } from './pattern';
import { RequestContext } from './request-context';

/** A test for one value of a request; undefined when the request lacks a variable that the policy's value needs. */
export type ValueTest = (value: string, context: RequestContext) => boolean | undefined;

/** A condition operator without its qualifiers. */
export interface ConditionOperator {
  /** The values of a policy are alternatives; a negated operator matches when none of them does. */
  readonly negated: boolean;
  /** Compiles one value of the policy. */
  compile(policyValue: string, variables: boolean): ValueTest;
}

type Compile = ConditionOperator['compile'];

function text(options: Omit<PatternOptions, 'variables'>): Compile {
  return (policyValue, variables) => {
    const pattern = compilePattern(policyValue, { ...options, variables });
    return (value, context) => pattern.matches(value, context);
  };
}

/** Compares each segment of two ARNs by itself: a wildcard never reaches into the next segment. */
const arn: Compile = (policyValue, variables) => {
  // A colon inside a variable separates nothing.
  const masked = variables ? policyValue.replace(/\$\{[^}]*\}/g, variable => variable.replaceAll(':', '\0')) : policyValue;
  const segments = splitArnPattern(masked).map(segment => compilePattern(segment.replaceAll('\0', ':'), { wildcards: true, variables }));
  return (value, context) => {
    const parts = splitArn(value);
    if (parts.length !== segments.length) return false;
    let matches = true;
    for (let index = 0; index < segments.length; index += 1) {
      const result = segments[index].matches(parts[index], context);
      if (result === undefined) return undefined;
      matches &&= result;
    }
    return matches;
  };
};

function ordered(parse: (text: string) => number | undefined, holds: (value: number, limit: number) => boolean): Compile {
  return policyValue => {
    const limit = parse(policyValue);
    return value => {
      const number = parse(value);
      return number !== undefined && limit !== undefined && holds(number, limit);
    };
  };
}

function parseNumber(digits: string): number | undefined {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits) ? Number(digits) : undefined;
}

const comparisons: readonly [name: string, negated: boolean, holds: (value: number, limit: number) => boolean][] = [
  ['Equals', false, (value, limit) => value === limit],
  ['NotEquals', true, (value, limit) => value === limit],
  ['LessThan', false, (value, limit) => value < limit],
  ['LessThanEquals', false, (value, limit) => value <= limit],
  ['GreaterThan', false, (value, limit) => value > limit],
  ['GreaterThanEquals', false, (value, limit) => value >= limit],
];

const bool: Compile = policyValue => {
  const expected = policyValue.toLowerCase();
  return value => (expected === 'true' || expected === 'false') && value.toLowerCase() === expected;
};

const binary: Compile = policyValue => {
  const expected = Buffer.from(policyValue, 'base64');
  return value => expected.equals(Buffer.from(value, 'base64'));
};

const ipAddress: Compile = policyValue => {
  const [address, prefixText, ...rest] = policyValue.split('/');
  const family = familyOf(address);
  const width = family === 'ipv4' ? 32 : 128;
  const prefix = prefixText === undefined ? width : /^\d{1,3}$/.test(prefixText) ? Number(prefixText) : Infinity;
  if (family === undefined || rest.length > 0 || prefix > width) return () => false;
  const range = new BlockList();
  range.addSubnet(address, prefix, family);
  return value => {
    const valueFamily = familyOf(value);
    return valueFamily !== undefined && range.check(value, valueFamily);
  };
};

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  if (isIPv4(address)) return 'ipv4';
  return isIPv6(address) ? 'ipv6' : undefined;
}

const exact = text({ wildcards: false });
const exactIgnoringCase = text({ wildcards: false, ignoreCase: true });
const like = text({ wildcards: true });

const operators: readonly [name: string, negated: boolean, compile: Compile][] = [
  ['StringEquals', false, exact],
  ['StringNotEquals', true, exact],
  ['StringEqualsIgnoreCase', false, exactIgnoringCase],
  ['StringNotEqualsIgnoreCase', true, exactIgnoringCase],
  ['StringLike', false, like],
  ['StringNotLike', true, like],
  ['Bool', false, bool],
  ['BinaryEquals', false, binary],
  ['IpAddress', false, ipAddress],
  ['NotIpAddress', true, ipAddress],
  // ArnEquals has wildcards as ArnLike has: the two mean the same.
  ['ArnEquals', false, arn],
  ['ArnLike', false, arn],
  ['ArnNotEquals', true, arn],
  ['ArnNotLike', true, arn],
];

/** Every operator but Null, which looks at keys instead of values; by name in lower case. */
export const CONDITION_OPERATORS: ReadonlyMap<string, ConditionOperator> = new Map([
  ...operators.map(([name, negated, compile]): [string, ConditionOperator] => [name.toLowerCase(), { negated, compile }]),
  ...comparisons.flatMap(([name, negated, holds]): [string, ConditionOperator][] => [
    [`Numeric${name}`.toLowerCase(), { negated, compile: ordered(parseNumber, holds) }],
    [`Date${name}`.toLowerCase(), { negated, compile: ordered(parseDate, holds) }],
  ]),
]);
