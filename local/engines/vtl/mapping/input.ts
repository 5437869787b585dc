/** `$input`: what a template knows of the payload and the parameters. */

import { parseDocument } from './json-document';
import { compileJsonPath } from '../../jsonpath';
import { defineClass, method } from '../java/java-class';
import { jsonText } from '../java/json-text';
import { OBJECT_METHODS } from '../java/object-methods';
import { STRING } from '../java/parameter-types';

/** The parameters of a request, by where they stood in it. */
export interface MappingParameters {
  readonly path?: Readonly<Record<string, string>>;
  readonly querystring?: Readonly<Record<string, string>>;
  readonly header?: Readonly<Record<string, string>>;
}

/** The release that Step Functions gives itself away to run; API Gateway is taken to run the same. */
const JAYWAY = { edition: '2.0' } as const;

/** The value of `$input` in one rendering. */
export class Input {
  readonly body: string;
  private document: unknown;

  constructor(body: string, private readonly parameters: MappingParameters, private readonly forChanges: boolean) {
    // API Gateway shows a payload that is not there as an empty object.
    this.body = body === '' ? '{}' : body;
  }

  path(expression: string): unknown {
    this.document ??= parseDocument(this.body, this.forChanges);
    if (expression === '$') return this.document ?? null;
    const path = compileJsonPath(expression, JAYWAY);
    if (typeof this.document !== 'object') return null;
    return path.read(this.document) ?? null;
  }

  /** The JSON of what a path leads to; where it leads nowhere, of the empty string. */
  json(expression: string): string {
    return jsonText(this.path(expression) ?? '');
  }

  params(): Record<string, unknown> {
    const { path = {}, querystring = {}, header = {} } = this.parameters;
    return { path, querystring, header };
  }

  param(name: string): string {
    const { path, querystring, header } = this.parameters;
    for (const parameters of [path, querystring, header]) {
      if (parameters && Object.hasOwn(parameters, name)) return parameters[name];
    }
    return '';
  }
}

defineClass(Input, {
  name: '$input',
  methods: [
    method('getBody', [], (self: Input) => self.body),
    method('path', [STRING], (self: Input, expression) => self.path(expression)),
    method('json', [STRING], (self: Input, expression) => self.json(expression)),
    method('params', [], (self: Input) => self.params()),
    method('params', [STRING], (self: Input, name) => self.param(name)),
    ...OBJECT_METHODS,
  ],
});
