/** `$input`: what a template knows of the payload and the parameters. */

import { parseDocument } from './json-document';
import { compileJsonPath } from '../../jsonpath';
import { LinkedHashMap } from '../java/collections';
import { defineClass, method } from '../java/java-class';
import { jsonText } from '../java/json-text';
import { isJavaNumber } from '../java/numbers';
import { OBJECT_METHODS } from '../java/object-methods';
import { STRING } from '../java/parameter-types';
import { countWork } from '../runtime/work';

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
  private document: { readonly root: unknown } | undefined;
  private allParameters: unknown;

  constructor(body: string, private readonly parameters: MappingParameters, private readonly forChanges: boolean) {
    // API Gateway shows a payload that is not there as an empty object.
    this.body = body === '' ? '{}' : body;
  }

  path(expression: string): unknown {
    this.document ??= { root: parseDocument(this.body, this.forChanges) };
    const { root } = this.document;
    if (expression === '$') return root;
    const path = compileJsonPath(expression, JAYWAY);
    if (!path.definite) countWork(this.body.length);
    return typeof root === 'object' && root !== null ? this.asMap(path.read(root) ?? null) : null;
  }

  /** The JSON of what a path leads to; where it leads nowhere, of the empty string. */
  json(expression: string): string {
    return jsonText(this.path(expression) ?? '');
  }

  params(): unknown {
    const { path = {}, querystring = {}, header = {} } = this.parameters;
    this.allParameters ??= this.asMap({ path: this.asMap(path), querystring: this.asMap(querystring), header: this.asMap(header) });
    return this.allParameters;
  }

  param(name: string): string {
    const { path, querystring, header } = this.parameters;
    for (const parameters of [path, querystring, header]) {
      if (parameters && Object.hasOwn(parameters, name)) return parameters[name];
    }
    return '';
  }

  /** What is not from the document, such as the properties that a path picks, is an object still. */
  private asMap(value: unknown): unknown {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LinkedHashMap);
    return this.forChanges && isObject && !isJavaNumber(value) ? LinkedHashMap.ofRecord(value) : value;
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
