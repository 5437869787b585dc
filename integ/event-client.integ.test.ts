import { readFileSync, mkdtempSync, rmSync } from 'fs';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Browser, Page } from './browser';
import { EventMessage, EventSocket } from '../src';
import { RunningCommand } from '../test/support/running-command';

const ROOT = join(__dirname, '..');

const HTML = `<!doctype html>
<title>client</title>
<ol></ol>
<script type="module">
  import { EventClient } from '/client.mjs';
  window.problems = [];
  window.statuses = [];
  window.client = new EventClient({
    url: async () => (await fetch('/url')).text(),
    shortestDelay: 50,
    longestDelay: 200,
    onProblem: problem => problems.push(problem.code),
    onStatus: status => statuses.push(status),
  });
  const show = text => document.querySelector('ol').append(Object.assign(document.createElement('li'), { textContent: text }));
  window.sold = client.subscribe({ 'detail-type': ['Sold'] }, ({ detail }) => show('sold ' + detail.order), { onActive: again => show(again ? 'back' : 'there') });
  window.returned = client.subscribe({ 'detail-type': ['Returned'] }, ({ detail }) => show('returned ' + detail.order));
</script>`;

/** The client, as a browser loads it, against the command. */
describe('the browser client, in Chromium', () => {
  const directory = mkdtempSync(join(tmpdir(), 'event-client-'));
  let browser: Browser;
  let pages: Server;
  let page: Page;
  let runtime: RunningCommand;
  let port = '0';
  let url = '';
  let busName = '';
  let tickets = 0;

  async function startRuntime(): Promise<void> {
    runtime = new RunningCommand(process.execPath, [join(ROOT, 'bin/lambdaless.js'), 'local', '--assembly', directory, '--port', port, '--json', '--quiet'], { cwd: directory });
    const { endpoint, outputs } = JSON.parse(await runtime.line());
    ({ port } = new URL(endpoint));
    ({ Url: url, BusName: busName } = outputs.Stack);
  }

  async function put(detailType: string, order: number): Promise<void> {
    const client = new EventBridgeClient({ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
    await client.send(new PutEventsCommand({ Entries: [{ EventBusName: busName, Source: 'shop', DetailType: detailType, Detail: JSON.stringify({ order }) }] }));
    client.destroy();
  }

  const shows = (...lines: string[]) => page.until(`JSON.stringify([...document.querySelectorAll('li')].map(({ textContent }) => textContent)) === ${JSON.stringify(JSON.stringify(lines))}`);

  beforeAll(async () => {
    const app = new App({ outdir: directory });
    const stack = new Stack(app, 'Stack');
    const socket = new EventSocket(stack, 'Socket', { message: EventMessage.envelope() });
    new CfnOutput(stack, 'Url', { value: socket.url });
    new CfnOutput(stack, 'BusName', { value: socket.eventBus.eventBusName });
    app.synth();
    await startRuntime();
    pages = createServer(({ url: path }, response) => {
      switch (path) {
        case '/url': return response.end(`${url}?ticket=${++tickets}`);
        case '/client.mjs': return response.setHeader('content-type', 'text/javascript').end(readFileSync(join(ROOT, 'bin/client/index.mjs')));
        default: return response.setHeader('content-type', 'text/html').end(HTML);
      }
    });
    await new Promise<void>(resolve => pages.listen(0, '127.0.0.1', resolve));
    browser = await Browser.launch();
    page = await browser.open(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    pages?.close();
    await runtime?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test('receives what it subscribed to, also after the runtime has ended and started again', async () => {
    await shows('there');
    await page.evaluate('returned.ready');
    await put('Sold', 1);
    await shows('there', 'sold 1');
    await put('Returned', 1);
    await shows('there', 'sold 1', 'returned 1');

    expect(await runtime.stop('SIGKILL')).toBeNull();
    await page.until('client.status === "connecting" && problems.includes("ConnectFailed")');
    await startRuntime();
    await shows('there', 'sold 1', 'returned 1', 'back');
    await page.until('client.status === "open"');
    expect(await page.evaluate('statuses')).toEqual(['open', 'connecting', 'open']);
    await put('Sold', 2);
    await shows('there', 'sold 1', 'returned 1', 'back', 'sold 2');
    expect(tickets).toBeGreaterThan(1);
  });

  test('has refusals and answers, and ends what is no longer wanted', async () => {
    expect(await page.evaluate('client.subscribe({ source: [{ prefx: "a" }] }, () => {}).ready.catch(({ code, retryable }) => [code, retryable])')).toEqual(['InvalidEventPattern', false]);
    await page.evaluate('returned.end()');
    const { subscriptions } = await page.evaluate('client.request({ action: "subscriptions" })');
    expect(subscriptions).toMatchObject([{ pattern: { 'detail-type': ['Sold'] } }]);
  });

  test('says which events a slow handler has missed', async () => {
    await page.evaluate(`(async () => {
      window.handled = 0;
      window.proceed = undefined;
      window.gate = new Promise(resolve => { proceed = resolve; });
      await client.subscribe({ 'detail-type': ['Flood'] }, async () => { handled++; await gate; }, { bufferSize: 3 }).ready;
    })()`);
    for (let order = 0; order < 6; order++) {
      await put('Flood', order);
    }
    await page.until('problems.includes("EventsDropped")');
    await page.evaluate('proceed()');
    await page.until('handled === 4');
  });
});
