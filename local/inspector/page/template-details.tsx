import { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Code, Facts, Json, Section } from './parts';

interface StatementValue {
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly value: string | null;
  readonly written?: readonly [from: number, to: number];
}

/** A template: as it is written, what its statements came to, and what it made. */
export function TemplateDetails({ details }: { readonly details: Readonly<Record<string, any>> }) {
  const values: readonly StatementValue[] = details.values ?? [];
  const [chosen, setChosen] = useState<number>();
  const { source, text, body, key, error, failed } = details;
  return (
    <>
      {error === undefined ? null : <p class="problem">{error}{failed ? `, in ${failed.text} at line ${failed.line}, column ${failed.column}` : ''}</p>}
      <Facts facts={[['template', <code>{key}</code>]]} />
      <Section title="Template"><Source source={source} values={values} failed={failed} chosen={chosen} choose={setChosen} /></Section>
      {text === undefined ? null : <Section title="What it makes" note="what was filled in is marked"><Made text={text} values={values} chosen={chosen} choose={setChosen} /></Section>}
      {values.length === 0 ? null : (
        <Section title="Values">
          <table>
            <thead><tr><th scope="col">at</th><th scope="col">expression</th><th scope="col">value</th></tr></thead>
            <tbody>
              {values.slice(0, 200).map((each, index) => (
                <tr key={index} class={index === chosen ? 'chosen' : ''} onMouseEnter={() => setChosen(index)} onMouseLeave={() => setChosen(undefined)}>
                  <td class="number">{each.line}:{each.column}</td><td><code>{each.text}</code></td><td><code>{each.value ?? 'nothing'}</code></td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
      <Section title="Made from"><Json value={body} /></Section>
    </>
  );
}

interface Marked {
  readonly values: readonly StatementValue[];
  readonly chosen: number | undefined;
  readonly choose: (index: number | undefined) => void;
}

function Source({ source, values, failed, chosen, choose }: Marked & { readonly source: string; readonly failed?: StatementValue }) {
  const lines = String(source).split(/\r\n|\n|\r/);
  const marks = new Map<number, Array<{ from: number; to: number; index: number | 'failed' }>>();
  const mark = ({ line, column, text }: Pick<StatementValue, 'line' | 'column' | 'text'>, index: number | 'failed') => {
    const from = text.startsWith('#set(') ? lines[line - 1]?.lastIndexOf('#set', column - 1) ?? column - 1 : column - 1;
    const onLine = marks.get(line) ?? [];
    if (onLine.every(other => from >= other.to || from + text.length <= other.from)) {
      marks.set(line, [...onLine, { from: Math.max(0, from), to: from + text.length, index }]);
    }
  };
  if (failed) {
    mark(failed, 'failed');
  }
  values.forEach((value, index) => mark(value, index));
  return (
    <Code text={source} label="Template">
      {lines.map((line, number) => (
        <span class="line" key={number}>
          <span class="line-number" aria-hidden="true">{number + 1}</span>
          {pieces(line, (marks.get(number + 1) ?? []).sort((left, right) => left.from - right.from), chosen, choose)}
          {'\n'}
        </span>
      ))}
    </Code>
  );
}

function Made({ text, values, chosen, choose }: Marked & { readonly text: string }) {
  const marks: Array<{ from: number; to: number; index: number }> = [];
  values.forEach(({ written }, index) => {
    if (written && written[1] > written[0] && written[0] >= (marks.at(-1)?.to ?? 0)) {
      marks.push({ from: written[0], to: written[1], index });
    }
  });
  return <Code text={text} label="What the template makes">{pieces(text, marks, chosen, choose)}</Code>;
}

function pieces(
  text: string, marks: ReadonlyArray<{ readonly from: number; readonly to: number; readonly index: number | 'failed' }>, chosen: number | undefined, choose: (index: number | undefined) => void,
): ComponentChildren[] {
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const { from, to, index } of marks) {
    parts.push(text.slice(end, from));
    parts.push(
      <mark
        class={index === 'failed' ? 'failed' : index === chosen ? 'chosen' : ''}
        onMouseEnter={() => choose(index === 'failed' ? undefined : index)} onMouseLeave={() => choose(undefined)}
      >{text.slice(from, to)}</mark>,
    );
    end = to;
  }
  parts.push(text.slice(end));
  return parts;
}
