import { readFileSync } from 'fs';
import { format } from 'util';
import * as ts from 'typescript';

/** The names of the tests in a file: as they are written, and of tables whose rows stand there the names that the rows make. */
export function testNames(file: string): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(?:test|it)(?:\.each\b|$)/.test(node.expression.getText(source))) {
      const [title] = node.arguments;
      if (title && ts.isStringLiteralLike(title)) {
        names.add(title.text);
        rowsOf(node.expression).forEach(row => names.add(rowName(title.text, row)));
      }
    }
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  visit(source);
  return names;
}

/** The rows of `test.each([…])`. */
function rowsOf(callee: ts.Expression): ts.Expression[][] {
  const table = ts.isCallExpression(callee) ? callee.arguments[0] : undefined;
  return table && ts.isArrayLiteralExpression(table) ? table.elements.map(row => ts.isArrayLiteralExpression(row) ? [...row.elements] : [row]) : [];
}

/** Jest's own way to name a row; what is no literal stays a placeholder. */
function rowName(title: string, row: ts.Expression[]): string {
  const placeholders = title.match(/%[sdj]/g) ?? [];
  return format(title, ...placeholders.map((placeholder, index) => {
    const value = row[index];
    return value && (ts.isStringLiteralLike(value) || ts.isNumericLiteral(value)) && placeholder !== '%j' ? value.text : placeholder;
  }));
}
