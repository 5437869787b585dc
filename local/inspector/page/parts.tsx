import { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { pretty } from './records';

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;
const MOST_COLOURED = 60_000;

/** A value as JSON, in colours. */
export function Json({ value, label }: { readonly value: unknown; readonly label?: string }) {
  const text = pretty(value);
  const isJson = typeof value !== 'string' || text !== value || /^[[{]/.test(text);
  return <Code text={text} label={label}>{isJson && text.length <= MOST_COLOURED ? coloured(text) : text}</Code>;
}

function coloured(text: string): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon, word, number] = match;
    parts.push(text.slice(end, match.index));
    if (string !== undefined) {
      parts.push(<span class={colon === undefined ? 'json-text' : 'json-name'}>{string}</span>, colon ?? '');
    } else {
      parts.push(<span class={word === undefined ? 'json-number' : 'json-word'}>{word ?? number ?? whole}</span>);
    }
    end = match.index + whole.length;
  }
  parts.push(text.slice(end));
  return parts;
}

/** A text of fixed width, which can be copied. */
export function Code({ text, label, children }: { readonly text: string; readonly label?: string; readonly children?: ComponentChildren }) {
  return (
    <div class="code">
      <Copy text={text} />
      <pre tabIndex={0} role="region" aria-label={label ?? 'Text'}>{children ?? text}</pre>
    </div>
  );
}

export function Copy({ text }: { readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 1200);
  };
  return <button type="button" class="copy quiet" onClick={() => void copy()}>{isCopied ? 'Copied' : 'Copy'}</button>;
}

export function Section({ title, children, note }: { readonly title: string; readonly note?: ComponentChildren; readonly children: ComponentChildren }) {
  return (
    <section class="section">
      <h3>{title}{note === undefined ? null : <span class="note">{note}</span>}</h3>
      {children}
    </section>
  );
}

/** Names and values, beside each other. */
export function Facts({ facts }: { readonly facts: ReadonlyArray<readonly [name: string, value: ComponentChildren]> }) {
  return (
    <dl class="facts">
      {facts.filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => <><dt>{name}</dt><dd>{value}</dd></>)}
    </dl>
  );
}

export function Outcome({ outcome }: { readonly outcome?: 'ok' | 'failed' }) {
  return <span class={`dot ${outcome ?? 'pending'}`} role="img" aria-label={outcome === 'ok' ? 'succeeded' : outcome ?? 'under way'} />;
}

export function Problem({ message }: { readonly message: string | undefined }) {
  return message === undefined ? null : <p class="problem" role="alert">{message}</p>;
}

/** The time of a day, to the millisecond. */
export function clockTime(time: number): string {
  const date = new Date(time);
  return `${date.toTimeString().slice(0, 8)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

export function duration(milliseconds: number): string {
  if (milliseconds < 1000) {
    return `${Math.round(milliseconds)} ms`;
  }
  return milliseconds < 60_000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 60_000)} min`;
}
