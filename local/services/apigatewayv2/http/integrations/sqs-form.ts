/** SQS's requests as API Gateway writes them: forms, which are answered in XML. */

import { badRequest } from '../failures';
import { listOf } from './list-value';

const LISTS: Readonly<Record<string, string>> = { AttributeNames: 'AttributeName', MessageAttributeNames: 'MessageAttributeName' };
const MAPS: Readonly<Record<string, string>> = { MessageAttributes: 'MessageAttribute', MessageSystemAttributes: 'MessageSystemAttribute' };

/** The form of an operation with the values of its parameters. */
export function sqsForm(operation: string, values: ReadonlyMap<string, string>): string {
  const form = new URLSearchParams({ Action: operation, Version: '2012-11-05' });
  for (const [name, value] of values) {
    if (Object.hasOwn(LISTS, name)) {
      listOf(value).forEach((each, index) => form.append(`${LISTS[name]}.${index + 1}`, each));
    } else if (Object.hasOwn(MAPS, name)) {
      appendAttributes(form, MAPS[name], name, value);
    } else {
      form.append(name, value);
    }
  }
  return form.toString();
}

function appendAttributes(form: URLSearchParams, element: string, parameter: string, text: string): void {
  Object.entries(readMap(parameter, text)).forEach(([name, attribute], index) => {
    form.append(`${element}.${index + 1}.Name`, name);
    Object.entries(Object(attribute) as object).forEach(([member, value]) => form.append(`${element}.${index + 1}.Value.${member}`, String(value)));
  });
}

function readMap(parameter: string, text: string): object {
  try {
    const map: unknown = JSON.parse(text);
    if (typeof map === 'object' && map !== null && !Array.isArray(map)) {
      return map;
    }
  } catch {
    // Refused below, as what is JSON of another kind.
  }
  throw badRequest(`${parameter} is no map of attributes`);
}
