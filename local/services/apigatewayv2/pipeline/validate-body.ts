import { JsonSchema } from '../../../engines/json-schema';
import { badRequestBody, internalServerError } from '../gateway-response';
import { compileModel } from '../model-schema';
import { compileSelectionExpression } from '../selection-expression';
import { Api, Declaration, ModelSelection } from '../store';
import { Exchange } from './exchange';

/** Checks that a request's body is as the model that its route selects wants it. */
export type BodyCheck = (exchange: Exchange) => void;

const CATCH_ALL = '$default';
const UNREADABLE = 'Unknown error parsing request body';

/** Compiles the check of a route; without a selection there is nothing to check. */
export function compileBodyCheck(selection: ModelSelection | undefined, { models }: Declaration, api: Api): BodyCheck {
  if (!selection) {
    return () => {};
  }
  const expression = compileSelectionExpression(selection.expression, ['request.body']);
  const compiled = new Map([...selection.modelNames].map(([key, name]) => {
    return [key, { schema: compileModel(api, name, models), contentType: models.get(name)!.contentType }];
  }));
  return exchange => {
    const key = expression.evaluate(exchange);
    const model = compiled.get(key) ?? compiled.get(CATCH_ALL);
    if (!model) {
      throw badRequestBody(`no request model of the route has the key "${key}", and there is no $default model`, '[]');
    }
    const violations = violationsOf(exchange.body, model.schema);
    if (violations.length > 0) {
      const errors = `[${violations.join(', ')}]`;
      throw badRequestBody(`Request body does not match model schema for content type ${model.contentType}: ${errors}`, errors);
    }
  };
}

function violationsOf(body: string, schema: JsonSchema): string[] {
  try {
    return schema.violations(body);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError || error instanceof URIError) {
      return [UNREADABLE];
    }
    throw internalServerError((error as Error).message);
  }
}
