import { readFileSync } from 'node:fs';
import { measureInTurn, ratePerCpuSecond } from '../support/processor.mjs';
import { row, rowWithoutYardstick } from '../support/row.mjs';
import { importLocal } from '../support/servers.mjs';
import { Yardstick } from '../support/yardstick.mjs';

const VELOCITYJS = Yardstick.ofPackages('velocityjs', 'velocityjs@2.1.7');
const TEMPLATE = readFileSync(new URL('../workloads/put-item.vtl', import.meta.url), 'utf8');
const BODY = JSON.stringify({ action: 'chat', type: 'chat', room: 'r-42', text: 'hello "world" its me', tags: ['a', 'b', 'c', 'd', 'e'] });
const CONTEXT = { connectionId: 'abcDEF=', requestId: 'rid-1', requestTimeEpoch: 1795000000000, routeKey: 'chat' };

/** A mapping template of thirty lines, rendered for a message; both engines have read the template before. */
export default {
  name: 'velocity',
  async run({ quick }) {
    const { compileMappingTemplate } = await importLocal('engines/vtl/mapping-template');
    const template = compileMappingTemplate(TEMPLATE);
    const renderOurs = () => template.render({ body: BODY, context: { ...CONTEXT } }).text;
    const time = quick ? { warmup: 0.05, seconds: 0.05 } : { warmup: 1, seconds: 1 };
    const compare = VELOCITYJS.has('node_modules/velocityjs');
    const renderPeer = compare ? velocityjs() : undefined;
    if (compare && JSON.parse(renderOurs()).Item.tags.L.length !== JSON.parse(renderPeer()).Item.tags.L.length) {
      throw new Error('The engines render different things.');
    }
    const { ours, peer } = await measureInTurn(quick ? 1 : 7, {
      ours: () => ratePerCpuSecond(renderOurs, time),
      ...(compare && { peer: () => ratePerCpuSecond(renderPeer, time) }),
    });
    const common = { measure: 'a template of 30 lines', unit: 'renders/CPU s', ours, goal: { atLeast: 5 } };
    return [compare
      ? row({ ...common, yardstick: { name: VELOCITYJS.name, samples: peer } })
      : rowWithoutYardstick({ ...common, name: VELOCITYJS.name, remedy: VELOCITYJS.remedy })];
  },
};

/** It brings the language alone: API Gateway's variables are made for it here. */
function velocityjs() {
  const { Compile, parse } = VELOCITYJS.require('velocityjs');
  const tree = parse(TEMPLATE);
  const escapeJavaScript = text => String(text).replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n').replace(/'/g, "\\'");
  return () => {
    const body = JSON.parse(BODY);
    const path = expression => expression === '$' ? body : body[expression.slice(2)];
    return new Compile(tree).render({
      context: { ...CONTEXT },
      input: { path, json: expression => JSON.stringify(path(expression)), body: BODY },
      util: { escapeJavaScript },
      stageVariables: {},
    });
  };
}
