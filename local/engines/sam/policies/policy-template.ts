import templates from './policy-templates.json';
import { isObject, JsonObject } from '../json';

/**
 * The policy templates of SAM, such as `DynamoDBWritePolicy`. The rows were derived from `policy_templates.json` of github.com/aws/serverless-application-model,
 * which is Apache-2.0 licensed: `${Name}` stands for the parameter of that name.
 */
const TEMPLATES = new Map<string, PolicyTemplate>(Object.entries(templates));

interface PolicyTemplate {
  readonly parameters: readonly string[];
  readonly statements: readonly StatementTemplate[];
}

interface StatementTemplate {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: JsonObject;
}

/** The template that a policy names by its one key; undefined when it names none. */
export function policyTemplateName(policy: unknown): string | undefined {
  const [name, ...others] = isObject(policy) ? Object.keys(policy) : [];
  return name !== undefined && others.length === 0 && TEMPLATES.has(name) ? name : undefined;
}

/** The policy document that a policy template stands for; throws with SAM's text when its parameters are not those that it takes. */
export function expandPolicyTemplate(name: string, given: unknown): JsonObject {
  const { parameters, statements } = TEMPLATES.get(name)!;
  const values = given ?? {};
  if (!isObject(values)) throw new Error(`Must specify valid parameter values for policy template '${name}'`);
  const missing = parameters.filter(parameter => !Object.hasOwn(values, parameter));
  if (missing.length > 0) throw new Error(`Following required parameters of policy template '${name}' don't have values: [${missing.map(parameter => `'${parameter}'`).join(', ')}]`);
  return {
    Statement: statements.map(({ actions, resources, condition }) => ({
      Effect: 'Allow',
      Action: actions,
      Resource: resources.map(resource => substitute(resource, parameters, values)),
      ...(condition ? { Condition: substitute(condition, parameters, values) } : {}),
    })),
  };
}

function substitute(value: unknown, parameters: readonly string[], values: JsonObject): unknown {
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, substitute(member, parameters, values)]));
  if (typeof value !== 'string' || !value.includes('${')) return value;
  const used = parameters.filter(parameter => value.includes(`\${${parameter}}`));
  return { 'Fn::Sub': used.length === 0 ? value : [value, Object.fromEntries(used.map(parameter => [parameter, values[parameter]]))] };
}
