import { ResourceValues, StackEnvironment, StackTemplate, Template, TemplateResolver } from '../../../../local/kernel/template';

/** A stack as an assembly would give it. */
export function stackOf(template: object, more: Partial<StackTemplate> = {}): StackTemplate {
  return {
    constructPath: 'Shop',
    name: 'shop',
    id: 'Shop',
    template: template as Template,
    templateFile: '/cdk.out/Shop.template.json',
    directory: '/cdk.out',
    parameters: {},
    dependencies: [],
    constructPaths: new Map([['Table', 'Shop/Orders/Resource']]),
    ...more,
  };
}

export const ENVIRONMENT: StackEnvironment = { account: '123456789012', region: 'eu-west-1' };

export function resolverOf(template: object, environment: Partial<StackEnvironment> = {}, more: Partial<StackTemplate> = {}): TemplateResolver {
  return new TemplateResolver(stackOf(template, more), { ...ENVIRONMENT, ...environment });
}

/** Every resource exists, and answers with its name. */
export const EVERYTHING: ResourceValues = {
  ref: logicalId => `${logicalId}-ref`,
  attribute: (logicalId, name) => `${logicalId}-${name}`,
};

/** The value of one property in a template that has a table, a list parameter and a mapping. */
export function resolveProperty(value: unknown, template: object = {}, environment: Partial<StackEnvironment> = {}): unknown {
  const resolver = resolverOf({
    Parameters: { Names: { Type: 'CommaDelimitedList', Default: 'one, two,three' }, Size: { Type: 'Number', Default: 5 }, Empty: { Type: 'CommaDelimitedList', Default: '' } },
    Mappings: { Regions: { 'eu-west-1': { Image: 'ami-1', Zones: ['a', 'b'] } } },
    Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Equals': ['a', 'b'] } },
    ...template,
    Resources: { Table: { Type: 'AWS::DynamoDB::Table' }, Absent: { Type: 'A::B::C', Condition: 'No' }, Subject: { Type: 'Test::Subject', Properties: { Value: value } } },
  }, environment);
  return resolver.properties('Subject', EVERYTHING).Value;
}
