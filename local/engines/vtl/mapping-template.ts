/** Mapping templates: Velocity as API Gateway runs it. */

import { Observer, TemplateObservation } from './compiler/observation';
import { compileProgram } from './compiler/program';
import { ContextMap, createContext, toHostRecord } from './mapping/context';
import { Input, MappingParameters } from './mapping/input';
import { Util } from './mapping/util';
import { VtlSyntaxError } from './syntax/vtl-syntax-error';
import { toJava } from './template';

/** What a mapping template is rendered with. */
export interface MappingVariables {
  /** The payload; an empty one reads as `{}`. */
  readonly body: string;
  readonly params?: MappingParameters;
  readonly context: Readonly<Record<string, unknown>>;
  readonly stageVariables?: Readonly<Record<string, string>>;
  /** Variables besides those that API Gateway provides. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** What comes of a rendering. */
export interface MappingResult {
  readonly text: string;
  /** `$context` as the template left it, with the overrides that it made. The variables it was given are not changed. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** A compiled mapping template. */
export interface MappingTemplate {
  /** Renders the template. Throws `VtlRuntimeError`. */
  render(variables: MappingVariables): MappingResult;
}

/** A compiled mapping template that tells what its statements come to. */
export interface ObservedMappingTemplate {
  render(variables: MappingVariables, observation: TemplateObservation): MappingResult;
}

/** API Gateway's quota for the iterations of a `#foreach`. */
const MAX_FOREACH_ITERATIONS = 1_000;

/** API Gateway's quota for the size of a mapping template. */
const MAX_TEMPLATE_BYTES = 300 * 1024;

/** Compiles a mapping template. Throws `VtlSyntaxError`. */
export function compileMappingTemplate(source: string): MappingTemplate {
  return compile(source);
}

/** Compiles a mapping template for somebody who wants to see what its statements come to. Throws `VtlSyntaxError`. */
export function compileObservedMappingTemplate(source: string): ObservedMappingTemplate {
  const observer: Observer = {};
  const template = compile(source, observer);
  return {
    render(variables, observation) {
      observer.current = observation;
      try {
        return template.render(variables);
      } finally {
        observer.current = undefined;
      }
    },
  };
}

function compile(source: string, observer?: Observer): MappingTemplate {
  if (Buffer.byteLength(source) > MAX_TEMPLATE_BYTES) throw new VtlSyntaxError(`A mapping template can not be larger than ${MAX_TEMPLATE_BYTES} bytes`, 1, 1);
  const program = compileProgram(source, { missingValue: '', maxIterations: MAX_FOREACH_ITERATIONS }, observer);
  const { changesCollections } = program;
  return {
    render(variables) {
      const context = createContext(variables.context, changesCollections);
      const text = program.run((name) => {
        switch (name) {
          case 'input': return new Input(variables.body, variables.params ?? {}, changesCollections);
          case 'util': return new Util(changesCollections);
          case 'context': return context;
          case 'stageVariables': return toJava(variables.stageVariables ?? {});
          default: return variables.variables && Object.hasOwn(variables.variables, name) ? toJava(variables.variables[name]) : undefined;
        }
      });
      return { text, context: context instanceof ContextMap ? toHostRecord(context) : variables.context };
    },
  };
}
