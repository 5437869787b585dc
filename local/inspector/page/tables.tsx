import { useEffect, useState } from 'preact/hooks';
import { Model } from './model';
import { Problem } from './parts';
import { TopologyNode } from './records';
import { call, look } from './server';

type Attribute = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, Attribute>>;

const PAGE = 100;

/** The tables of the app, to browse and to edit. */
export function Tables({ model }: { readonly model: Model }) {
  const tables = model.state?.topology.nodes.filter(({ kind }) => kind === 'table') ?? [];
  const [chosen, setChosen] = useState<string>();
  const table = tables.find(({ id }) => id === chosen) ?? tables[0];
  if (!table) {
    return <div class="empty">The app has no tables.</div>;
  }
  return (
    <div class="with-side">
      <nav class="side" aria-label="Tables">
        {tables.map(({ id, constructPath, details }) => (
          <button type="button" key={id} class="side-item" aria-current={id === table.id ? 'true' : undefined} onClick={() => setChosen(id)}>
            <span class="title">{constructPath.split('/').slice(1).join('/') || constructPath}</span><span class="detail">{String(details.tableName)}</span>
          </button>
        ))}
      </nav>
      <TableView key={table.id} table={table} />
    </div>
  );
}

function TableView({ table }: { readonly table: TopologyNode }) {
  const tableName = String(table.details.tableName);
  const keys = (table.details.keySchema as Array<{ AttributeName: string }>).map(({ AttributeName }) => AttributeName);
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [next, setNext] = useState<unknown>();
  const [problem, setProblem] = useState<string>();
  const [edited, setEdited] = useState<{ readonly row?: Row; text: string }>();

  const attempt = async (work: () => Promise<void>) => {
    try {
      setProblem(undefined);
      await work();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const load = (from?: unknown) => attempt(async () => {
    const { Items: items, LastEvaluatedKey: last } = await look('dynamodb', 'Scan', { TableName: tableName, Limit: PAGE, ExclusiveStartKey: from });
    setRows(from === undefined ? items : [...rows, ...items]);
    setNext(last);
  });
  useEffect(() => void load(), [tableName]);
  const keyOf = (row: Row) => Object.fromEntries(keys.map(name => [name, row[name]]));
  const save = () => attempt(async () => {
    await call('dynamodb', 'PutItem', { TableName: tableName, Item: JSON.parse(edited!.text) });
    setEdited(undefined);
    await load();
  });
  const remove = () => attempt(async () => {
    await call('dynamodb', 'DeleteItem', { TableName: tableName, Key: keyOf(edited!.row!) });
    setEdited(undefined);
    await load();
  });
  const edit = (row?: Row) => setEdited({ row, text: JSON.stringify(row ?? Object.fromEntries(keys.map(name => [name, { S: '' }])), undefined, 2) });
  const names = [...new Set([...keys, ...rows.flatMap(Object.keys)])];

  return (
    <div class="main">
      <div class="toolbar">
        <h2>{tableName}</h2><span class="count">{rows.length}{next === undefined ? '' : '+'} items</span><span class="grow" />
        <button type="button" onClick={() => void load()}>Reload</button><button type="button" class="primary" onClick={() => edit()}>New item</button>
      </div>
      <Problem message={problem} />
      {edited ? (
        <form class="editor" onSubmit={event => { event.preventDefault(); void save(); }}>
          <label>
            Item, as DynamoDB's JSON
            <textarea rows={12} spellcheck={false} value={edited.text} onInput={event => setEdited({ ...edited, text: event.currentTarget.value })} />
          </label>
          <div class="actions">
            <button type="submit" class="primary">Save</button>
            {edited.row ? <button type="button" class="danger" onClick={() => void remove()}>Delete</button> : null}
            <button type="button" onClick={() => setEdited(undefined)}>Cancel</button>
          </div>
        </form>
      ) : null}
      <div class="table-box" tabIndex={0} role="region" aria-label={`Items of ${tableName}`}>
        <table>
          <thead><tr><th scope="col"><span class="unseen">Edit</span></th>{names.map(name => <th scope="col" key={name}>{name}{keys.includes(name) ? <span class="note">key</span> : null}</th>)}</tr></thead>
          <tbody>
            {rows.map(row => (
              <tr key={JSON.stringify(keyOf(row))}>
                <td><button type="button" class="quiet" onClick={() => edit(row)}>Edit</button></td>
                {names.map(name => <td key={name} title={name in row ? shown(row[name]) : ''}>{Object.hasOwn(row, name) ? shown(row[name]) : ''}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 ? <div class="empty">The table has no items.</div> : null}
        {next === undefined ? null : <button type="button" onClick={() => void load(next)}>More</button>}
      </div>
    </div>
  );
}

function shown(attribute: Attribute): string {
  const [type, value] = Object.entries(attribute)[0] ?? [];
  return type === 'S' || type === 'N' ? String(value) : type === 'BOOL' ? String(value) : type === 'NULL' ? 'null' : JSON.stringify(value);
}
