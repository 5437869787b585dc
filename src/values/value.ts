import { Duration } from 'aws-cdk-lib';
import { Step, stepsOf } from './body-path';
import { charactersOf } from './context-variable';
import { attributeOf } from './dynamodb-attribute';
import { eachNode } from './each';
import { holdsTokens, problemOfLiteral } from './literal';
import { optionalNode } from './optional';
import { ExpressionNode, FieldNode, LiteralNode, literalNode, ValueNode, ValueType } from './value-node';
import { InvalidValueError } from '../validation/invalid-value-error';

const NAME = /^[A-Za-z0-9_-]+$/;

/** What Velocity takes for a name: more than these characters end it. */
const CONTEXT_NAME = /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z][A-Za-z0-9_-]*)*$/;
const STAGE_VARIABLE = /^[A-Za-z]\w*$/;
const CLAIM = /^[A-Za-z0-9_-][A-Za-z0-9_:./@-]*$/;

/**
 * A value that a template places: a field of the message, something API Gateway knows, what the author writes, or objects and lists of these.
 *
 * A value is escaped by the place where it stands, never by its author: in JSON, in a string that holds JSON, in a form. A field is required unless it is said
 * to be optional or to have a default, and a message that lacks it is refused before the service is called. A field that is `null` counts as missing, and so does
 * a header, a parameter or a variable that is empty.
 *
 * Values arrive as API Gateway reads them. Integers keep all of their digits, and so do decimals written with more than 18 characters; other decimals are doubles,
 * and one that is too large for a double is `null`. Of members with the same name the last counts. A character U+007F is lost in a string that has an escape.
 * Half of a surrogate pair is a question mark wherever it becomes bytes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
 *
 * @example
 * declare const table: dynamodb.ITable;
 * new DynamoDbPutItem('Save', {
 *   table,
 *   item: {
 *     pk: Value.format('order#{}', Value.body('$.orderId').asString()),
 *     amount: Value.body('$.amount').asNumber(),
 *     note: Value.body('$.note').asString().optional(),
 *     savedBy: Value.connectionId(),
 *   },
 * });
 */
export class Value {
  /**
   * A field of the client's message, or the whole of it.
   *
   * @param path JSONPath of one place, such as `$.order.id` or `$.items[0]`; the whole message by default.
   */
  static body(path: string = '$'): Value {
    return Value.field('message', path);
  }

  /** The client's message as it was sent, whether it is JSON or not, as a string. */
  static bodyText(): Value {
    return new Value({ kind: 'message text' });
  }

  /** A header of the handshake; only `$connect` has it. */
  static header(name: string): Value {
    return new Value({ kind: 'parameter', location: 'header', name: checked(name, NAME, 'Value.header', 'a header\'s name, of letters, digits, - and _'), isOptional: false });
  }

  /** A query string parameter of the handshake; only `$connect` has it. */
  static queryString(name: string): Value {
    return new Value({
      kind: 'parameter', location: 'querystring', name: checked(name, NAME, 'Value.queryString', 'a parameter\'s name, of letters, digits, - and _'), isOptional: false,
    });
  }

  /** A variable of `$context`, such as `identity.sourceIp`. */
  static context(name: string): Value {
    checked(name, CONTEXT_NAME, 'Value.context', 'the name of a variable without "$context.", such as identity.sourceIp');
    return Value.expression(`$context.${name}`, charactersOf(name));
  }

  /** The identifier of the client's connection. */
  static connectionId(): Value {
    return Value.context('connectionId');
  }

  /** The identifier of the request. */
  static requestId(): Value {
    return Value.context('requestId');
  }

  /** What the authorizer of `$connect` said of the client, always a string: a key of its context, such as `tenant` or `cognito:username`. */
  static claim(name: string): Value {
    checked(name, CLAIM, 'Value.claim', 'a key of the authorizer\'s context, of letters, digits and the characters _ - : . / @');
    return Value.expression(`$context.authorizer${CONTEXT_NAME.test(name) && !name.includes('.') ? `.${name}` : `['${name}']`}`, 'any');
  }

  /** A variable of the stage. */
  static stageVariable(name: string): Value {
    return Value.expression(`$stageVariables.${checked(name, STAGE_VARIABLE, 'Value.stageVariable', 'the name of a stage variable, of a letter and more letters, digits and _')}`, 'any');
  }

  /** When the request came, in milliseconds since 1970. */
  static requestTime(): Value {
    return Value.context('requestTimeEpoch');
  }

  /**
   * A while after the request, in seconds since 1970, as DynamoDB counts an item's time to live.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
   */
  static expiresAfter(duration: Duration): Value {
    if (duration.isUnresolved()) {
      throw new InvalidValueError('unknownDuration', 'Value.expiresAfter() needs a duration that is known when the template is made: write it in code, not as a parameter of the stack.');
    }
    // Velocity assigns what it calculates, and prints only what is assigned.
    const name = `in${duration.toSeconds()}Seconds`;
    return new Value({ kind: 'expression', expression: `$${name}`, assigns: `#set($${name} = $context.requestTimeEpoch / 1000 + ${duration.toSeconds()})`, characters: 'digits', isOptional: false });
  }

  /** What the author writes: a string, a number, a boolean, null, or lists and objects of these. Members that are undefined are left out. */
  static literal(value: any): Value {
    return new Value(literal(value, 'Value.literal'));
  }

  /** An object whose members are values. Members that are optional and missing are left out. */
  static object(members: { [name: string]: Value }): Value {
    return new Value({ kind: 'object', members: Object.entries(members).map(([name, value]) => [name, value._node]) });
  }

  /** A list of values. Elements that are optional and missing are left out. */
  static list(...elements: Value[]): Value {
    return new Value({ kind: 'list', elements: elements.map(({ _node }) => _node) });
  }

  /**
   * A string with values in it, each in the place of a `{}`: `Value.format('order#{}', Value.body('$.id').asString())`.
   *
   * It is missing when one of its values is.
   */
  static format(template: string, ...values: Value[]): Value {
    const texts = (literal(template, 'Value.format').value as string).split('{}');
    if (texts.length !== values.length + 1) {
      throw new InvalidValueError('valueFormatPlaces', `Value.format('${template}') has ${texts.length - 1} places {} for ${values.length} values: it needs one for each.`);
    }
    const parts = texts.flatMap((text, index): ValueNode[] => index === 0 ? [literalNode(text)] : [values[index - 1]._node, literalNode(text)]);
    return new Value({ kind: 'text', parts: parts.filter(part => part.kind !== 'literal' || part.value !== '') });
  }

  /** A string that holds the JSON of a value, as `Detail` of an event and `input` of an execution do. */
  static jsonText(value: Value): Value {
    return new Value({ kind: 'json text', value: value._node });
  }

  /** The Base64 text of a field, a variable, or what the author writes. Half of a character is a question mark in it. */
  static base64(value: Value): Value {
    if (!isEncodable(value._node)) {
      throw new InvalidValueError('base64', 'Value.base64() encodes a field, a variable, a header, the message or a literal without tokens: API Gateway cannot encode what the template itself puts together.');
    }
    return new Value({ kind: 'base64', value: value._node });
  }

  /**
   * A field of the service's answer, for responses only. A field that is missing is null, unless it is optional or has a default.
   *
   * @param path JSONPath of one place, such as `$.MessageId`; the whole answer by default.
   */
  static answer(path: string = '$'): Value {
    return Value.field('answer', path);
  }

  /**
   * A list of what is made of each element of a list in the service's answer, for responses only. A list that is missing has no elements; API Gateway takes
   * up the first thousand.
   *
   * @param path JSONPath of the list, such as `$.Items`.
   * @param element What is made of an element, with fields of it by `Value.element()`.
   */
  static each(path: string, element: Value): Value {
    return new Value(eachNode(steps('each', path), element._node));
  }

  /**
   * A field of the element that `Value.each()` has come to. A field that is missing is null, unless it is optional or has a default.
   *
   * @param path JSONPath of one place in the element, such as `$.id.S`; the whole element by default.
   */
  static element(path: string = '$'): Value {
    return Value.field('element', path);
  }

  /** The output of the workflow that StartSyncExecution ran, for its responses only. */
  static workflowOutput(): Value {
    return new Value({ kind: 'trusted json', expression: "$input.path('$.output')" });
  }

  /**
   * The attributes of an item or a key as DynamoDB writes them, each with its type. The DynamoDB integrations do this by themselves.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
   */
  static dynamoDbAttributes(attributes: { [name: string]: Value }): Value {
    return new Value({ kind: 'object', members: Object.entries(attributes).map(([name, { _node }]) => [name, typedAttribute(name, _node)]) });
  }

  /**
   * A piece of Velocity, placed as it is. Nothing is escaped: whoever writes it answers for every character that a client may send.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
   */
  static unsafeTemplate(template: string): Value {
    return new Value({ kind: 'unsafe', template });
  }

  /** @internal */
  static _of(node: ValueNode): Value {
    return new Value(node);
  }

  private static field(document: FieldNode['document'], path: string): Value {
    return new Value({ kind: 'field', document, steps: steps(document === 'message' ? 'body' : document, path), type: 'json', isOptional: false });
  }

  private static expression(expression: string, characters: ExpressionNode['characters']): Value {
    return new Value({ kind: 'expression', expression, characters, isOptional: false });
  }

  /** @internal */
  readonly _node: ValueNode;

  private constructor(node: ValueNode) {
    this._node = node;
  }

  /** The field has to be a string. */
  asString(): Value {
    return this.typed('string');
  }

  /** The field has to be a number. In an answer it may also be a string of digits, as DynamoDB writes numbers. */
  asNumber(): Value {
    return this.typed('number');
  }

  /** The field has to be a boolean. */
  asBoolean(): Value {
    return this.typed('boolean');
  }

  /**
   * Leaves the member, the element or the form field that the value would fill out, when the value is missing. An object is missing when something in it
   * is.
   */
  optional(): Value {
    return new Value(optionalNode(this._node));
  }

  /** Takes something else when the value is missing: a string, a number, a boolean, null, or lists and objects of these. */
  withDefault(value: any): Value {
    return new Value({ kind: 'default', value: optionalNode(this._node), fallback: literal(value, 'withDefault') });
  }

  private typed(type: ValueType): Value {
    if (this._node.kind !== 'field') {
      throw new InvalidValueError('valueType', `Only Value.body(), Value.answer() and Value.element() can be said to be a ${type}: other values have types of their own.`);
    }
    return new Value({ ...this._node, type });
  }
}

function steps(method: string, path: string): Step[] {
  const found = stepsOf(path);
  if (!found) {
    throw new InvalidValueError('valuePath', `Value.${method}('${path}') is not the path of one place: write $, $.name, $.name.name or $.name[0].`);
  }
  return found;
}

function literal(value: unknown, method: string): LiteralNode {
  const problem = problemOfLiteral(value);
  if (problem !== undefined) {
    throw new InvalidValueError('literal', `${method}() takes JSON and strings or numbers of the CDK that are not known yet, but not ${problem}.`);
  }
  return literalNode(value);
}

/** What the author of a Base64 text writes is encoded before CloudFormation fills anything in. */
function isEncodable(node: ValueNode): boolean {
  switch (node.kind) {
    case 'field':
    case 'expression':
    case 'parameter':
    case 'message text': return true;
    case 'literal': return !holdsTokens(node.value);
    case 'json text': return node.value.kind === 'field';
    case 'default': return isEncodable(node.value) && isEncodable(node.fallback);
    default: return false;
  }
}

function typedAttribute(name: string, node: ValueNode): ValueNode {
  const attribute = attributeOf(node);
  if (typeof attribute === 'string') {
    throw new InvalidValueError('attributeType', `The DynamoDB attribute ${name} cannot be written: ${attribute}.`);
  }
  return attribute;
}

function checked(text: string, pattern: RegExp, method: string, rule: string): string {
  if (!pattern.test(text)) {
    throw new InvalidValueError('valueName', `${method}('${text}') needs ${rule}.`);
  }
  return text;
}
