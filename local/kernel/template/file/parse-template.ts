/** Reads the text of a template, JSON or YAML, as CloudFormation does. JSON is YAML's own flow style, so one reader serves both. */
import { Alias, Composer, CST, Document, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, Node, Parser, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { plainScalar } from './plain-scalar';
import { longForm, SHORT_TAGS } from './short-tags';
import { TemplateFileError } from './template-file-error';
import { isObject, JsonObject } from '../json';

/** CloudFormation takes no larger template. */
const MAXIMUM_CHARACTERS = 1024 * 1024;

/** Far more than a template of that size holds by itself: only aliases of aliases come here. */
const MAXIMUM_VALUES = 1_000_000;

/** Deeper than CloudFormation would take, and shallow enough for the call stack. */
const MAXIMUM_DEPTH = 400;

/** A template, and where in its file things stand. */
export interface ParsedTemplate {
  readonly template: JsonObject;
  /** The line of the value at a path, or of the closest place around it that the file has; undefined when not even the first segment is there. */
  lineOf(path: readonly string[]): number | undefined;
}

/** Parses a template; throws a TemplateFileError. */
export function parseTemplate(text: string, file: string): ParsedTemplate {
  if (text.length > MAXIMUM_CHARACTERS) throw new TemplateFileError(file, `a template has at most ${MAXIMUM_CHARACTERS} characters, and this one has ${text.length}`);
  const lines = new LineCounter();
  const document = parseYaml(text, file, lines);
  const template = new Converter(file, lines).value(document.contents, 0);
  if (!isObject(template)) throw new TemplateFileError(file, 'a template is an object with a Resources section', 1);
  return { template, lineOf: path => lineOf(document, lines, path) };
}

function parseYaml(text: string, file: string, lineCounter: LineCounter): Document {
  const tokens = [...new Parser(lineCounter.addNewLine).parse(text)];
  // The composer calls itself for each level, the parser does not.
  if (depthOf(tokens) > MAXIMUM_DEPTH) throw new TemplateFileError(file, `nested deeper than ${MAXIMUM_DEPTH} levels`);
  // The schema without types: what a scalar stands for, and which keys are the same, is decided here.
  const composer = new Composer({ version: '1.1', schema: 'failsafe', uniqueKeys: false, logLevel: 'error' });
  const [document, second] = composer.compose(tokens, true, text.length);
  const [error] = document.errors;
  if (error) throw new TemplateFileError(file, `neither JSON nor YAML: ${error.message}`, lineCounter.linePos(error.pos[0]).line, error);
  if (second) throw new TemplateFileError(file, 'a second document begins here: a template is one', lineCounter.linePos(second.range[0]).line);
  return document;
}

function depthOf(tokens: readonly CST.Token[]): number {
  let level: unknown[] = [...tokens];
  for (let depth = 0; ; depth++) {
    const next: unknown[] = [];
    for (const token of level) {
      const { value, items, key } = token as { value?: unknown; items?: unknown[]; key?: unknown };
      for (const part of [value, key, ...items ?? []]) if (typeof part === 'object' && part !== null) next.push(part);
    }
    // Each level of the template is two of tokens: the collection, and its item.
    if (next.length === 0) return depth / 2;
    level = next;
  }
}

/** Turns nodes into values, aliases, merge keys and short tags resolved. */
class Converter {
  private values = 0;
  /** An alias stands for the latest node with its anchor. */
  private readonly anchors = new Map<string, Node>();

  constructor(private readonly file: string, private readonly lines: LineCounter) {}

  value(node: unknown, depth: number): unknown {
    this.values += 1;
    if (this.values > MAXIMUM_VALUES) this.fail(node, `its aliases expand to more than ${MAXIMUM_VALUES} values`);
    if (depth > MAXIMUM_DEPTH) this.fail(node, `nested deeper than ${MAXIMUM_DEPTH} levels`);
    if (isAlias(node)) return this.value(this.anchored(node), depth + 1);
    this.remember(node);
    const tag = isScalar(node) || isMap(node) || isSeq(node) ? node.tag : undefined;
    const functionKey = tag === undefined ? undefined : SHORT_TAGS.get(tag);
    if (tag !== undefined && functionKey === undefined && !tag.startsWith('tag:yaml.org,2002:')) this.fail(node, `the tag ${tag} is none of CloudFormation's`);
    const value = this.untagged(node, tag, depth);
    return functionKey === undefined ? value : longForm(functionKey, value);
  }

  private untagged(node: unknown, tag: string | undefined, depth: number): unknown {
    if (isMap(node)) return Object.fromEntries(this.entries(node, depth));
    if (isSeq(node)) return this.members(node, depth);
    if (!isScalar(node)) return null;
    const text = String(node.value ?? '');
    // A short tag's argument is a name or a text, whatever it looks like.
    const plain = node.type === Scalar.PLAIN && (tag === undefined || /^tag:yaml\.org,2002:(?:null|bool|int|float)$/.test(tag));
    return plain ? plainScalar(text) : text;
  }

  private members(node: YAMLSeq, depth: number): unknown[] {
    return node.items.map(item => this.value(item, depth + 1));
  }

  private entries(node: YAMLMap, depth: number): Map<string, unknown> {
    const own = new Map<string, unknown>();
    const merged = new Map<string, unknown>();
    for (const { key: keyNode, value } of node.items) {
      const key = this.key(keyNode);
      if (key === '<<' && isScalar(keyNode) && keyNode.type === Scalar.PLAIN) {
        for (const [name, member] of this.mergedEntries(value, depth)) if (!merged.has(name)) merged.set(name, member);
      } else {
        if (own.has(key)) this.fail(keyNode, `the key ${key} is there twice`);
        own.set(key, this.value(value, depth + 1));
      }
    }
    return new Map([...merged, ...own]);
  }

  /** What is named first comes first; the mapping's own keys come before all. */
  private mergedEntries(node: unknown, depth: number): [string, unknown][] {
    const source = isAlias(node) ? this.anchored(node) : node;
    if (depth > MAXIMUM_DEPTH) this.fail(node, `nested deeper than ${MAXIMUM_DEPTH} levels`);
    if (isMap(source)) return [...this.entries(source, depth + 1)];
    if (isSeq(source)) return source.items.flatMap(item => this.mergedEntries(item, depth + 1));
    return this.fail(node, 'the merge key << takes a mapping, or a list of mappings');
  }

  private key(node: unknown): string {
    this.remember(node);
    const source = isAlias(node) ? this.anchored(node) : node;
    return isScalar(source) ? String(source.value ?? '') : this.fail(node, 'a key must be text');
  }

  private anchored(alias: Alias): Node {
    return this.anchors.get(alias.source) ?? this.fail(alias, `nothing before it has the anchor &${alias.source}`);
  }

  private remember(node: unknown): void {
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor !== undefined) this.anchors.set(anchor, node as Node);
  }

  private fail(node: unknown, problem: string): never {
    throw new TemplateFileError(this.file, problem, lineOfNode(node, this.lines));
  }
}

function lineOf(document: Document, lines: LineCounter, path: readonly string[]): number | undefined {
  let node: unknown = document.contents;
  let line: number | undefined;
  for (const segment of path) {
    if (isAlias(node)) node = node.resolve(document);
    const tagged = (isMap(node) || isSeq(node) || isScalar(node)) && node.tag !== undefined && SHORT_TAGS.get(node.tag) === segment;
    if (tagged) continue;
    const pair: unknown = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === segment) : undefined;
    const next = isPair(pair) ? pair.value : isSeq(node) ? node.items[Number(segment)] : undefined;
    if (next === undefined) break;
    line = lineOfNode(isPair(pair) ? pair.key : next, lines) ?? line;
    node = next;
  }
  return line;
}

function lineOfNode(node: unknown, lines: LineCounter): number | undefined {
  const offset = (node as Node | null)?.range?.[0];
  return offset === undefined ? undefined : lines.linePos(offset).line;
}
