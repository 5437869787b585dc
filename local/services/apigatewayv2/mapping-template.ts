/** Mapping templates as the pipeline uses them: compiled when first selected, rendered with what an exchange knows. */

import { internalServerError } from './gateway-response';
import { Exchange } from './pipeline/exchange';
import { SelectionExpression, unescapeKey } from './selection-expression';
import {
  compileMappingTemplate, compileObservedMappingTemplate, MappingResult, MappingTemplate, MappingVariables, TemplateObservation,
} from '../../engines/vtl';
import { HttpResponse } from '../../kernel/contracts';

/** A set of templates stands under keys of the template's own choice; this one takes up what no other does. */
const CATCH_ALL = '$default';

/** Without an expression of its own a set is selected from by content type, and a message has none but this. */
const CONTENT_TYPE = 'application/json';

/** Templates under their keys, and the expression that selects among them. */
export class MappingTemplates {
  private readonly sources: ReadonlyMap<string, string>;
  private readonly compiled = new Map<string, MappingTemplate>();

  constructor(sources: ReadonlyMap<string, string>, private readonly selection: SelectionExpression | undefined) {
    this.sources = new Map([...sources].map(([key, source]) => [unescapeKey(key), source]));
  }

  get isEmpty(): boolean {
    return this.sources.size === 0;
  }

  /** The text that the selected template makes of a body; undefined when there is none to select. Whoever observes knows it as `stage`. */
  render(exchange: Exchange, body: string, stage: string, response?: HttpResponse): string | undefined {
    if (this.sources.size === 0) {
      return undefined;
    }
    const key = this.selection ? this.selection.evaluate(exchange, response) : CONTENT_TYPE;
    const template = this.template(key) ?? this.template(CATCH_ALL);
    if (!template) {
      return undefined;
    }
    const { place, parameters, context, stages } = exchange;
    const variables = { body, params: parameters, context, stageVariables: place.stageVariables };
    const rendered = stages
      ? this.renderObserved(key, variables, details => stages.add(stage, details))
      : this.renderPlainly(template, key, variables);
    exchange.context = rendered.context;
    return rendered.text;
  }

  private renderPlainly(template: MappingTemplate, key: string, variables: MappingVariables): MappingResult {
    try {
      return template.render(variables);
    } catch (error) {
      throw failure(error, this.locate(key, variables));
    }
  }

  private renderObserved(selected: string, variables: MappingVariables, tell: (details: Record<string, unknown>) => void): MappingResult {
    const key = this.usedKey(selected);
    const source = this.sources.get(key)!;
    const observation = new TemplateObservation();
    try {
      const rendered = compileObservedMappingTemplate(source).render(variables, observation);
      tell({ selected, key, source, body: variables.body, values: observation.values, text: rendered.text });
      return rendered;
    } catch (error) {
      const { values, failed } = observation;
      tell({ selected, key, source, body: variables.body, values, failed, error: error instanceof Error ? error.message : String(error) });
      throw failure(error, describePlace(observation));
    }
  }

  /** Where a template failed: nobody looked, and so it fails once more. */
  private locate(key: string, variables: MappingVariables): string {
    const observation = new TemplateObservation();
    try {
      compileObservedMappingTemplate(this.sources.get(this.usedKey(key))!).render(variables, observation);
    } catch {
      // That it fails is known.
    }
    return describePlace(observation);
  }

  private usedKey(key: string): string {
    return this.sources.has(key) ? key : CATCH_ALL;
  }

  private template(key: string): MappingTemplate | undefined {
    let template = this.compiled.get(key);
    if (!template) {
      const source = this.sources.get(key);
      if (source === undefined) {
        return undefined;
      }
      template = compile(source);
      this.compiled.set(key, template);
    }
    return template;
  }
}

function compile(source: string): MappingTemplate {
  try {
    return compileMappingTemplate(source);
  } catch (error) {
    throw failure(error, '');
  }
}

function failure(error: unknown, where: string): Error {
  return internalServerError(`a mapping template failed: ${error instanceof Error ? error.message : String(error)}${where}`);
}

/** The place of what failed, and the latest values before it. */
function describePlace({ failed, values }: TemplateObservation): string {
  if (!failed) {
    return '';
  }
  const before = values.slice(-3).map(({ text, value }) => `${text} is ${value === null ? 'nothing' : JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)}`);
  return `, in ${failed.text} at line ${failed.line}, column ${failed.column}${before.length === 0 ? '' : `; before that, ${before.join(', ')}`}`;
}
