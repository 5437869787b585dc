import { ChildProcess, spawn } from 'child_process';
import { mkdtempSync } from 'fs';
import { rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import WebSocket from 'ws';

const PATIENCE = 15_000;

/** A Chromium without a window of its own, driven by its DevTools protocol. */
export class Browser {
  static async launch(): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
    const process_ = spawn(process.env.CHROMIUM ?? 'chromium', [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank',
    ], { stdio: ['ignore', 'ignore', 'pipe'] });
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      process_.stderr!.on('data', data => {
        text += data;
        const found = /DevTools listening on (\S+)/.exec(text);
        if (found) {
          resolve(found[1]);
        }
      });
      process_.once('error', error => reject(new Error(`Chromium does not start: ${error.message}. Install it, or set CHROMIUM to its path.`)));
      process_.once('exit', code => reject(new Error(`Chromium ended with exit code ${code}: ${text}`)));
    });
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new Browser(process_, profile, socket);
  }

  private readonly waiting = new Map<number, { resolve(result: any): void; reject(error: Error): void }>();
  private count = 0;

  private constructor(private readonly process: ChildProcess, private readonly profile: string, private readonly socket: WebSocket) {
    socket.on('message', data => {
      const { id, result, error } = JSON.parse(String(data));
      const call = this.waiting.get(id);
      this.waiting.delete(id);
      if (error) {
        call?.reject(new Error(error.message));
      } else {
        call?.resolve(result);
      }
    });
  }

  /** Opens a page in a window of its own. */
  async open(url: string): Promise<Page> {
    const { browserContextId } = await this.call('Target.createBrowserContext', {});
    const { targetId } = await this.call('Target.createTarget', { url, browserContextId });
    const { sessionId } = await this.call('Target.attachToTarget', { targetId, flatten: true });
    return new Page((method, parameters) => this.call(method, parameters, sessionId));
  }

  async close(): Promise<void> {
    const ended = new Promise(resolve => this.process.once('exit', resolve));
    this.process.kill();
    await ended;
    this.socket.terminate();
    // Its other processes may still write.
    await rm(this.profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  private call(method: string, params: object, sessionId?: string): Promise<any> {
    const id = ++this.count;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }
}

/** A page that is open in the browser. */
export class Page {
  constructor(private readonly call: (method: string, parameters: object) => Promise<any>) {}

  /** The value of an expression in the page. */
  async evaluate(expression: string): Promise<any> {
    const { result, exceptionDetails } = await this.call('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) {
      throw new Error(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    }
    return result.value;
  }

  /** Waits until an expression in the page is true. */
  async until(expression: string): Promise<void> {
    for (const end = Date.now() + PATIENCE; !await this.evaluate(expression).catch(() => false);) {
      if (Date.now() > end) {
        throw new Error(`The page never had ${expression}. It shows:\n${await this.evaluate('document.body.innerText')}`);
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  /** Types into a field, as a person would. */
  async type(selector: string, text: string): Promise<void> {
    await this.evaluate(`document.querySelector(${JSON.stringify(selector)}).focus()`);
    await this.call('Input.insertText', { text });
  }

  /** Presses the Enter key. */
  async pressEnter(): Promise<void> {
    for (const type of ['keyDown', 'keyUp']) {
      await this.call('Input.dispatchKeyEvent', { type, key: 'Enter', code: 'Enter', text: '\r', windowsVirtualKeyCode: 13 });
    }
  }

  /** Presses a key by its name, such as ArrowDown. */
  async press(key: string): Promise<void> {
    for (const type of ['keyDown', 'keyUp']) {
      await this.call('Input.dispatchKeyEvent', { type, key, code: key });
    }
  }

  /** Clicks in the middle of the first element that the expression gives, as a mouse does. */
  async click(element: string): Promise<void> {
    await this.until(`!!${element}`);
    const { x, y } = await this.evaluate(`(element => {
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    })(${element})`);
    for (const type of ['mousePressed', 'mouseReleased']) {
      await this.call('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
    }
  }

  /** Moves the mouse to where nothing is. */
  async moveAway(): Promise<void> {
    await this.call('Input.dispatchMouseEvent', { type: 'mouseMoved', x: 0, y: 0 });
  }

  /** Shows it in a window of that size, as light or as dark as the system is. */
  async show(width: number, height: number, colours: 'light' | 'dark'): Promise<void> {
    await this.call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    await this.call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: colours }] });
  }

  /** A picture of it, as a PNG in Base64, or as a WebP, which is smaller. */
  async screenshot(format: 'png' | 'webp' = 'png'): Promise<string> {
    return (await this.call('Page.captureScreenshot', format === 'webp' ? { format, quality: 82 } : {})).data;
  }
}
