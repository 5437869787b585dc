import { accessibilityProblems } from './accessibility';
import { Browser } from './browser';
import { InspectorPage, showing } from './inspector-page';

const ENTRIES = 100_000;

describe('the inspector, in Chromium', () => {
  const endpoint = process.env.AWS_ENDPOINT_URL!;
  let browser: Browser;
  let inspector: InspectorPage;

  beforeAll(async () => {
    browser = await Browser.launch();
    inspector = await InspectorPage.open(browser, endpoint);
    await inspector.page.show(1440, 900, 'light');
  });
  afterAll(() => browser?.close());

  test('a socket is opened, subscribes, and is told of an event that the page sends', async () => {
    await inspector.view('Sockets');
    await inspector.click('.side button', 'Open a socket');
    await inspector.shows('.lines li', 'open');
    await inspector.say('{"action":"subscribe","pattern":{"source":["shop"]}}');
    await inspector.shows('.lines li.in', '"type":"subscribed"');
    await inspector.view('Events');
    await inspector.click('button', 'Send');
    await inspector.shows('[role=status]', 'Sent, as');
    await inspector.view('Sockets');
    await inspector.shows('.lines li.in', '"detail-type":"OrderPlaced"');
  });

  test('a message is chosen, and each of its stages shows what it was', async () => {
    await inspector.view('Traffic');
    await inspector.click('.items .row', '"action":"subscribe"');
    await inspector.shows('.details h2', 'Request template');
    expect(await inspector.page.evaluate('document.querySelectorAll(".details mark").length')).toBeGreaterThan(3);
    await inspector.click('.steps .row', 'Frame to the client');
    await inspector.shows('.details pre', '"subscribed"');
    await inspector.page.click('[...document.querySelectorAll(\'.steps .row\')].find(({ textContent }) => textContent.startsWith(\'dynamodb:TransactWriteItems\'))');
    await inspector.shows('.details h3', 'IAM allows');
    await inspector.shows('.details pre', '"Effect": "Allow"');
  });

  test('a workflow shows the way that it took, and what each field came to', async () => {
    await inspector.page.click('[...document.querySelectorAll(\'.steps .row\')].find(({ textContent }) => textContent.startsWith(\'Socket/SubscriptionWorkflow\'))');
    await inspector.page.until("document.querySelectorAll('.state.visited').length > 3 && document.querySelectorAll('.edge.taken').length > 3");
    await inspector.click('.state', 'SaveSubscription');
    await inspector.shows('.details .field-name', 'Arguments/ClientRequestToken');
  });

  test('an event that no rule takes is explained, field by field', async () => {
    await inspector.view('Events');
    await inspector.click('button', 'Does it match?');
    await inspector.shows('.verdicts li.failed', 'detail.amount is 5');
    await inspector.shows('.verdicts li.failed', 'a number > 100');
    await inspector.click('button', 'Who takes it');
    await inspector.shows('.section', 'Rule ');
    await inspector.shows('.section', 'Subscription ');
  });

  test('an event that was sent is explained from the traffic on, and the focus goes along', async () => {
    await inspector.click('button', 'Send');
    await inspector.shows('[role=status]', 'Sent, as');
    await inspector.view('Traffic');
    await inspector.page.click("[...document.querySelectorAll('.items .row')].findLast(({ textContent }) => textContent.includes('PutEvents') && textContent.includes('shop \"OrderPlaced\"'))");
    await inspector.click('.steps .row', 'shop on ');
    await inspector.click('button', 'Why did it match, or not?');
    await inspector.shows('.section', 'Subscription ');
    expect(await inspector.page.evaluate('document.activeElement.textContent')).toBe('Who takes it, and why?');
  });

  test('a table is edited', async () => {
    await inspector.view('Tables');
    await inspector.shows('td', 'subscription#');
    await inspector.click('button', 'New item');
    await inspector.fill('.editor textarea', '{"pk":{"S":"by hand"},"sk":{"S":"1"}}');
    await inspector.click('.editor button', 'Save');
    await inspector.shows('td', 'by hand');
    await inspector.page.click(`${showing('tr', 'by hand')}.querySelector('button')`);
    await inspector.click('.editor button', 'Delete');
    await inspector.page.until(`!${showing('td', 'by hand')}`);
  });

  test('time moves, and the socket that says nothing is gone', async () => {
    await inspector.view('Time');
    await inspector.click('button', '+ 10 minutes');
    await inspector.shows('.clock', 'ahead');
    await inspector.view('Sockets');
    await inspector.shows('.lines li.note', 'closed: 1001 Going away');
  });

  test('faults are switched on and off', async () => {
    await inspector.view('Time');
    await inspector.click('button', 'Let them happen');
    await inspector.shows('td', 'throttled');
    await inspector.click('button', 'None');
    await inspector.page.until(`!${showing('td', 'throttled')}`);
  });

  test('what it would cost is told', async () => {
    await inspector.view('Cost');
    await inspector.shows('.cost th', 'the same through Lambda functions');
    await inspector.shows('.cost p', 'A month of them: $');
    await inspector.page.evaluate("{ const region = document.querySelector('.cost select'); region.value = 'eu-west-1'; region.dispatchEvent(new Event('change', { bubbles: true })); }");
    await inspector.shows('.cost td', 'price not known');
    await inspector.shows('.cost p', "Not compared with Lambda functions: eu-west-1's prices of executionGigabyteSeconds, executions are not known.");
  });

  test('keys are enough', async () => {
    await inspector.view('Traffic');
    await inspector.page.evaluate("inspector.change({ selected: undefined }); document.querySelector('.items').focus()");
    await inspector.page.press('Home');
    await inspector.page.until('inspector.selected === inspector.store.roots[0]');
    await inspector.page.press('ArrowDown');
    await inspector.page.until('inspector.selected === inspector.store.roots[1]');
    expect(await inspector.page.evaluate("document.getElementById(document.querySelector('.items').getAttribute('aria-activedescendant')).getAttribute('aria-selected')")).toBe('true');
    await inspector.page.evaluate("document.querySelector('[role=tab][aria-selected=true]').focus()");
    await inspector.page.press('ArrowRight');
    await inspector.page.until("document.activeElement.textContent === 'Tables' && inspector.view === 'tables'");
  });

  test.each(['light', 'dark'] as const)('everything has a name, a contrast and a way for keys, where it is %s', async colours => {
    await inspector.page.show(1440, 900, colours);
    for (const view of ['Tables', 'Events', 'Sockets', 'Time', 'Cost', 'Traffic']) {
      await inspector.view(view);
      expect([view, await accessibilityProblems(inspector.page)]).toEqual([view, []]);
    }
    await inspector.click('.items .row', '"action":"subscribe"');
    await inspector.shows('.details h2', 'Request template');
    expect(await accessibilityProblems(inspector.page)).toEqual([]);
    await inspector.page.click('[...document.querySelectorAll(\'.steps .row\')].find(({ textContent }) => textContent.startsWith(\'Socket/SubscriptionWorkflow\'))');
    await inspector.page.until("document.querySelectorAll('.state.visited').length > 3");
    expect(await accessibilityProblems(inspector.page)).toEqual([]);
  });

  test('a hundred thousand entries are a list like any other', async () => {
    await inspector.view('Traffic');
    await inspector.page.evaluate(`(() => {
      inspector.change({ selected: undefined });
      for (let start = 0; start < ${ENTRIES}; start += 1000) {
        inspector.receive(Array.from({ length: 1000 }, (_, index) => ({
          sequence: 1e9 + start + index, entry: { kind: 'message', time: Date.now(), api: 'a', stage: 's', connectionId: 'c', routeKey: 'made' + (start + index), bytes: 1, outcome: 'ok' },
        })));
      }
    })()`);
    await inspector.page.until(`inspector.store.roots.length >= ${ENTRIES}`);
    await inspector.shows('.items .row', `made${ENTRIES - 1}`);
    expect(await inspector.page.evaluate("document.querySelectorAll('.items .row').length")).toBeLessThan(100);
    await inspector.page.evaluate("document.querySelector('.items').scrollTop = document.querySelector('.items').scrollHeight / 2");
    await inspector.page.until("[...document.querySelectorAll('.items .row .title')].some(({ textContent }) => /^made(49|50)\\d{3}$/.test(textContent))");
    await inspector.page.type('input[type=search]', 'made77777');
    await inspector.page.until("document.querySelectorAll('.items .row').length === 1");
  });

  test('nothing comes from anywhere else', async () => {
    const origins = await inspector.page.evaluate("[...new Set(performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin))]");
    expect(origins).toEqual([endpoint]);
  });
});
