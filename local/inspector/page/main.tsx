import { ComponentType, render } from 'preact';
import { Conditions } from './conditions';
import { Cost } from './cost';
import { Events } from './events';
import { Model, ViewName } from './model';
import { follow, getState } from './server';
import { Sockets } from './sockets';
import { Tables } from './tables';
import { Traffic } from './traffic';
import { useModel } from './use-model';

const VIEWS: ReadonlyArray<readonly [ViewName, string, ComponentType<{ model: Model }>]> = [
  ['traffic', 'Traffic', Traffic], ['tables', 'Tables', Tables], ['events', 'Events', Events], ['sockets', 'Sockets', Sockets], ['time', 'Time and faults', Conditions], ['cost', 'Cost', Cost],
];

const STATE_MILLISECONDS = 5000;

function App({ model }: { readonly model: Model }) {
  useModel(model);
  const { view, state, isConnected } = model;
  const [, , View] = VIEWS.find(([name]) => name === view)!;
  const choose = (name: ViewName) => {
    location.hash = name;
    model.change({ view: name, event: undefined });
  };
  const move = (event: KeyboardEvent, index: number) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0) {
      const [name] = VIEWS[(index + step + VIEWS.length) % VIEWS.length];
      choose(name);
      document.getElementById(`tab-${name}`)?.focus();
    }
  };
  return (
    <>
      <header class="top">
        <h1>lambdaless</h1>
        <span class="stacks">{state?.stacks.map(({ name }) => name).join(', ')}</span>
        <div class="tabs" role="tablist" aria-label="Views">
          {VIEWS.map(([name, label], index) => (
            <button
              type="button" key={name} id={`tab-${name}`} role="tab" aria-selected={name === view} aria-controls="view" tabIndex={name === view ? 0 : -1}
              onClick={() => choose(name)} onKeyDown={event => move(event, index)}
            >{label}</button>
          ))}
        </div>
        <span class="grow" />
        <span class={`connection ${isConnected ? 'ok' : 'failed'}`} role="status">{isConnected ? state?.endpoint : 'The runtime does not answer'}</span>
      </header>
      <main><div id="view" role="tabpanel" aria-labelledby={`tab-${view}`} class={`view view-${view}`}><View model={model} /></div></main>
    </>
  );
}

const model = new Model();
const named = VIEWS.find(([name]) => `#${name}` === location.hash);
if (named) {
  model.change({ view: named[0] });
}
const look = () => getState().then(state => {
  // What is drawn stays as it is as long as it shows the same.
  const isSame = JSON.stringify(state.topology) === JSON.stringify(model.state?.topology);
  model.change({ state: isSame ? { ...state, topology: model.state!.topology } : state });
}, () => { /* That nobody answers is told by what follows. */ });
void look();
setInterval(() => void (document.hidden || look()), STATE_MILLISECONDS);
follow({ opened: () => model.restart(), records: records => model.receive(records), connected: isConnected => model.change({ isConnected }) });
render(<App model={model} />, document.getElementById('app')!);
// For tests, and for whoever wants to look closer in the browser's console.
Object.assign(globalThis, { inspector: model });
