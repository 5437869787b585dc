import { Command } from 'commander';
import { readJson, readText, tell } from './files';
import { answerLines } from './jsonl';
import { compileTemplate } from '../../engines/vtl';
import { compileMappingTemplate } from '../../engines/vtl/mapping-template';

interface RenderOptions {
  readonly template?: string;
  readonly body?: string;
  readonly context?: string;
  readonly jsonl?: boolean;
}

interface RenderRequest {
  readonly template: string;
  /** `plain` is Apache's own Velocity, anything else API Gateway's. */
  readonly mode?: string;
  readonly vars?: {
    readonly input?: { readonly body?: unknown; readonly params?: object };
    readonly context?: Record<string, unknown>;
    readonly stageVariables?: Record<string, string>;
    readonly [variable: string]: unknown;
  };
}

/** `lambdaless render`: what does this mapping template make of this message? */
export function addRenderCommand(program: Command): void {
  program.command('render').description('render a mapping template of API Gateway')
    .option('--template <file>', 'the template')
    .option('--body <file>', 'the payload')
    .option('--context <file>', 'the members of $context, as JSON')
    .option('--jsonl', 'answer requests {id, template, vars} on standard input, one a line')
    .action(async (options: RenderOptions) => {
      if (options.jsonl) {
        return answerLines(render);
      }
      const body = options.body === undefined ? '' : readText('--body', options.body);
      const context = options.context === undefined ? {} : readJson('--context', options.context);
      return tell(() => render({ template: readText('--template', options.template), vars: { input: { body }, context } }).result);
    });
}

function render({ template, mode, vars = {} }: RenderRequest): { result: string; context?: Readonly<Record<string, unknown>> } {
  if (mode === 'plain') {
    return { result: compileTemplate(template).render(vars) };
  }
  const { input = {}, context = {}, stageVariables, ...variables } = vars;
  const body = typeof input.body === 'string' ? input.body : JSON.stringify(input.body ?? undefined) ?? '';
  const rendered = compileMappingTemplate(template).render({ body, params: input.params, context, stageVariables, variables });
  return { result: rendered.text, context: rendered.context };
}
