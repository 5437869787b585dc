/** Mapping templates as the pipeline uses them: compiled when first selected, rendered with what an exchange knows. */

import { internalServerError } from './gateway-response';
import { Exchange } from './pipeline/exchange';
import { SelectionExpression, unescapeKey } from './selection-expression';
import { compileMappingTemplate, MappingTemplate } from '../../engines/vtl/mapping-template';
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

  /** The text that the selected template makes of a body; undefined when there is none to select. */
  render(exchange: Exchange, body: string, response?: HttpResponse): string | undefined {
    if (this.sources.size === 0) {
      return undefined;
    }
    const key = this.selection ? this.selection.evaluate(exchange, response) : CONTENT_TYPE;
    const template = this.template(key) ?? this.template(CATCH_ALL);
    if (!template) {
      return undefined;
    }
    const { place, parameters, context } = exchange;
    const rendered = this.attempt(() => template.render({ body, params: parameters, context, stageVariables: place.stageVariables }));
    exchange.context = rendered.context;
    return rendered.text;
  }

  private template(key: string): MappingTemplate | undefined {
    let template = this.compiled.get(key);
    if (!template) {
      const source = this.sources.get(key);
      if (source === undefined) {
        return undefined;
      }
      template = this.attempt(() => compileMappingTemplate(source));
      this.compiled.set(key, template);
    }
    return template;
  }

  private attempt<T>(use: () => T): T {
    try {
      return use();
    } catch (error) {
      throw internalServerError(`a mapping template failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
