import { EVERYTHING, resolverOf, resolveProperty } from './helpers';
import { TemplateError } from '../../../../local/kernel/template';

function errorOf(action: () => unknown): TemplateError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(TemplateError);
    return error as TemplateError;
  }
  throw new Error('was not refused');
}

const thing = (properties: object = {}, more: object = {}): object => ({ Type: 'A::B::C', Properties: properties, ...more });

describe('parameters', () => {
  test('the values of the run come before those of the assembly, and those before the defaults', () => {
    const parameters = { A: { Type: 'String', Default: 'd' }, B: { Type: 'String', Default: 'd' }, C: { Type: 'String', Default: 'd' } };
    const resolver = resolverOf({ Parameters: parameters }, { parameters: { A: 'run' } }, { parameters: { A: 'assembly', B: 'assembly' } });
    expect(resolver.resolve([{ Ref: 'A' }, { Ref: 'B' }, { Ref: 'C' }], EVERYTHING)).toEqual(['run', 'assembly', 'd']);
  });

  test('a Systems Manager parameter is accepted, and is an error only where it is used', () => {
    const template = {
      Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' } },
      Resources: { Subject: thing({ Version: { Ref: 'BootstrapVersion' } }) },
    };
    const resolver = resolverOf(template);
    expect(resolver.orderResources()).toEqual(['Subject']);
    expect(errorOf(() => resolver.properties('Subject', EVERYTHING)).message).toBe('Stack shop, resource Subject, Properties.Version.Ref: '
      + 'parameter BootstrapVersion is the value of the Systems Manager parameter /cdk-bootstrap/hnb659fds/version, which is not known here');
    const knowing = resolverOf(template, { systemsManagerParameter: name => `value of ${name}` });
    expect(knowing.properties('Subject', EVERYTHING)).toEqual({ Version: 'value of /cdk-bootstrap/hnb659fds/version' });
  });

  test('a parameter without a value is an error only where it is used', () => {
    const resolver = resolverOf({ Parameters: { Needed: { Type: 'String' } } });
    expect(errorOf(() => resolver.resolve({ Ref: 'Needed' }, EVERYTHING)).problem).toBe('parameter Needed has no value: give it one, or a Default');
  });

  test.each<[string, object, string, string | undefined]>([
    ['allowed value', { AllowedValues: ['a', 'b'] }, 'a', undefined],
    ['other value', { AllowedValues: ['a', 'b'] }, 'c', "Parameter 'P' must be one of AllowedValues"],
    ['described constraint', { AllowedValues: ['a'], ConstraintDescription: 'be a' }, 'c', 'Parameter P failed to satisfy constraint: be a'],
    ['allowed numbers', { Type: 'List<Number>', AllowedValues: [1, 2] }, '1, 2', undefined],
    ['no number', { Type: 'Number' }, 'x', "Parameter 'P' must be a number."],
    ['too small', { Type: 'Number', MinValue: 3 }, '2', "Parameter 'P' must be a number not less than 3"],
    ['too big', { Type: 'Number', MaxValue: '3' }, '3.5', "Parameter 'P' must be a number not greater than 3"],
    ['too short', { MinLength: 3 }, 'ab', "Parameter 'P' must contain at least 3 characters"],
    ['too long', { MaxLength: 1 }, 'ab', "Parameter 'P' must contain at most 1 characters"],
    ['the pattern matches the whole value', { AllowedPattern: '[a-z]+' }, 'abc1', "Parameter 'P' must match pattern [a-z]+"],
    ['pattern', { AllowedPattern: 'a|b' }, 'b', undefined],
  ])('%s', (_name, definition, value, expected) => {
    const create = (): unknown => resolverOf({ Parameters: { P: { Type: 'String', ...definition } } }, { parameters: { P: value } });
    if (expected === undefined) expect(create).not.toThrow();
    else expect(errorOf(create).message).toBe(`Stack shop, Parameters.P: ${expected}`);
  });

  test('a pattern that backtracks without end is stopped', () => {
    const create = (): unknown => resolverOf({ Parameters: { P: { Type: 'String', AllowedPattern: '(a+)+b', Default: 'a'.repeat(60) } } });
    expect(errorOf(create).message).toContain('AllowedPattern cannot be applied');
  });
});

describe('conditions', () => {
  test.each<[unknown, boolean]>([
    [{ 'Fn::Equals': [{ Ref: 'Env' }, 'prod'] }, true],
    [{ 'Fn::Equals': [{ Ref: 'Env' }, 'Prod'] }, false],
    [{ 'Fn::Equals': [true, 'true'] }, true],
    [{ 'Fn::Equals': [['a', 'b'], ['a', 'b']] }, true],
    [{ 'Fn::Not': [{ Condition: 'Base' }] }, false],
    [{ 'Fn::And': [{ Condition: 'Base' }, { 'Fn::Equals': [1, 1] }] }, true],
    [{ 'Fn::Or': [{ 'Fn::Equals': [1, 2] }, { Condition: 'Base' }] }, true],
    [{ 'Fn::Equals': [{ 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] }, 'v'] }, true],
    [{ Condition: 'Base' }, true],
  ])('%j', (body, expected) => {
    const resolver = resolverOf({
      Parameters: { Env: { Type: 'String', Default: 'prod' } },
      Mappings: { M: { 'eu-west-1': { k: 'v' } } },
      // Before the condition it refers to: the order in the template means nothing.
      Conditions: { Subject: body, Base: { 'Fn::Equals': ['', ''] } },
    });
    expect(resolver.condition('Subject')).toBe(expected);
  });

  test.each<[string, unknown, string]>([
    ['text', 'true', 'Conditions can only be boolean operations'],
    ['not a boolean function', { 'Fn::Join': ['', []] }, 'Conditions can only be boolean operations'],
    ['one operand', { 'Fn::And': [{ 'Fn::Equals': [1, 1] }] }, 'at least 2 and at most 10 boolean parameters'],
    ['eleven operands', { 'Fn::Or': Array(11).fill({ 'Fn::Equals': [1, 1] }) }, 'at least 2 and at most 10 boolean parameters'],
    ['an unknown condition', { Condition: 'Nobody' }, 'Unresolved condition dependency Nobody'],
    ['a resource', { 'Fn::Equals': [{ Ref: 'Thing' }, ''] }, 'Unresolved dependencies [Thing]. Only parameters, mappings and pseudo parameters can be referred to here'],
    ['a broken operand that decides nothing', { 'Fn::Or': [{ 'Fn::Equals': [1, 1] }, { Condition: 'Nobody' }] }, 'Unresolved condition dependency Nobody'],
  ])('refused: %s', (_name, body, expected) => {
    expect(errorOf(() => resolverOf({ Conditions: { Subject: body }, Resources: { Thing: thing() } })).message).toContain(expected);
  });

  test('a circle names its members', () => {
    const not = (name: string): object => ({ 'Fn::Not': [{ Condition: name }] });
    expect(errorOf(() => resolverOf({ Conditions: { Z: not('A'), A: not('B'), B: not('C'), C: not('A') } })).problem)
      .toBe('Circular dependency between conditions: [A, B, C]');
  });
});

describe('order of resources', () => {
  test('each after those it refers to, in any form, and after DependsOn', () => {
    const resolver = resolverOf({
      Conditions: { No: { 'Fn::Equals': [1, 2] } },
      Resources: {
        Last: thing({ a: { 'Fn::Sub': ['${X}${Sub.Arn}', { X: { 'Fn::GetAtt': 'Dotted.Arn' } }] } }, { DependsOn: ['Listed', 'Absent'] }),
        Sub: thing({ a: { 'Fn::Join': ['', ['x', { 'Fn::GetAtt': ['First', 'Arn'] }]] } }),
        Dotted: thing({}, { DependsOn: 'Sub' }),
        Listed: thing({ a: { 'Fn::If': ['No', { Ref: 'Last' }, { Ref: 'Dotted' }] } }),
        First: thing({ a: { Ref: 'AWS::Region' }, b: { 'Fn::Sub': '${!Last}' } }),
        Absent: thing({ a: { Ref: 'Last' } }, { Condition: 'No' }),
      },
    });
    expect(resolver.orderResources()).toEqual(['First', 'Sub', 'Dotted', 'Listed', 'Last']);
  });

  test('the order of the template otherwise', () => {
    expect(resolverOf({ Resources: { C: thing(), A: thing(), B: thing() } }).orderResources()).toEqual(['C', 'A', 'B']);
  });

  test('what shows the rest comes after everything that is made at the same time', () => {
    const resources = {
      Deployment: { Type: 'Shows', DependsOn: 'Route' },
      Route: thing({ a: { Ref: 'Integration' } }),
      Late: thing({ a: { Ref: 'Answer' } }),
      Answer: thing({ a: { Ref: 'Route' } }),
      Integration: thing(),
    };
    expect(resolverOf({ Resources: resources }).orderResources(type => type === 'Shows')).toEqual(['Integration', 'Route', 'Answer', 'Deployment', 'Late']);
  });

  test('a variable of Fn::Sub that is called like a resource is no reference', () => {
    const resolver = resolverOf({ Resources: { A: thing({ x: { 'Fn::Sub': ['${B}', { B: 1 }] } }), B: thing({ a: { Ref: 'A' } }) } });
    expect(resolver.orderResources()).toEqual(['A', 'B']);
  });

  test('a circle names its members, and only those', () => {
    const resolver = resolverOf({
      Resources: { Outside: thing({ a: { Ref: 'Table' } }), Table: thing({ a: { Ref: 'Role' } }), Role: thing({}, { DependsOn: 'Policy' }), Policy: thing({ a: { 'Fn::Sub': '${Table}' } }) },
    });
    expect(errorOf(() => resolver.orderResources()).message)
      .toBe('Stack shop, Resources: Circular dependency between resources: [Table (Shop/Orders/Resource), Role, Policy]');
  });

  test('a resource that refers to itself', () => {
    expect(errorOf(() => resolverOf({ Resources: { A: thing({ a: { Ref: 'A' } }) } }).orderResources()).problem).toBe('Circular dependency between resources: [A]');
  });

  test('DependsOn names a resource that is not there', () => {
    expect(errorOf(() => resolverOf({ Resources: { Table: thing({}, { DependsOn: 'Nobody' }) } }).orderResources()).message)
      .toBe('Stack shop, resource Table (Shop/Orders/Resource), DependsOn: Template format error: Unresolved resource dependencies [Nobody] in the Resources block of the template');
  });

  test('a chain of thousands', () => {
    const resources = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`R${index}`, thing(index === 0 ? {} : { a: { Ref: `R${index - 1}` } })]));
    expect(resolverOf({ Resources: resources }).orderResources()).toHaveLength(5000);
  });
});

describe('resources', () => {
  test('an error names stack, resource, construct path and property', () => {
    const resolver = resolverOf({ Resources: { Table: thing({ Rules: [{ Name: { Ref: 'Nobody' } }] }) } });
    const error = errorOf(() => resolver.properties('Table', EVERYTHING));
    expect(error).toMatchObject({ stackName: 'shop', logicalId: 'Table', constructPath: 'Shop/Orders/Resource', path: 'Properties.Rules.0.Name.Ref' });
    expect(error.message).toMatch(/^Stack shop, resource Table \(Shop\/Orders\/Resource\), Properties\.Rules\.0\.Name\.Ref: /);
  });

  test('what a resource does not give is an error, and so is what it throws', () => {
    const resolver = resolverOf({ Resources: { A: thing(), B: thing({ x: { 'Fn::GetAtt': ['A', 'Nope'] } }) } });
    expect(errorOf(() => resolver.properties('B', { ref: () => undefined, attribute: () => undefined })).problem)
      .toBe('Template error: resource A does not support attribute type Nope in Fn::GetAtt (A::B::C)');
    const failure = new Error('not ready');
    const error = errorOf(() => resolver.properties('B', { ref: () => undefined, attribute: () => { throw failure; } }));
    expect(error.message).toBe('Stack shop, resource B, Properties.x.Fn::GetAtt: not ready');
    expect(error.cause).toBe(failure);
  });

  test('an attribute may be empty, false or a list', () => {
    const resolver = resolverOf({ Resources: { A: thing(), B: thing({ x: { 'Fn::GetAtt': ['A', 'X'] } }) } });
    for (const value of ['', false, 0, []]) expect(resolver.properties('B', { ...EVERYTHING, attribute: () => value })).toEqual({ x: value });
  });

  test.each<[string, object, string]>([
    ['no type', { A: {} }, 'every Resources object must contain a Type member'],
    ['a name with a dash', { 'A-b': thing() }, 'Resource name A-b is non alphanumeric'],
    ['__proto__', JSON.parse('{"__proto__":{"Type":"A::B::C"}}') as object, 'Resource name __proto__ is non alphanumeric'],
    ['an unknown condition', { A: thing({}, { Condition: 'Nobody' }) }, 'Unresolved condition dependency Nobody'],
  ])('refused: %s', (_name, resources, expected) => {
    expect(errorOf(() => resolverOf({ Resources: resources })).message).toContain(expected);
  });

  test('a resource of the wrong name', () => {
    expect(errorOf(() => resolverOf({}).properties('constructor', EVERYTHING)).problem).toBe('the template has no such resource');
  });

  test('other transforms are refused by name', () => {
    expect(errorOf(() => resolverOf({ Transform: ['AWS::LanguageExtensions', 'AWS::SecretsManager-2020-07-23'] })).message)
      .toBe('Stack shop, Transform: the transform AWS::SecretsManager-2020-07-23 is not run here');
  });

  test('SAM runs after the loops, and knows the parameters', () => {
    const resolver = resolverOf({
      Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'],
      Parameters: { Mode: { Type: 'String' }, Unknown: { Type: 'String' } },
      Resources: {
        'Fn::ForEach::Tables': ['Name', ['A', 'B'], { 'Table${Name}': { Type: 'AWS::Serverless::SimpleTable', Properties: { TableName: '${Name}' } } }],
        'Code': { Type: 'AWS::Serverless::Function', Properties: { Runtime: 'nodejs22.x', Handler: 'h', InlineCode: 'x', Tracing: { Ref: 'Mode' } } },
      },
    }, { parameters: { Mode: 'Disabled' } });
    expect(resolver.orderResources()).toEqual(['TableA', 'TableB', 'CodeRole', 'Code']);
    expect(resolver.properties('TableB', EVERYTHING)).toMatchObject({ TableName: 'B', BillingMode: 'PAY_PER_REQUEST' });
    expect(resolver.properties('Code', EVERYTHING)).toMatchObject({ Role: 'CodeRole-Arn', Code: { ZipFile: 'x' } });
    expect(resolver.properties('CodeRole', EVERYTHING)).toMatchObject({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'] });
  });

  test('what SAM refuses is named with its place', () => {
    const refused = errorOf(() => resolverOf({
      Transform: 'AWS::Serverless-2016-10-31', Resources: { Flow: { Type: 'AWS::Serverless::StateMachine', Properties: { Definition: {}, Policies: ['Nope'] } } },
    }));
    expect(refused.message).toBe('Stack shop, resource Flow, Properties.Policies.0: Transform AWS::Serverless-2016-10-31 failed: '
      + 'the local runtime does not know what the managed policy Nope allows; write a policy document in its place');
  });
});

describe('outputs', () => {
  test('values, export names and conditions', () => {
    const resolver = resolverOf({
      Conditions: { No: { 'Fn::Equals': [1, 2] } },
      Resources: { Table: thing() },
      Outputs: {
        Url: { Value: { 'Fn::Sub': 'wss://${Table}' }, Description: 'Where', Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Url' } } },
        Count: { Value: 5 },
        Absent: { Value: { Ref: 'Nobody' }, Condition: 'No' },
      },
    });
    expect(resolver.outputs(EVERYTHING)).toEqual({ Url: { value: 'wss://Table-ref', description: 'Where', exportName: 'shop:Url' }, Count: { value: '5' } });
  });

  test.each<[string, object, string]>([
    ['a list', { Value: ['a'] }, 'Stack shop, Outputs.Out: Template format error: the Value of every Outputs member must evaluate to a String and not to a list'],
    ['no value', {}, 'every Outputs member must contain a Value object'],
    ['AWS::NoValue', { Value: { Ref: 'AWS::NoValue' } }, 'must evaluate to a String and not to AWS::NoValue'],
    ['nobody', { Value: { Ref: 'Nobody' } }, 'Unresolved resource dependencies [Nobody] in the Outputs block of the template'],
  ])('refused: %s', (_name, output, expected) => {
    expect(errorOf(() => resolverOf({ Outputs: { Out: output } }).outputs(EVERYTHING)).message).toContain(expected);
  });
});

describe('Fn::ForEach', () => {
  const extended = (template: object): object => ({ Transform: ['AWS::LanguageExtensions'], ...template });

  test('resources, outputs, conditions and properties; loops in loops', () => {
    const resolver = resolverOf(extended({
      Parameters: { Names: { Type: 'CommaDelimitedList', Default: 'A,B' } },
      Mappings: { Sizes: { A: { Properties: ['Arn'] }, B: { Properties: ['Arn', 'Name'] } } },
      Conditions: { 'Fn::ForEach::C': ['N', { Ref: 'Names' }, { 'Is${N}': { 'Fn::Equals': [{ Ref: 'N' }, 'A'] } }] },
      Resources: {
        'Fn::ForEach::Topics': ['N', { Ref: 'Names' }, {
          'Topic${N}': thing({
            'Name': { 'Fn::Join': ['.', [{ Ref: 'N' }, 'fifo']] },
            'Text': 'x${N}',
            'When': { 'Fn::If': ['Is${N}', 1, 2] },
            'Fn::ForEach::Address': ['Ip', ['10.0.0.1', '10.0.0.2'], { 'Key&{Ip}': '${Ip}' }],
          }),
        }],
        'Plain': thing({ a: { 'Fn::GetAtt': ['TopicB', 'Arn'] } }),
      },
      Outputs: {
        'Fn::ForEach::Outer': ['N', ['A', 'B'], {
          'Fn::ForEach::Inner': ['P', { 'Fn::FindInMap': ['Sizes', { Ref: 'N' }, 'Properties'] }, { 'Topic${N}${P}': { Value: { 'Fn::GetAtt': [{ 'Fn::Sub': 'Topic${N}' }, { Ref: 'P' }] } } }],
        }],
      },
    }));
    expect(resolver.orderResources()).toEqual(['TopicA', 'TopicB', 'Plain']);
    expect(resolver.properties('TopicA', EVERYTHING)).toEqual({ Name: 'A.fifo', Text: 'xA', When: 1, Key10001: '10.0.0.1', Key10002: '10.0.0.2' });
    expect(resolver.properties('TopicB', EVERYTHING)).toMatchObject({ Name: 'B.fifo', When: 2 });
    expect(resolver.outputs(EVERYTHING)).toEqual({ TopicAArn: { value: 'TopicA-Arn' }, TopicBArn: { value: 'TopicB-Arn' }, TopicBName: { value: 'TopicB-Name' } });
  });

  test('the name of a condition may be computed, and be absent', () => {
    const condition = (name: string): object => ({ 'Fn::FindInMap': ['When', 'Condition', name, { DefaultValue: { Ref: 'AWS::NoValue' } }] });
    const resolver = resolverOf(extended({
      Mappings: { When: { Condition: { B: 'No' } } },
      Conditions: { No: { 'Fn::Equals': [1, 2] } },
      Resources: { A: thing({}, { Condition: condition('A') }), B: thing({}, { Condition: condition('B') }) },
    }));
    expect(resolver.orderResources()).toEqual(['A']);
  });

  const nested = (depth: number): object => depth === 0
    ? { Thing: thing() }
    : { [`Fn::ForEach::L${depth}`]: [`I${depth}`, Array.from({ length: 200 }, (_, index) => `v${index}`), nested(depth - 1)] };

  test.each<[string, object, string]>([
    ['the same key twice', { 'Fn::ForEach::A': ['N', ['x', 'y'], { Same: thing() }] }, 'gives the key Same twice: it has to contain ${N} or &{N}'],
    ['a key that is there already', { 'X': thing(), 'Fn::ForEach::A': ['N', ['X'], { '${N}': thing() }] }, 'the key X is there twice'],
    ['no collection', { 'Fn::ForEach::A': ['N', 'x', {}] }, 'the collection of Fn::ForEach must be a list of strings'],
    ['a resource as collection', { 'Fn::ForEach::A': ['N', { Ref: 'Table' }, {}] }, 'Unresolved dependencies [Table]'],
    ['no fragment', { 'Fn::ForEach::A': ['N', []] }, 'requires a list of three elements'],
    ['too deep', nested(6), 'Fn::ForEach can be nested 5 deep at most'],
    ['too much', { 'Fn::ForEach::O': ['O', Array.from({ length: 5000 }, (_, index) => `v${index}`), { 'K${O}': thing({ text: '${O}'.repeat(10_000) }) }] }, 'resolves to more than'],
  ])('refused: %s', (_name, resources, expected) => {
    expect(errorOf(() => resolverOf(extended({ Resources: resources }))).message).toContain(expected);
  });
});

describe('hostile templates give errors', () => {
  const deep = (wrap: (inner: unknown) => unknown, depth: number): unknown => {
    let value: unknown = 'x';
    for (let level = 0; level < depth; level += 1) value = wrap(value);
    return value;
  };

  test.each<[string, unknown]>([
    ['lists', deep(inner => [inner], 100_000)],
    ['objects', deep(inner => ({ a: inner }), 100_000)],
    ['functions', deep(inner => ({ 'Fn::Join': ['', [inner]] }), 100_000)],
  ])('absurdly deep %s', (_name, value) => {
    expect(errorOf(() => resolveProperty(value)).message).toContain('nested deeper than');
    expect(errorOf(() => resolverOf({ Resources: { A: thing({ value }) } }).orderResources()).message).toContain('nested deeper than');
  });

  test('absurdly deep conditions, in themselves and through one another', () => {
    const inner = deep(body => ({ 'Fn::Not': [body] }), 100_000);
    expect(errorOf(() => resolverOf({ Conditions: { A: inner } })).message).toContain('nested deeper than');
    const chain = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`C${index}`, { 'Fn::Not': [{ Condition: `C${index + 1}` }] }]));
    expect(errorOf(() => resolverOf({ Conditions: chain })).message).toContain('nested deeper than');
  });

  test('texts that double at every level', () => {
    expect(errorOf(() => resolveProperty(deep(inner => ({ 'Fn::Sub': ['${a}${a}', { a: inner }] }), 60))).message).toContain('resolves to more than');
    expect(errorOf(() => resolveProperty(deep(inner => ({ 'Fn::ToJsonString': [inner] }), 60), { Transform: 'AWS::LanguageExtensions' })).message).toContain('resolves to more than');
  });

  test('__proto__ stays data', () => {
    const value = resolveProperty(JSON.parse('{"__proto__":{"polluted":{"Ref":"AWS::Region"}}}')) as object;
    expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":"eu-west-1"}}');
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test.each<[string, object]>([
    ['Conditions', { Conditions: [] }],
    ['Resources', { Resources: 'x' }],
    ['Outputs', { Outputs: 5 }],
  ])('%s of the wrong type', (section, template) => {
    expect(errorOf(() => resolverOf(template)).message).toBe(`Stack shop, ${section}: Template format error: ${section} must be an object`);
  });
});
