import { writeFileSync } from 'fs';
import { join } from 'path';
import { pathToFileURL } from 'url';
import { Browser, Page } from './browser';
import { Deployment } from './deployment';
import { WebSocketClient } from './websocket-client';

const PAGE = pathToFileURL(join(__dirname, '../examples/webchat/index.html'));

describe('the page of webchat, in two windows of Chromium', () => {
  const deployment = Deployment.fromEnvironment();
  const url = deployment.output('Webchat', 'SocketUrl');
  let browser: Browser;

  const chat = async (nickname: string): Promise<Page> => {
    const page = await browser.open(`${PAGE}?nickname=${encodeURIComponent(nickname)}#${encodeURIComponent(url)}`);
    await page.until('me !== undefined');
    return page;
  };
  const shows = (page: Page, text: string) => page.until(`[...document.querySelectorAll('#messages li')].some(({ textContent }) => textContent === ${JSON.stringify(text)})`);
  const hasPerson = (page: Page, text: string) => page.until(`[...document.querySelectorAll('#people li')].some(({ textContent }) => textContent === ${JSON.stringify(text)})`);
  const say = async (page: Page, text: string) => {
    await page.type('#text', text);
    await page.pressEnter();
  };

  beforeAll(async () => { browser = await Browser.launch(); });
  afterAll(async () => {
    await browser?.close();
    deployment.close();
  });

  test('two people see each other, and talk to everybody and to one', async () => {
    const [ana, ben] = [await chat('Ana'), await chat('Ben')];
    await hasPerson(ana, 'Ben');
    await hasPerson(ana, 'Ana (you)');
    await hasPerson(ben, 'Ana');
    await say(ana, 'Anybody home?');
    await shows(ana, 'you: Anybody home?');
    await shows(ben, 'Ana: Anybody home?');

    const cy = await chat('Cy');
    await hasPerson(cy, 'Ana');
    await cy.evaluate("document.querySelector('#to').value = [...people].find(([, nickname]) => nickname === 'Ana')[0]");
    await say(cy, 'Yo!');
    await shows(ana, 'Cy: Yo!');
    expect(await ben.evaluate("document.querySelector('#messages').textContent.includes('Yo!')")).toBe(false);
    if (process.env.SCREENSHOT) {
      writeFileSync(process.env.SCREENSHOT, Buffer.from(await ana.screenshot(), 'base64'));
    }
  });

  test('a page that loses its connection comes back by itself, and is found again', async () => {
    const [dora, emil] = [await chat('Dora'), await chat('Emil')];
    await hasPerson(dora, 'Emil');
    const before = await emil.evaluate('me');
    await emil.evaluate('socket.close()');
    await shows(dora, 'Emil has left (disconnected).');
    await emil.until(`me !== undefined && me !== ${JSON.stringify(before)} && document.querySelector('#status').textContent === 'connected'`);
    await hasPerson(dora, 'Emil');
    await say(dora, 'There you are.');
    await shows(emil, 'Dora: There you are.');
  });

  test('what others send is text, never HTML', async () => {
    const text = '<img src=x onerror="window.hacked = true"><b>bold</b>';
    const finn = await chat('Finn');
    const client = await WebSocketClient.connect(`${url}?nickname=${encodeURIComponent(text)}`);
    await hasPerson(finn, text);
    client.send({ action: 'broadcast', message: text });
    await shows(finn, `${text}: ${text}`);
    expect(await finn.evaluate("[document.querySelectorAll('img, b').length, window.hacked]")).toEqual([0, null]);
    await client.close();
    await shows(finn, `${text} has left (disconnected).`);
  });

  test('a message to somebody who has just left is answered, and one without a connection is not lost silently', async () => {
    const [gil, hugo] = [await chat('Gil'), await chat('Hugo')];
    await hasPerson(gil, 'Hugo');
    await gil.evaluate('send({ action: \'chat\', connection: \'AAAAAAAAAAAAAAA=\', message: \'hi\' })');
    await shows(gil, 'The recipient is not connected.');
    await hugo.evaluate("element.url.value = 'ws://127.0.0.1:1/'; connect()");
    await hugo.until("document.querySelector('#status').textContent.startsWith('lost, again in')");
    await say(hugo, 'Hello?');
    await shows(hugo, 'Not connected: the message is not sent.');
    expect(await hugo.evaluate("document.querySelector('#text').value")).toBe('Hello?');
  });
});
