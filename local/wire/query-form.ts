import { QueryMember, QueryShape } from './query-shape';
import { HttpRequest } from '../kernel/contracts';

/** A field of a form, or the fields below it: `Entry.1.Id` is three levels. */
interface FormNode {
  text?: string;
  readonly children: Map<string, FormNode>;
}

const MAXIMUM_DEPTH = 16;

/** The fields of a request: of its query string, and of its body when that is a form. */
export function formFields(request: HttpRequest): URLSearchParams {
  const fields = new URLSearchParams(request.query);
  if (request.method === 'POST' && isForm(request)) {
    new URLSearchParams(request.body).forEach((value, name) => fields.set(name, value));
  }
  return fields;
}

function isForm({ headers }: HttpRequest): boolean {
  return /^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '');
}

/** Reads the fields as the input that a shape describes. */
export function inputOf(fields: URLSearchParams, shape: QueryShape): Record<string, unknown> {
  const root: FormNode = { children: new Map() };
  for (const [name, text] of fields) {
    place(root, name.split('.', MAXIMUM_DEPTH), text);
  }
  return structure(root, shape);
}

function place(root: FormNode, path: readonly string[], text: string): void {
  let node = root;
  for (const name of path) {
    let child = node.children.get(name);
    if (!child) {
      child = { children: new Map() };
      node.children.set(name, child);
    }
    node = child;
  }
  node.text = text;
}

function structure(node: FormNode, shape: QueryShape): Record<string, unknown> {
  const input: Array<[string, unknown]> = [];
  const read = new Set<string>();
  for (const [name, member] of Object.entries(shape)) {
    const path = pathOf(name, member);
    read.add(path[0]);
    const found = find(node, path);
    if (found) {
      input.push([name, valueOf(found, member)]);
    }
  }
  for (const [name, child] of node.children) {
    if (!read.has(name)) {
      input.push([name, child.children.size === 0 ? child.text : structure(child, {})]);
    }
  }
  // Unlike assignment, this makes `__proto__` a member like any other.
  return Object.fromEntries(input);
}

function pathOf(name: string, member: QueryMember): string[] {
  return member.kind === 'list' || member.kind === 'map' ? member.element.split('.') : [name];
}

function find(node: FormNode, path: readonly string[]): FormNode | undefined {
  return path.reduce<FormNode | undefined>((found, name) => found?.children.get(name), node);
}

function valueOf(node: FormNode, member: QueryMember): unknown {
  switch (member.kind) {
    case 'text': return node.text;
    case 'integer': return /^-?\d+$/.test(node.text ?? '') ? Number(node.text) : node.text;
    case 'boolean': return node.text === 'true' ? true : node.text === 'false' ? false : node.text;
    case 'structure': return structure(node, member.members);
    case 'list': return items(node).map(item => itemOf(item, member.members));
    case 'map': return Object.fromEntries(items(node).map(entry => [find(entry, [member.key])?.text ?? '', itemOf(find(entry, [member.value]), member.members)]));
  }
}

function itemOf(node: FormNode | undefined, members: QueryShape | undefined): unknown {
  return members === undefined ? node?.text : structure(node ?? { children: new Map() }, members);
}

/** The numbered children, in order of their numbers. An only item may do without one. */
function items(node: FormNode): FormNode[] {
  const numbered = [...node.children].filter(([name]) => /^\d+$/.test(name)).sort(([left], [right]) => Number(left) - Number(right)).map(([, child]) => child);
  return numbered.length === 0 && node.text !== '' ? [node] : numbered;
}
