import { MessageAttribute, MessageAttributes } from './message';
import { AwsError } from '../../../kernel/aws-error';

const TYPES = /^(String\.Array|String|Number|Binary)(\..+)?$/s;
const MAXIMUM_NAME_BYTES = 256;

/** Checks the attributes of a message. */
export function readMessageAttributes(given: unknown): MessageAttributes {
  if (given === undefined || given === null) {
    return {};
  }
  if (typeof given !== 'object' || Array.isArray(given)) {
    throw invalid('The message attributes are not a map.');
  }
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, readAttribute(name, value)]));
}

function readAttribute(name: string, value: Partial<MessageAttribute> | null): MessageAttribute {
  checkName(name);
  const { DataType: type, StringValue: text, BinaryValue: binary } = value ?? {};
  if (typeof type !== 'string') {
    throw new AwsError('ValidationError', `1 validation error detected: Value null at 'messageAttributes.${name}.member.dataType' failed to satisfy constraint: Member must not be null`);
  }
  if (!TYPES.test(type)) {
    throw invalid(`The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`);
  }
  const field = type.startsWith('Binary') ? 'Binary' : 'String';
  const [content, other] = field === 'Binary' ? [binary, text] : [text, binary];
  if (!content && other) {
    throw invalid(`The message attribute '${name}' with type '${type}' must use field '${field}'.`);
  }
  if (typeof content !== 'string' || content === '') {
    throw invalid(`The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`);
  }
  if (type.startsWith('Number') && !Number.isFinite(Number(content))) {
    throw invalid(`Could not cast message attribute '${name}' value to number.`);
  }
  return field === 'Binary' ? { DataType: type, BinaryValue: content } : { DataType: type, StringValue: content };
}

function checkName(name: string): void {
  if (Buffer.byteLength(name) >= MAXIMUM_NAME_BYTES) {
    throw invalid('Length of message attribute name must be less than 256 bytes.');
  }
  const character = /[^A-Za-z0-9_.-]/u.exec(name)?.[0];
  if (character !== undefined) {
    const code = character.codePointAt(0)!.toString(16).toUpperCase();
    throw invalid(`Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`);
  }
  if (name.startsWith('.')) {
    throw invalid("Invalid message attribute name starting with character '.' was found.");
  }
  if (name.endsWith('.')) {
    throw invalid("Invalid message attribute name ending with character '.' was found.");
  }
  if (name.includes('..')) {
    throw invalid("Message attribute name can not have successive '.' character.");
  }
}

function invalid(message: string): AwsError {
  return new AwsError('ParameterValueInvalid', message);
}

/** The bytes that attributes count for in a message's size. */
export function sizeOfAttributes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce((sum, [name, { DataType: type, StringValue: text = '', BinaryValue: binary = '' }]) => (
    sum + Buffer.byteLength(name) + Buffer.byteLength(type) + Buffer.byteLength(text) + Buffer.from(binary, 'base64').length
  ), 0);
}
