import { Token, Tokenization } from 'aws-cdk-lib';
import { quotedPath } from './body-path';
import { Encoding, formValue, jsonString, literalText, PLAIN, stringOf } from './encoding';
import { fieldPresence, listPresence, parameterExpression, presenceOf } from './presence';
import { DefaultNode, EachNode, FieldNode, ListNode, literalNode, nodesOf, ObjectNode, ValueNode } from './value-node';

/** What a text may be that is printed as a number of JSON. */
const NUMBER = '-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?';

/** The Velocity template that makes the JSON of a value; null where the whole of it is missing. */
export function renderJson(node: ValueNode): string {
  return assignments([node]) + eitherOr({ value: node, fallback: literalNode(null) }, value => json(value, PLAIN));
}

/** The Velocity template that makes a form, such as the services with a query protocol read. */
export function renderForm(fields: ReadonlyArray<readonly [name: string, value: ValueNode]>): string {
  const encoding = formValue(PLAIN);
  return assignments(fields.map(([, value]) => value)) + fields.map(([name, value], index) => {
    const field = `${index === 0 ? '' : '&'}${encodeURIComponent(name)}=${content(value, encoding)}`;
    return onlyIf(presenceOf(value), field);
  }).join('');
}

/** Velocity prints what it calculates only from variables. */
function assignments(nodes: readonly ValueNode[]): string {
  const directives = nodes.flatMap(nodesOf).map(node => node.kind === 'expression' ? node.assigns : undefined);
  return [...new Set(directives.filter(directive => directive !== undefined))].join('');
}

/** A value as JSON. */
function json(node: ValueNode, encoding: Encoding): string {
  switch (node.kind) {
    case 'field': return jsonField(node, encoding);
    case 'literal': return jsonLiteral(node.value, encoding);
    case 'object': return jsonObject(node, encoding);
    case 'list': return jsonList(node, encoding);
    case 'each': return jsonEach(node, encoding);
    case 'expression': return node.characters === 'digits' ? encoding.reference(node.expression, 'digits') : quoted(node, encoding);
    case 'attribute': return jsonObject({ kind: 'object', members: [[node.type, node.value]], isWhole: true }, encoding);
    case 'default': return eitherOr(node, value => json(value, encoding));
    case 'trusted json': return encoding.reference(node.expression, 'any');
    case 'unsafe': return node.template;
    default: return quoted(node, encoding);
  }
}

/** A value as the content of a string. */
function content(node: ValueNode, encoding: Encoding): string {
  switch (node.kind) {
    case 'field': return onlyIf(textCondition(node), encoding.reference(fieldText(node), 'any'));
    case 'expression': return encoding.reference(node.expression, node.characters);
    case 'parameter': return encoding.reference(parameterExpression(node.location, node.name), 'any');
    case 'message text': return encoding.reference('$input.body', 'any');
    case 'literal': return typeof node.value === 'string' ? literalText(node.value, encoding) : jsonLiteral(node.value, encoding);
    case 'text': return node.parts.map(part => formal(content(part, encoding))).join('');
    case 'json text': return json(node.value, encoding);
    case 'base64': return base64(node.value, encoding);
    case 'default': return eitherOr(node, value => content(value, encoding));
    default: return json(node, encoding);
  }
}

/** What is no string is written as its JSON is. */
function fieldText(node: FieldNode): string {
  return `$input.${isText(node) ? 'path' : 'json'}(${quotedPath(node.steps)})`;
}

/** Services have numbers that they write as strings, DynamoDB among them. */
function isText({ document, type }: FieldNode): boolean {
  return type === 'string' || (document !== 'message' && type === 'number');
}

/** What an answer lacks is empty in a text. Only a path without elements of lists can be left to print nothing by itself. */
function textCondition(node: FieldNode): string | undefined {
  const printsNothing = isText(node) && node.steps.every(step => typeof step !== 'number');
  return node.document === 'message' || node.isOptional || printsNothing ? undefined : fieldPresence(node);
}

/** The author's own text is encoded here; all else by API Gateway. */
function base64(node: ValueNode, encoding: Encoding): string {
  switch (node.kind) {
    case 'default': return eitherOr(node, value => base64(value, encoding));
    case 'literal': return encoding.literal(Buffer.from(typeof node.value === 'string' ? node.value : JSON.stringify(node.value)).toString('base64'));
    case 'field': return onlyIf(textCondition(node), encoding.reference(`$util.base64Encode(${stringOf(fieldText(node))})`, 'name'));
    default: return encoding.reference(`$util.base64Encode(${stringOf(content(node, PLAIN))})`, 'name');
  }
}

function quoted(node: ValueNode, encoding: Encoding): string {
  const quote = encoding.literal('"');
  return `${quote}${content(node, jsonString(encoding))}${quote}`;
}

function jsonField(node: FieldNode, encoding: Encoding): string {
  // The JSON of a string is a string of JSON: nothing has to be escaped.
  const value = encoding.reference(`$input.json(${quotedPath(node.steps)})`, 'any');
  if (node.document === 'message') {
    return value;
  }
  const isThere = node.isOptional ? [] : [fieldPresence(node)];
  const number = fieldText(node);
  const [conditions, written] = node.type === 'number'
    ? [[...isThere, `${number}.toString().matches("${NUMBER}") == true`], encoding.reference(number, 'digits')]
    : [isThere, value];
  return conditions.length === 0 ? written : `#if(${conditions.join(' && ')})${written}#{else}null#{end}`;
}

function jsonLiteral(value: unknown, encoding: Encoding): string {
  if (typeof value === 'string') {
    const quote = encoding.literal('"');
    return `${quote}${literalText(value, jsonString(encoding))}${quote}`;
  }
  if (typeof value === 'number' && Token.isUnresolved(value)) {
    return Tokenization.stringifyNumber(value);
  }
  if (Array.isArray(value)) {
    return jsonList({ kind: 'list', elements: value.map(literalNode) }, encoding);
  }
  if (typeof value === 'object' && value !== null) {
    return jsonObject({ kind: 'object', members: Object.entries(value).filter(([, member]) => member !== undefined).map(([name, member]) => [name, literalNode(member)]) }, encoding);
  }
  return encoding.literal(JSON.stringify(value));
}

function jsonObject({ members, isWhole }: ObjectNode, encoding: Encoding): string {
  const entries = members.map(([name, value]) => ({
    condition: isWhole ? undefined : presenceOf(value),
    text: `${jsonLiteral(name, encoding)}${encoding.literal(':')}${json(value, encoding)}`,
  }));
  return enclosed('{', entries, '}', encoding);
}

function jsonList({ elements }: ListNode, encoding: Encoding): string {
  return enclosed('[', elements.map(element => ({ condition: presenceOf(element), text: json(element, encoding) })), ']', encoding);
}

function jsonEach({ steps, element }: EachNode, encoding: Encoding): string {
  const comma = onlyIf('$foreach.hasNext', encoding.literal(','));
  const loop = `#foreach($element in $input.path(${quotedPath(steps)}))${json(element, encoding)}${comma}#{end}`;
  // Velocity also loops over the members of an object, which no path leads to.
  return `${encoding.literal('[')}${onlyIf(listPresence(steps), loop)}${encoding.literal(']')}`;
}

interface Entry {
  readonly condition: string | undefined;
  readonly text: string;
}

/** Commas stand between those that are there. */
function enclosed(open: string, entries: readonly Entry[], close: string, encoding: Encoding): string {
  const comma = encoding.literal(',');
  const firstCertain = entries.findIndex(({ condition }) => condition === undefined);
  const items = entries.map(({ condition, text }, index) => {
    if (firstCertain >= 0) {
      return onlyIf(condition, index < firstCertain ? `${text}${comma}` : index > firstCertain ? `${comma}${text}` : text);
    }
    const earlier = entries.slice(0, index).map(entry => `(${entry.condition})`).join(' || ');
    return onlyIf(condition, `${earlier === '' ? '' : `#if(${earlier})${comma}#{end}`}${text}`);
  });
  return `${encoding.literal(open)}${items.join('')}${encoding.literal(close)}`;
}

function onlyIf(condition: string | undefined, text: string): string {
  return condition === undefined ? text : `#if(${condition})${text}#{end}`;
}

function eitherOr({ value, fallback }: Pick<DefaultNode, 'value' | 'fallback'>, render: (node: ValueNode) => string): string {
  const condition = presenceOf(value);
  return condition === undefined ? render(value) : `#if(${condition})${render(value)}#{else}${render(fallback)}#{end}`;
}

/** A reference in braces ends where it should, whatever text follows. */
function formal(text: string): string {
  return /^\$[a-z]/.test(text) ? `\${${text.slice(1)}}` : text;
}
