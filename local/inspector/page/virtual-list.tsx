import { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface VirtualListProps<Value> {
  readonly label: string;
  readonly values: readonly Value[];
  readonly rowHeight: number;
  readonly selected: number;
  readonly keyOf: (value: Value) => string | number;
  readonly render: (value: Value, index: number) => ComponentChildren;
  readonly onSelect: (index: number) => void;
  /** Keeps the end in view, as long as somebody does not scroll away from it. */
  readonly followsEnd?: boolean;
  readonly className?: string;
  readonly rowClass?: (value: Value) => string;
  readonly empty?: ComponentChildren;
}

const MARGIN_ROWS = 8;

/** A list of which only the rows in view exist. Arrow keys move the selection. */
export function VirtualList<Value>(props: VirtualListProps<Value>) {
  const { label, values, rowHeight, selected, keyOf, render, onSelect, followsEnd, className = '', rowClass, empty } = props;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const atEnd = useRef(true);
  const id = label.replace(/\W+/g, '-').toLowerCase();

  const look = () => {
    const { scrollTop, clientHeight, scrollHeight } = box.current!;
    atEnd.current = scrollTop + clientHeight >= scrollHeight - rowHeight;
    setView(previous => previous.top === scrollTop && previous.height === clientHeight ? previous : { top: scrollTop, height: clientHeight });
  };
  useLayoutEffect(() => {
    const observer = new ResizeObserver(look);
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (followsEnd && atEnd.current) {
      box.current!.scrollTop = box.current!.scrollHeight;
    }
  }, [values.length, followsEnd]);
  useLayoutEffect(() => {
    const { scrollTop, clientHeight } = box.current!;
    const top = selected * rowHeight;
    if (selected >= 0 && (top < scrollTop || top + rowHeight > scrollTop + clientHeight)) {
      box.current!.scrollTop = top < scrollTop ? top : top + rowHeight - clientHeight;
    }
  }, [selected]);

  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (step !== undefined && values.length > 0) {
      event.preventDefault();
      const from = selected < 0 ? (step > 0 ? -1 : values.length) : selected;
      onSelect(Math.max(0, Math.min(values.length - 1, from + step)));
    }
  };

  const first = Math.max(0, Math.floor(view.top / rowHeight) - MARGIN_ROWS);
  const end = Math.min(values.length, Math.ceil((view.top + view.height) / rowHeight) + MARGIN_ROWS);
  const isSelectedShown = selected >= first && selected < end;
  return (
    <div
      ref={box} class={`list ${className}`} role="listbox" aria-label={label} tabIndex={0} onScroll={look} onKeyDown={move}
      aria-activedescendant={isSelectedShown ? `${id}-${selected}` : undefined}
    >
      {values.length === 0 ? <div class="empty">{empty}</div> : null}
      <div class="list-space" role="presentation" style={{ height: `${values.length * rowHeight}px` }}>
        {values.slice(first, end).map((value, offset) => {
          const index = first + offset;
          return (
            <div
              key={keyOf(value)} id={`${id}-${index}`} role="option" aria-selected={index === selected} aria-setsize={values.length} aria-posinset={index + 1}
              class={`row ${rowClass?.(value) ?? ''}`} style={{ top: `${index * rowHeight}px`, height: `${rowHeight}px` }} onClick={() => onSelect(index)}
            >
              {render(value, index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
