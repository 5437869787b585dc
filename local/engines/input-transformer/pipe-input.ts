/** What a pipe hands to its target: the event, or a template that is filled in with parts of it. */
import { compileEventPath } from './event-path';
import { InputTemplate, VariableLookup } from './input-template';
import { InvalidTargetInputError } from './invalid-target-input-error';

/** What the predefined variables tell of the pipe. */
export interface PipeContext {
  readonly arn: string;
  readonly name: string;
  readonly source: string;
  readonly target: string;
  /** When the event reached the pipe, in ISO 8601. */
  readonly ingestionTime: string;
}

/** Fills in a pipe's template. */
export interface PipeInput {
  /** The value for the target: JSON where the filled-in template is, its text otherwise. */
  render(event: object, pipe: PipeContext): unknown;
}

const MAXIMUM_TEMPLATE_LENGTH = 8192;
const PLACEHOLDER = /<(\$[^<>\s]*|aws\.pipes\.[a-z.-]+)>/g;

const PREDEFINED_VARIABLES: Readonly<Record<string, (event: object, pipe: PipeContext) => unknown>> = {
  'aws.pipes.pipe-arn': (_event, pipe) => pipe.arn,
  'aws.pipes.pipe-name': (_event, pipe) => pipe.name,
  'aws.pipes.source-arn': (_event, pipe) => pipe.source,
  'aws.pipes.target-arn': (_event, pipe) => pipe.target,
  'aws.pipes.event.ingestion-time': (_event, pipe) => pipe.ingestionTime,
  'aws.pipes.event': event => event,
  'aws.pipes.event.json': event => event,
};

/** Compiles a template; throws InvalidTargetInputError for what a pipe does not take. */
export function compilePipeInput(template: string | undefined): PipeInput {
  if (template === undefined || template === '') {
    return { render: event => event };
  }
  if (template.length > MAXIMUM_TEMPLATE_LENGTH) {
    throw new InvalidTargetInputError(`InputTemplate is longer than ${MAXIMUM_TEMPLATE_LENGTH} characters.`);
  }
  const compiled = new InputTemplate(template, PLACEHOLDER);
  const readers = new Map(compiled.names.map(name => [name, compileVariable(name)]));
  return {
    render: (event, pipe) => {
      const lookup: VariableLookup = name => readers.get(name)!(event, pipe);
      const text = compiled.render(lookup) ?? '';
      try {
        return JSON.parse(text);
      } catch {
        return text;
      }
    },
  };
}

function compileVariable(name: string): (event: object, pipe: PipeContext) => unknown {
  if (Object.hasOwn(PREDEFINED_VARIABLES, name)) {
    return PREDEFINED_VARIABLES[name];
  }
  const path = compileEventPath(name);
  if (!path) {
    throw new InvalidTargetInputError(`InputTemplate has a placeholder that is neither a JSON path nor a variable of pipes: <${name}>.`);
  }
  return event => path(event);
}

/** A parameter of a target: a text, or a path such as `$.eventName`; undefined when the event has nothing there. */
export function pipeParameter(value: string, event: object): string | undefined {
  const path = value.startsWith('$.') ? compileEventPath(value) : undefined;
  if (!path) {
    return value;
  }
  const found = path(event);
  return found === undefined || found === null ? undefined : typeof found === 'object' ? JSON.stringify(found) : String(found);
}
