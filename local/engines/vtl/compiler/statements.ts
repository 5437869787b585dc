/** Blocks of statements to closures. */

import { Compilation, Render, Test } from './compilation';
import { compileDirective } from './directives';
import { compileCondition, compileExpression } from './expressions';
import { observed } from './observed-statement';
import { compileAssignment, compileReferenceOutput } from './references';
import { countWork } from '../runtime/work';
import { BlockNode, Statement } from '../syntax/nodes';

const STATEMENT_WORK = 16;

/** Compiles a block. */
export function compileBlock(block: BlockNode, compilation: Compilation): Render {
  const parts = joinTexts(block.statements).map((statement) => compileStatement(statement, compilation));
  switch (parts.length) {
    case 0: return () => undefined;
    case 1: return parts[0];
    case 2: {
      const [first, second] = parts;
      return (scope, output) => {
        first(scope, output);
        second(scope, output);
      };
    }
    default: return (scope, output) => {
      countWork(parts.length * STATEMENT_WORK);
      for (const part of parts) part(scope, output);
    };
  }
}

/** The parser makes several texts of one where comments or signs are in it. */
function joinTexts(statements: readonly Statement[]): Statement[] {
  const joined: Statement[] = [];
  for (const statement of statements) {
    const last = joined[joined.length - 1];
    if (statement.kind === 'text' && statement.text === '') continue;
    if (statement.kind === 'text' && last?.kind === 'text') {
      joined[joined.length - 1] = { kind: 'text', text: last.text + statement.text };
    } else {
      joined.push(statement);
    }
  }
  return joined;
}

function compileStatement(statement: Statement, compilation: Compilation): Render {
  const render = compilePlainStatement(statement, compilation);
  return compilation.observer ? observed(statement, render, compilation.observer, compilation) : render;
}

function compilePlainStatement(statement: Statement, compilation: Compilation): Render {
  switch (statement.kind) {
    case 'text': {
      const { text } = statement;
      return (_, output) => output.write(text);
    }
    case 'reference': return compileReferenceOutput(statement, compilation, compileExpression);
    case 'directive': return compileDirective(statement, compilation, compileBlock);
    case 'set': return compileSet(statement, compilation);
    case 'if': return compileIf(statement, compilation);
  }
}

/** What has no value is not assigned: the variable keeps the one it had. */
function compileSet({ target, value }: Extract<Statement, { kind: 'set' }>, compilation: Compilation): Render {
  const evaluate = compileExpression(value, compilation);
  const assign = compileAssignment(target, compilation, compileExpression);
  return (scope) => {
    const result = evaluate(scope);
    if (result !== null && result !== undefined) assign(scope, result);
  };
}

function compileIf({ branches, otherwise }: Extract<Statement, { kind: 'if' }>, compilation: Compilation): Render {
  const tests: Test[] = branches.map(({ condition }) => compileCondition(condition, compilation));
  const bodies: Render[] = branches.map(({ body }) => compileBlock(body, compilation));
  const alternative = otherwise && compileBlock(otherwise, compilation);
  return (scope, output) => {
    for (let index = 0; index < tests.length; index++) {
      if (tests[index](scope)) {
        bodies[index](scope, output);
        return;
      }
    }
    alternative?.(scope, output);
  };
}
