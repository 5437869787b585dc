/**
 * What EventBridge hands to a target: the event, a part of it, a constant, or a filled-in template.
 */
import { compileEventPath, EventPath } from './event-path';
import { InputTemplate } from './input-template';
import { InvalidTargetInputError } from './invalid-target-input-error';
import { JsonReadError } from '../event-pattern/json-read-error';
import { JsonTokenReader } from '../event-pattern/json-token-reader';

/** The properties of a target that decide what it is handed. */
export interface TargetInputProperties {
  /** Named in error messages. */
  readonly Id?: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: InputTransformer;
}

/** A template and the paths of its variables. */
export interface InputTransformer {
  readonly InputPathsMap?: Readonly<Record<string, string>>;
  readonly InputTemplate: string;
}

/** What the predefined variables tell of the rule and of the delivery. */
export interface RuleContext {
  readonly name: string;
  readonly arn: string;
  /** When EventBridge received the event, in ISO 8601. */
  readonly ingestionTime: string;
}

/** What a target is handed for an event. */
export interface TargetInput {
  /** The text for the target; undefined when the event is not delivered. */
  render(event: object, rule: RuleContext): string | undefined;
}

type Variable = (event: object, rule: RuleContext) => unknown;

const MAXIMUM_INPUT_LENGTH = 8192;
const MAXIMUM_TEMPLATE_LENGTH = 8192;
const MAXIMUM_PATH_LENGTH = 256;
const MAXIMUM_PATHS = 100;
const MAXIMUM_VARIABLE_LENGTH = 256;
const VARIABLE_NAME = /^[A-Za-z0-9_-]+$/;
const WHOLE_EVENT_VARIABLE = 'aws.events.event.json';

const PREDEFINED_VARIABLES: ReadonlyMap<string, Variable> = new Map<string, Variable>([
  ['aws.events.rule-arn', (_event, rule) => rule.arn],
  ['aws.events.rule-name', (_event, rule) => rule.name],
  ['aws.events.event.ingestion-time', (_event, rule) => rule.ingestionTime],
  ['aws.events.event', eventWithoutDetail],
  [WHOLE_EVENT_VARIABLE, event => event],
]);

/** Compiles what a target is handed; throws InvalidTargetInputError for what PutTargets refuses. */
export function compileTargetInput(target: TargetInputProperties): TargetInput {
  const { render } = compileInput(target);
  return {
    render: (event, rule) => {
      try {
        return render(event, rule);
      } catch (error) {
        // JSON that is nested deeper than calls can be has no text.
        if (error instanceof RangeError) {
          return undefined;
        }
        throw error;
      }
    },
  };
}

function compileInput(target: TargetInputProperties): TargetInput {
  const { Input, InputPath, InputTransformer } = target;
  if ([Input, InputPath, InputTransformer].filter(given => given !== undefined).length > 1) {
    throw new InvalidTargetInputError(`Only one of Input, InputPath, or InputTransformer must be provided for target ${describe(target)}.`);
  }
  if (Input !== undefined) {
    return compileConstant(Input, target);
  }
  if (InputPath !== undefined) {
    return compilePart(InputPath, target);
  }
  if (InputTransformer !== undefined) {
    return compileTransformer(InputTransformer, target);
  }
  return { render: event => JSON.stringify(event) };
}

function describe({ Id }: TargetInputProperties): string {
  return Id ?? '<target-id>';
}

function compileConstant(input: string, target: TargetInputProperties): TargetInput {
  requireLength(input, 'input', MAXIMUM_INPUT_LENGTH);
  const reader = new JsonTokenReader(input);
  try {
    let depth = 0;
    do {
      const token = reader.next();
      if (token === undefined) {
        throw reader.error('No content to map due to end-of-input');
      }
      reader.text();
      depth += token === '{' || token === '[' ? 1 : token === '}' || token === ']' ? -1 : 0;
    } while (depth > 0);
    if (reader.next() !== undefined) {
      throw reader.error('Trailing token found');
    }
  } catch (error) {
    if (error instanceof JsonReadError) {
      throw new InvalidTargetInputError(`JSON syntax error in input for target ${describe(target)}: ${error.location ?? error.message}`);
    }
    throw error;
  }
  return { render: () => input };
}

function compilePart(inputPath: string, target: TargetInputProperties): TargetInput {
  const path = compilePath(inputPath, target);
  // A path that leads nowhere hands over a null.
  return { render: event => JSON.stringify(path(event) ?? null) };
}

function compilePath(text: string, target: TargetInputProperties): EventPath {
  requireLength(text, 'inputPath', MAXIMUM_PATH_LENGTH);
  const path = compileEventPath(text);
  if (path === undefined) {
    throw new InvalidTargetInputError(`InputPath for target ${describe(target)} is invalid.`);
  }
  return path;
}

function compileTransformer({ InputPathsMap = {}, InputTemplate: text }: InputTransformer, target: TargetInputProperties): TargetInput {
  const paths = Object.entries(InputPathsMap);
  if (paths.length > MAXIMUM_PATHS) {
    throw constraintViolated('inputTransformer.inputPathsMap', `Member must have length less than or equal to ${MAXIMUM_PATHS}`);
  }
  if (text === undefined) {
    throw constraintViolated('inputTransformer.inputTemplate', 'Member must not be null', 'Value null');
  }
  requireLength(text, 'inputTransformer.inputTemplate', MAXIMUM_TEMPLATE_LENGTH);
  if (text === '') {
    throw constraintViolated('inputTransformer.inputTemplate', 'Member must have length greater than or equal to 1');
  }
  const variables = new Map<string, Variable>(PREDEFINED_VARIABLES);
  for (const [name, path] of paths) {
    if (!VARIABLE_NAME.test(name) || name.length > MAXIMUM_VARIABLE_LENGTH) {
      throw constraintViolated('inputTransformer.inputPathsMap', 'Map keys must satisfy constraint: [Member must have length less than or equal to '
        + `${MAXIMUM_VARIABLE_LENGTH}, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [A-Za-z0-9\\_\\-]+]`);
    }
    variables.set(name, compilePath(path, target));
  }
  const template = compileTemplate(text, variables, target);
  return { render: (event, rule) => template.render(name => variables.get(name)!(event, rule)) };
}

function compileTemplate(text: string, variables: ReadonlyMap<string, Variable>, target: TargetInputProperties): InputTemplate {
  const template = new InputTemplate(text);
  for (const name of template.names) {
    if (!variables.has(name)) {
      throw new InvalidTargetInputError(`InputTemplate for target ${describe(target)} contains invalid placeholder ${name}.`);
    }
    if (name === WHOLE_EVENT_VARIABLE && !template.isObject) {
      throw new InvalidTargetInputError(`InputTemplate for target ${describe(target)} contains placeholder ${name} valid only for JSON template.`);
    }
  }
  const syntaxError = template.findSyntaxError();
  if (syntaxError !== undefined) {
    throw new InvalidTargetInputError(`Invalid InputTemplate for target ${describe(target)} : ${syntaxError}.`);
  }
  return template;
}

function requireLength(text: string, member: string, maximum: number): void {
  if (text.length > maximum) {
    throw constraintViolated(member, `Member must have length less than or equal to ${maximum}`);
  }
}

function constraintViolated(member: string, constraint: string, value: string = 'Value'): InvalidTargetInputError {
  return new InvalidTargetInputError(`1 validation error detected: ${value} at '${member}' failed to satisfy constraint: ${constraint}`);
}

/** The variable for the event does without the detail, and spells the name of the detail type differently. */
function eventWithoutDetail(event: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(event)
    .filter(([name]) => name !== 'detail')
    .map(([name, value]) => [name === 'detail-type' ? 'detailType' : name, value]));
}
