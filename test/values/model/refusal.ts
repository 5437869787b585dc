import { Spec } from './value-spec';
import { World } from './world';
import { compileModel } from '../../../local/services/apigatewayv2/model-schema';
import { messageFieldsOf, messageSchema } from '../../../src/values/message-schema';

/** What keeps a message from the service, by the runtime's own check of the model. */
export function refusal(spec: Spec, { body }: World): string | undefined {
  const schema = messageSchema(messageFieldsOf([spec.value._node]));
  if (schema === undefined) {
    return undefined;
  }
  try {
    return compileModel({ id: 'api' }, 'Model', new Map([['Model', { name: 'Model', contentType: 'application/json', schema } as never]])).violations(body)[0];
  } catch (error) {
    return (error as Error).message;
  }
}
