import { Browser, Page } from './browser';

/** Finds an element by what it shows: the first of those that match the selector. */
export function showing(selector: string, text: string): string {
  return `[...document.querySelectorAll(${JSON.stringify(selector)})].find(({ textContent }) => textContent.includes(${JSON.stringify(text)}))`;
}

/** The inspector, open in a browser. */
export class InspectorPage {
  static async open(browser: Browser, endpoint: string): Promise<InspectorPage> {
    const page = await browser.open(`${endpoint}/_lambdaless/`);
    await page.until('globalThis.inspector?.isConnected && inspector.state !== undefined');
    return new InspectorPage(page);
  }

  private constructor(readonly page: Page) {}

  async view(name: string): Promise<void> {
    await this.page.click(showing('[role=tab]', name));
    await this.page.until(`${showing('[role=tab]', name)}.getAttribute('aria-selected') === 'true'`);
  }

  /** Clicks what shows a text. */
  click(selector: string, text: string): Promise<void> {
    return this.page.click(showing(selector, text));
  }

  shows(selector: string, text: string): Promise<void> {
    return this.page.until(`!!${showing(selector, text)}`);
  }

  /** Puts a text in place of what stands in a field. */
  async fill(field: string, text: string): Promise<void> {
    await this.page.evaluate(`document.querySelector(${JSON.stringify(field)}).select()`);
    await this.page.type(field, text);
  }

  /** Opens a socket of the app in the page, and says something. */
  async say(message: string): Promise<void> {
    await this.fill('.speak textarea', message);
    await this.page.pressEnter();
  }
}
