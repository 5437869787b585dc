/** Definitions: from their text to compiled states. */
import { compileTopBlock } from './compile-block';
import { DefinitionNode } from './definition-node';
import { InvalidDefinitionError } from './errors';
import { JsonObject, isObject } from './json';
import { StateBlock } from './state';

/** A definition with its states compiled. */
export interface CompiledDefinition {
  readonly node: DefinitionNode;
  readonly block: StateBlock;
}

/** The definition as an object. @throws InvalidDefinitionError */
export function parseDefinition(definition: string | object): JsonObject {
  const document: unknown = typeof definition === 'string' ? parseJson(definition) : definition;
  if (isObject(document)) return document;
  throw new InvalidDefinitionError(['SCHEMA_VALIDATION_FAILED: Expected value of type Object at /']);
}

/** Compiles the states, gathering what is wrong with them in the node's compilation. @throws InvalidDefinitionError when that can not be done at all */
export function compileDefinition(document: JsonObject, forTest: boolean): CompiledDefinition {
  const node = new DefinitionNode(document, '', { problems: [], states: new Map(), nodes: new Map(), forTest });
  try {
    return { node, block: compileTopBlock(node) };
  } catch (error) {
    throw error instanceof RangeError ? new InvalidDefinitionError(['SCHEMA_VALIDATION_FAILED: The definition is nested too deeply at /']) : error;
  }
}

/** @throws InvalidDefinitionError when something is wrong */
export function throwProblems({ compilation: { problems } }: DefinitionNode): void {
  if (problems.length > 0) throw new InvalidDefinitionError(problems);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidDefinitionError([`INVALID_JSON_DESCRIPTION: ${(error as Error).message} at /`]);
  }
}
