import {
  CloudWatchLogsClient, CreateLogStreamCommand, DescribeLogGroupsCommand, GetLogEventsCommand, paginateFilterLogEvents, PutLogEventsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-cloudwatch-logs';
import { GROUP, STREAM, TestLogs } from './test-logs';
import { Listener } from '../../../../local/wire/listener';

describe('CloudWatch Logs over the wire', () => {
  let kernel: TestLogs;
  let listener: Listener;
  let client: CloudWatchLogsClient;

  beforeEach(async () => {
    kernel = await TestLogs.start();
    listener = new Listener({ kernel: kernel.kernel, account: '000000000000' });
    const endpoint = `http://127.0.0.1:${await listener.listen(0)}`;
    client = new CloudWatchLogsClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, maxAttempts: 1 });
  });
  afterEach(async () => {
    client.destroy();
    await listener.close();
  });

  test('the SDK writes and reads', async () => {
    const place = { logGroupName: GROUP, logStreamName: 'sdk' };
    await client.send(new CreateLogStreamCommand(place));
    const timestamp = kernel.clock.now();
    const answer = await client.send(new PutLogEventsCommand({ ...place, logEvents: [{ timestamp: 0, message: 'old' }, { timestamp, message: 'é {"a":1}' }] }));
    expect(answer.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
    const { events } = await client.send(new GetLogEventsCommand({ ...place, startFromHead: true }));
    expect(events).toEqual([{ timestamp, message: 'é {"a":1}', ingestionTime: timestamp }]);
    expect((await client.send(new DescribeLogGroupsCommand({}))).logGroups).toHaveLength(1);
  });

  test('the SDK follows pages', async () => {
    await kernel.put([['ERROR 1', 2], ['2', 1], ['ERROR 3', 0]]);
    const found: unknown[] = [];
    for await (const { events } of paginateFilterLogEvents({ client, pageSize: 1 }, { logGroupName: GROUP, filterPattern: 'ERROR' })) {
      found.push(...events!.map(({ message }) => message));
    }
    expect(found).toEqual(['ERROR 1', 'ERROR 3']);
  });

  test('the SDK knows the errors', async () => {
    const command = new PutLogEventsCommand({ logGroupName: '/none', logStreamName: STREAM, logEvents: [{ timestamp: 1, message: 'a' }] });
    await expect(client.send(command)).rejects.toThrow(ResourceNotFoundException);
    await expect(client.send(command)).rejects.toThrow('The specified log group does not exist.');
  });
});
