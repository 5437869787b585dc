import { Api, Model } from './store';
import { compileJsonSchema, InvalidJsonSchemaError, JsonSchema } from '../../engines/json-schema';

/** Compiles the schema of a model, which may refer to the API's other models by their addresses. */
export function compileModel({ id }: Pick<Api, 'id'>, name: string, models: ReadonlyMap<string, Model>): JsonSchema {
  const addressOf = (model: string) => `https://apigateway.amazonaws.com/restapis/${id}/models/${model}`;
  try {
    return compileJsonSchema(addressOf(name), new Map([...models].map(([each, { schema }]) => [addressOf(each), schema])));
  } catch (error) {
    if (!(error instanceof InvalidJsonSchemaError)) {
      throw error;
    }
    const { unsupportedKeywords, message } = error;
    const unsupported = unsupportedKeywords.length === 0 ? '' : `. Unsupported keyword(s): ${JSON.stringify(unsupportedKeywords)}`;
    throw new Error(`Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified${unsupported}]: ${message}`);
  }
}
