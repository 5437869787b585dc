/** Takes the pictures of the inspector that the documents show: `npx projen screenshots`. */
import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Browser } from './browser';
import { InspectorPage } from './inspector-page';

const IMAGES = join(__dirname, '../docs/images');
const step = (name: string) => `[...document.querySelectorAll('.steps .row')].find(({ textContent }) => textContent.startsWith(${JSON.stringify(name)}))`;

async function take(): Promise<void> {
  mkdirSync(IMAGES, { recursive: true });
  const browser = await Browser.launch();
  const inspector = await InspectorPage.open(browser, process.env.AWS_ENDPOINT_URL!);
  const { page } = inspector;
  const picture = async (name: string, width: number, height: number, colours: 'light' | 'dark') => {
    await page.show(width, height, colours);
    await page.moveAway();
    // What moves comes to its end.
    await page.evaluate('new Promise(resolve => setTimeout(resolve, 1500))');
    writeFileSync(join(IMAGES, `inspector-${name}.webp`), Buffer.from(await page.screenshot('webp'), 'base64'));
  };

  await page.show(1440, 900, 'light');
  await inspector.view('Sockets');
  await inspector.click('.side button', 'Open a socket');
  await inspector.shows('.lines li', 'open');
  await inspector.say('{"action":"subscribe","subscriptionId":"orders","pattern":{"source":["shop"],"detail":{"amount":[{"numeric":[">",100]}]}}}');
  await inspector.shows('.lines li.in', '"type":"subscribed"');
  await inspector.say('{"action":"subscriptions"}');
  await inspector.shows('.lines li.in', '"type":"subscriptions"');
  await inspector.view('Events');
  await inspector.fill('textarea', '{ "orderId": "41", "amount": 5 }');
  await inspector.click('button', 'Send');
  await inspector.shows('[role=status]', 'Sent, as');
  await inspector.fill('textarea', '{ "orderId": "42", "amount": 250 }');
  await inspector.click('button', 'Send');
  await inspector.view('Sockets');
  await inspector.shows('.lines li.in', '"orderId":"42"');
  await picture('sockets', 1200, 620, 'dark');

  await inspector.view('Traffic');
  await inspector.click('.items .row', '"action":"subscribe"');
  await inspector.shows('.details h2', 'Request template');
  await page.click(step('SaveSubscription'));
  await inspector.shows('.details .field-name', 'Arguments/ClientRequestToken');
  await picture('traffic', 1440, 900, 'light');
  await picture('traffic-dark', 1440, 900, 'dark');

  await page.click("[...document.querySelectorAll('.items .row')].findLast(({ textContent }) => textContent.includes('PutEvents'))");
  await page.click("[...document.querySelectorAll('.steps .row')].find(({ textContent }) => textContent.startsWith('Socket/DeliveryWorkflow'))");
  await page.until("document.querySelectorAll('.state.visited').length > 3");
  await picture('workflow', 1440, 1000, 'light');

  await inspector.view('Events');
  await inspector.fill('textarea', '{ "orderId": "41", "amount": 5 }');
  await inspector.click('button', 'Who takes it');
  await inspector.shows('.verdicts li.failed', 'detail.amount');
  await picture('why', 1200, 720, 'light');
  await browser.close();
}

take().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
