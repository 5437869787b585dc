import { systemClock } from '../../local/kernel/clock';
import { Service, WebSocketClient } from '../../local/kernel/contracts';
import { Kernel } from '../../local/kernel/kernel';
import { systemRandomness } from '../../local/kernel/randomness';
import { Trace } from '../../local/kernel/trace';
import { Listener } from '../../local/wire/listener';
import { TestGateway } from '../local/services/apigatewayv2/test-gateway';

const UNLIMITED = 32 * 1024 * 1024;

/** Nothing but an echo, and none of API Gateway's limits. */
const echo: Service = {
  name: 'execute-api',
  operations: {},
  resourceTypes: {},
  webSockets: {
    limits: { frameBytes: UNLIMITED, messageBytes: UNLIMITED },
    serves: () => true,
    describeApis: () => [],
    requiresCredentials: () => false,
    connect: async () => ({
      accepted: true,
      headers: {},
      open: (client: WebSocketClient) => ({
        message: (data, binary) => client.send(binary ? data : data.toString()),
        ping: () => undefined,
        closed: () => undefined,
      }),
      abandon: () => undefined,
    }),
  },
};

/** Starts both servers, and tells the parent where. */
async function main(): Promise<void> {
  const kernel = new Kernel({ services: [() => echo], clock: systemClock, randomness: systemRandomness, trace: new Trace(), endpoint: () => '' });
  const port = await new Listener({ kernel, account: '123456789012' }).listen(0);

  const gateway = await TestGateway.start();
  gateway.api();
  gateway.mock('$default', "$input.path('$.body')", '{"statusCode":200,"body":"$util.escapeJavaScript($input.body)"}');

  process.send!({ wire: `ws://127.0.0.1:${port}/echo/live`, gateway: gateway.url() });
}

void main();
