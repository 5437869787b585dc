import { Page } from './browser';

/** What somebody without a mouse, without eyes or with weak ones would miss in a page, as lines that name it; an empty list is well. */
export function accessibilityProblems(page: Page): Promise<string[]> {
  return page.evaluate(`(${look.toString()})()`);
}

/** Runs in the page. The bounds are those of WCAG 2.2, level AA. */
function look(): string[] {
  const { document, getComputedStyle, Node } = globalThis as any;
  const problems: string[] = [];
  const named = (element: any): string => (element.getAttribute('aria-label') ?? '').trim()
    || (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id: string) => document.getElementById(id)?.textContent ?? '').join('').trim()
    || [...element.labels ?? []].map(label => label.textContent).join('').trim()
    || element.textContent.trim() || (element.title ?? '').trim();
  const describe = (element: any) => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${element.textContent.trim().slice(0, 40)}`;
  const isShown = (element: any) => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';

  for (const element of document.querySelectorAll('button, a[href], input, select, textarea, [role=button], [role=tab], [role=listbox], [role=region], [role=toolbar], [role=img], [role=tablist]')) {
    if (isShown(element) && named(element) === '') {
      problems.push(`has no name: ${describe(element)}`);
    }
  }
  for (const element of document.querySelectorAll('[aria-controls], [aria-labelledby], [aria-activedescendant]')) {
    for (const attribute of ['aria-controls', 'aria-labelledby', 'aria-activedescendant']) {
      const id = element.getAttribute(attribute);
      if (id && !document.getElementById(id)) {
        problems.push(`${attribute} leads nowhere: ${describe(element)}`);
      }
    }
  }
  const ids = [...document.querySelectorAll('[id]')].map(({ id }: any) => id);
  ids.filter((id, index) => ids.indexOf(id) !== index).forEach(id => problems.push(`two elements have the id ${id}`));
  if (document.documentElement.lang === '' || document.title === '' || document.querySelectorAll('main').length !== 1 || document.querySelectorAll('h1').length !== 1) {
    problems.push('the page needs a language, a title, one main and one h1');
  }
  for (const element of document.querySelectorAll('*')) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const scrolls = (/auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight + 1) || (/auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth + 1);
    if (scrolls && isShown(element) && element.tabIndex < 0 && !element.querySelector('button, a, input, [tabindex="0"]')) {
      problems.push(`scrolls, and not by keys: ${describe(element)}`);
    }
  }

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour: string): number[] => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour: number[]) => {
    const [red, green, blue] = colour.slice(0, 3).map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const background = (element: any): number[] => {
    for (let each = element; each; each = each.parentElement) {
      const colour = rgba(getComputedStyle(each).backgroundColor);
      if (colour[3] > 250) {
        return colour;
      }
    }
    return [255, 255, 255, 255];
  };
  const seen = new Set<string>();
  for (const element of document.querySelectorAll('body *')) {
    const hasText = [...element.childNodes].some((node: any) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '');
    if (!hasText || !isShown(element) || element.closest('svg, [disabled], .copy')) {
      continue;
    }
    const style = getComputedStyle(element);
    const [front, back] = [luminance(rgba(style.color)), luminance(background(element))];
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    const key = `${style.color} ${element.getAttribute('class')}`;
    if (ratio < 4.5 && !seen.has(key)) {
      seen.add(key);
      problems.push(`has a contrast of ${ratio.toFixed(2)}: ${describe(element)}`);
    }
  }
  return problems;
}
