import { ACCOUNT, ENVIRONMENT, ROLE, TestGateway } from './test-gateway';
import { sns } from '../../../../local/services/sns';
import { sqs } from '../../../../local/services/sqs';

const QUEUE = `/${ENVIRONMENT.account}/jobs`;
const FORM = { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" };
const TEMPLATE = "Action=SendMessage&MessageBody=$util.urlEncode($input.json('$'))";

describe('an integration with a queue', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await TestGateway.start(sqs, sns);
    gateway.api();
    await gateway.kernel.service('sqs').resourceTypes['AWS::SQS::Queue'].create({ properties: { QueueName: 'jobs' }, environment: ENVIRONMENT } as never);
  });
  afterEach(() => gateway.stop());

  const route = (integration: object, requestTemplate: string, responses: ReadonlyArray<Record<string, unknown>> = [{}]) => gateway.route('go', {
    IntegrationType: 'AWS',
    IntegrationMethod: 'POST',
    IntegrationUri: `arn:aws:apigateway:${ENVIRONMENT.region}:sqs:path${QUEUE}`,
    CredentialsArn: ROLE,
    RequestParameters: FORM,
    RequestTemplates: { $default: requestTemplate },
    ...integration,
  }, responses);
  const ask = async () => (await gateway.connect()).ask({ action: 'go', text: 'a & b' });
  const stored = async () => (await gateway.kernel.invoke({
    principal: ACCOUNT, service: 'sqs', operation: 'ReceiveMessage', input: { QueueUrl: QUEUE },
  }) as { Messages?: Array<{ Body: string }> }).Messages?.map(message => message.Body);

  test('sends what its template says to the queue of its path, and hands back the answer in JSON', async () => {
    route({}, TEMPLATE);
    expect(JSON.parse(await ask()).SendMessageResponse.SendMessageResult).toMatchObject({ MessageId: expect.any(String), MD5OfMessageAttributes: null });
    expect(await stored()).toEqual(['{"action":"go","text":"a & b"}']);
  });

  test('may name the operation in its URI, and the queue in its request parameters', async () => {
    route({
      IntegrationUri: `arn:aws:apigateway:${ENVIRONMENT.region}:sqs:action/SendMessage`,
      RequestParameters: {
        ...FORM,
        'integration.request.querystring.QueueUrl': `'https://sqs.eu-west-1.amazonaws.com${QUEUE}'`,
        'integration.request.querystring.MessageBody': 'route.request.body.text',
      },
    }, 'DelaySeconds=0');
    await ask();
    expect(await stored()).toEqual(['a & b']);
  });

  test('is refused as AWS refuses it when its body is not called a form', async () => {
    const responses = [{ IntegrationResponseKey: '/403/', ResponseTemplates: { $default: 'refused' } }];
    route({ RequestParameters: {} }, TEMPLATE, responses);
    expect(await ask()).toBe('refused');
    expect(await stored()).toBeUndefined();
  });

  test('is refused without the permission', async () => {
    gateway.kernel.roles.define({
      arn: ROLE,
      name: 'gateway',
      trustPolicy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
      policies: [],
    });
    route({}, TEMPLATE);
    expect(JSON.parse(await ask())).toMatchObject({ Error: { Code: 'AccessDenied', Message: expect.stringContaining('sqs:sendmessage') } });
  });

  test('and with a topic works alike', async () => {
    const topic = `arn:aws:sns:${ENVIRONMENT.region}:${ENVIRONMENT.account}:news`;
    await gateway.kernel.service('sns').resourceTypes['AWS::SNS::Topic'].create({ properties: { TopicName: 'news' }, environment: ENVIRONMENT } as never);
    route(
      { IntegrationUri: `arn:aws:apigateway:${ENVIRONMENT.region}:sns:action/Publish` },
      `TopicArn=$util.urlEncode('${topic}')&Message=$util.urlEncode($input.json('$.text'))`,
    );
    expect(JSON.parse(await ask())).toEqual({
      PublishResponse: { PublishResult: { MessageId: expect.any(String), SequenceNumber: null }, ResponseMetadata: { RequestId: expect.any(String) } },
    });
  });
});
