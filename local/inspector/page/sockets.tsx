import { useEffect, useRef, useState } from 'preact/hooks';
import { Model, OpenSocket } from './model';
import { clockTime } from './parts';

/** Sockets to open, to subscribe with, and to type into. */
export function Sockets({ model }: { readonly model: Model }) {
  const apis = model.state?.apis.filter(({ protocol }) => protocol === 'WEBSOCKET') ?? [];
  const [chosen, setChosen] = useState(0);
  const [query, setQuery] = useState('');
  const [shown, setShown] = useState<number>();
  const api = apis[chosen];
  const socket = model.sockets.find(({ id }) => id === shown) ?? model.sockets.at(-1);
  const open = () => {
    const url = `${model.state!.endpoint.replace(/^http/, 'ws')}/${api.apiId}/${api.stage}${query === '' ? '' : `?${query.replace(/^\?/, '')}`}`;
    setShown(model.open(url.replace('127.0.0.1', location.hostname), `${api.constructPath.replace(/\/Resource$/, '').split('/').slice(1).join('/') || api.apiId} #${model.sockets.length + 1}`).id);
  };
  if (!api) {
    return <div class="empty">The app has no WebSocket API.</div>;
  }
  return (
    <div class="with-side">
      <nav class="side" aria-label="Sockets">
        <form onSubmit={event => { event.preventDefault(); open(); }}>
          <label>API<select value={chosen} onChange={event => setChosen(Number(event.currentTarget.value))}>{apis.map(({ constructPath, stage, apiId }, index) => <option key={apiId + stage} value={index}>{constructPath.replace(/\/Resource$/, '')} {stage}</option>)}</select></label>
          <label>Query<input value={query} placeholder="ticket=…" onInput={event => setQuery(event.currentTarget.value)} /></label>
          <button type="submit" class="primary">Open a socket</button>
        </form>
        {model.sockets.map(each => (
          <button type="button" key={each.id} class="side-item" aria-current={each === socket ? 'true' : undefined} onClick={() => setShown(each.id)}>
            <span class="title">{each.name}</span><span class="detail">{each.socket.readyState === WebSocket.OPEN ? 'open' : 'closed'}, {each.lines.length} lines</span>
          </button>
        ))}
      </nav>
      {socket ? <Transcript key={socket.id} model={model} socket={socket} routeKeys={api.routeKeys} /> : <div class="empty">Open a socket, and talk to the app.</div>}
    </div>
  );
}

function Transcript({ model, socket, routeKeys }: { readonly model: Model; readonly socket: OpenSocket; readonly routeKeys: readonly string[] }) {
  const [text, setText] = useState('');
  const [back, setBack] = useState(0);
  const box = useRef<HTMLOListElement>(null);
  const isOpen = socket.socket.readyState === WebSocket.OPEN;
  useEffect(() => {
    box.current!.scrollTop = box.current!.scrollHeight;
  }, [socket.lines.length]);
  const send = () => {
    model.send(socket, text);
    setText('');
    setBack(0);
  };
  const recall = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (step !== 0 && !text.includes('\n')) {
      event.preventDefault();
      const at = Math.max(0, Math.min(socket.sent.length, back + step));
      setBack(at);
      setText(at === 0 ? '' : socket.sent[socket.sent.length - at]);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  };
  const known = routeKeys.filter(key => !key.startsWith('$')).map(key => `{"action":"${key}"}`);
  const samples = routeKeys.includes('ping') ? ['{"action":"subscribe","pattern":{"source":["shop"]}}', '{"action":"subscriptions"}', ...known] : known;
  return (
    <div class="main transcript">
      <div class="toolbar"><h2>{socket.name}</h2><span class="count">{socket.url}</span><span class="grow" /><button type="button" onClick={() => model.close(socket)}>{isOpen ? 'Close' : 'Remove'}</button></div>
      <ol ref={box} class="lines" aria-live="polite" aria-label="Transcript" tabIndex={0}>
        {socket.lines.map((line, index) => (
          <li key={index} class={line.way}><span class="time">{clockTime(line.time)}</span><span class="way" role="img" aria-label={line.way === 'in' ? 'received' : line.way === 'out' ? 'sent' : 'note'}>{line.way === 'in' ? '←' : line.way === 'out' ? '→' : '·'}</span><code>{line.text}</code></li>
        ))}
      </ol>
      <form class="speak" onSubmit={event => { event.preventDefault(); send(); }}>
        <div class="chips">{samples.map(sample => <button type="button" class="chip" key={sample} onClick={() => setText(sample)}>{sample.length > 60 ? `${sample.slice(0, 57)}…` : sample}</button>)}</div>
        <div class="line-input"><textarea rows={2} aria-label="Message" placeholder="A message; Enter sends, arrow up brings back the last" spellcheck={false} value={text} onInput={event => setText(event.currentTarget.value)} onKeyDown={recall} /><button type="submit" class="primary" disabled={!isOpen}>Send</button></div>
      </form>
    </div>
  );
}
