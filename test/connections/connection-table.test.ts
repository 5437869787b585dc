import { App, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { ChatStack } from './chat-stack';
import { ConnectionTable, Value } from '../../src';

test('rows of connections expire, and go with the stack', () => {
  const { template } = new ChatStack();
  template.hasResource('AWS::DynamoDB::Table', {
    DeletionPolicy: 'Delete',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST', TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true }, GlobalSecondaryIndexes: Match.absent(), StreamSpecification: Match.absent(),
    },
  });
});

test('the API may put and delete rows, and nothing else', () => {
  expect(new ChatStack().allowed('EndpointApiIntegrationRole')).toEqual(['dynamodb:DeleteItem on <Connections>.Arn', 'dynamodb:PutItem on <Connections>.Arn']);
});

test('who lists connections reads the index alone', () => {
  const stack = new ChatStack();
  stack.endpoint.addRoute('list', stack.connections.listIntegration('List'));
  expect(stack.allowed('EndpointApiIntegrationRole')).toContainEqual('dynamodb:Query on <Connections>.Arn/index/listing');
});

test('an index and a stream are made once, when somebody asks for them', () => {
  const stack = new ChatStack();
  for (let time = 0; time < 2; time++) {
    expect(stack.connections.addListing()).toBe('listing');
    expect(stack.resolve(stack.connections.addStream())).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Connections/), 'StreamArn'] });
  }
  stack.template.hasResourceProperties('AWS::DynamoDB::Table', {
    GlobalSecondaryIndexes: [{
      IndexName: 'listing', KeySchema: [{ AttributeName: 'listing', KeyType: 'HASH' }, { AttributeName: 'connectionId', KeyType: 'RANGE' }], Projection: { ProjectionType: 'ALL' },
    }],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
});

test('$connect refuses a client that lacks what its row needs: the parameter is declared as required', () => {
  const stack = new ChatStack({ attributes: { ticket: Value.queryString('ticket'), agent: Value.header('User-Agent').optional() } });
  stack.template.hasResourceProperties('AWS::ApiGatewayV2::Route', {
    RouteKey: '$connect',
    RequestParameters: { 'route.request.querystring.ticket': { Required: true }, 'route.request.header.User-Agent': { Required: false } },
  });
});

test.each([
  ['pk', /rows of connections have an attribute 'pk' of their own/],
  ['connectedAt', /give yours another name/],
  ['subscriptions', /'subscriptions' of their own/],
  ['', /needs a name of letters, digits and _/],
  ['nick name', /needs a name/],
  ['__proto__', /needs a name/],
])('no attribute of an author can be called %j', (name, message) => {
  const attributes = JSON.parse(JSON.stringify({ name: 1 }).replace('"name"', JSON.stringify(name)));
  const make = () => new ConnectionTable(new Stack(new App(), 'Stack'), 'Connections', { attributes });
  expect(make).toThrow(message);
  expect(make).toThrow('[cdk-lambdaless-websockets:connectionAttribute]');
});

test('the more texts are listed, the fewer connections are on a page: what clients send makes none too long', () => {
  const limitOf = (attributes?: { [name: string]: Value }) => {
    const stack = new ChatStack({ attributes });
    stack.endpoint.addRoute('list', stack.connections.listIntegration('List'));
    const templates = Object.values(stack.template.findResources('AWS::ApiGatewayV2::Integration')).map(({ Properties }) => JSON.stringify(Properties.RequestTemplates));
    return Number(/\\"Limit\\":(\d+)/.exec(templates.find(each => each.includes('IndexName'))!)![1]);
  };
  expect(limitOf()).toBe(100);
  const one = limitOf({ nickname: Value.queryString('nickname') });
  const two = limitOf({ nickname: Value.queryString('nickname'), room: Value.queryString('room').withDefault('lobby') });
  expect(one * (6 * 256 + 150)).toBeLessThan(128 * 1024);
  expect(two).toBeLessThan(one);
  expect(limitOf({ level: Value.literal(7) })).toBe(100);
});
