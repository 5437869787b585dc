import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTemplate, TemplateResolver } from '../../../../../local/kernel/template';
import { ENVIRONMENT, EVERYTHING } from '../helpers';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'template-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function write(name: string, text: string = 'Resources: {}'): string {
  const file = join(directory, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}

test.each([
  ['shop/template.yaml', 'shop'],
  ['my_shop 2/packaged.yml', 'my-shop-2'],
  ['stacks/chat.template.json', 'chat-template'],
  ['01-orders.yaml', 'orders'],
  ['été.yaml', 't'],
  ['123.yaml', 'Stack'],
])('the stack of %s is called %s', (file, name) => {
  expect(loadTemplate(write(file))).toMatchObject({ name, id: name, constructPath: name });
});

test('the stack is called as one says', () => {
  expect(loadTemplate(write('template.yaml'), 'Shop').name).toBe('Shop');
});

test('a mark of the byte order is no part of the template', () => {
  expect(loadTemplate(write('t.yaml', '\uFEFFResources: {}')).template).toEqual({ Resources: {} });
});

test.each([
  ['nowhere.yaml', 'no such file'],
  ['.', 'a directory, and no template'],
])('%s is refused', (name, problem) => {
  expect(() => loadTemplate(join(directory, name))).toThrow(`${join(directory, name)}: ${problem}`);
});

test('an error names the file, the line, the resource and the path', () => {
  const file = write('shop.yaml', 'Resources:\n  Table:\n    Type: A::B::C\n    Properties:\n      Name: x\n      Key: !Ref Nowhere\n');
  const resolver = new TemplateResolver(loadTemplate(file), ENVIRONMENT);
  expect(() => resolver.properties('Table', EVERYTHING)).toThrow(
    `${file}:6: Stack shop, resource Table, Properties.Key.Ref: Template format error: Unresolved resource dependencies [Nowhere] in the Resources block of the template`,
  );
});
