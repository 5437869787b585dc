import { SignatureV4 } from '@smithy/signature-v4';
import { sts } from '../../../local/services/sts';
import { Listener } from '../../../local/wire/listener';
import { Sha256 } from '../../support/sha256';
import { TestKernel } from '../../support/test-kernel';

describe('services with the query protocol', () => {
  let listener: Listener;
  let port: number;

  beforeEach(async () => {
    listener = new Listener({ kernel: new TestKernel(sts).kernel, account: '000000000000' });
    port = await listener.listen(0);
  });
  afterEach(() => listener.close());

  async function call(service: string, secretAccessKey: string = 'test') {
    const signer = new SignatureV4({ service, region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey }, sha256: Sha256 });
    const request: Parameters<typeof signer['sign']>[0] & { body: string } = {
      method: 'POST',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: '/',
      query: {},
      headers: { 'host': `127.0.0.1:${port}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    };
    const { headers } = await signer.sign(request);
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: request.body });
    return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
  }

  test('are found by what the request is signed for', async () => {
    expect(await call('sts')).toEqual({ status: 200, type: 'text/xml', body: expect.stringContaining('<Account>000000000000</Account>') });
  });

  test('refuse a wrong secret in their own words', async () => {
    expect(await call('sts', 'wrong')).toMatchObject({ status: 403, type: 'text/xml', body: expect.stringContaining('<Code>SignatureDoesNotMatch</Code>') });
  });

  test('are named when they are not emulated', async () => {
    expect(await call('sqs')).toMatchObject({ status: 404, body: expect.stringMatching(/does not emulate this request to the service \\"sqs\\"/) });
  });

  test('an unsigned request is nobody\'s', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'Action=GetCallerIdentity' });
    expect(response.status).toBe(404);
  });
});
