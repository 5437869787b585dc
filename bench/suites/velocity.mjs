import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { measureInTurn, ratePerCpuSecond } from '../support/processor.mjs';
import { row, rowWithoutYardstick } from '../support/row.mjs';
import { importLocal } from '../support/servers.mjs';
import { temporaryDirectory } from '../support/temporary-directory.mjs';
import { Yardstick } from '../support/yardstick.mjs';

const VELOCITYJS = Yardstick.ofPackages('velocityjs', 'velocityjs@2.1.7');
const APACHE = Yardstick.ofMaven('apache-velocity');
const TEMPLATE_FILE = fileURLToPath(new URL('../workloads/put-item.vtl', import.meta.url));
const TEMPLATE = readFileSync(TEMPLATE_FILE, 'utf8');
const BODY = JSON.stringify({ action: 'chat', type: 'chat', room: 'r-42', text: 'hello "world" its me', tags: ['a', 'b', 'c', 'd', 'e'] });
const CONTEXT = { connectionId: 'abcDEF=', requestId: 'rid-1', requestTimeEpoch: 1795000000000, routeKey: 'chat' };

export default {
  name: 'velocity',
  about: 'A mapping template of thirty lines, rendered for a message; the engines have read the template before, and Java is given the time it needs to become fast.',
  async run({ quick }) {
    const { compileMappingTemplate } = await importLocal('engines/vtl/mapping-template');
    const template = compileMappingTemplate(TEMPLATE);
    const renderOurs = () => template.render({ body: BODY, context: { ...CONTEXT } }).text;
    const time = quick ? { warmup: 0.05, seconds: 0.05 } : { warmup: 1, seconds: 1 };
    const renderPeer = VELOCITYJS.has('node_modules/velocityjs') ? velocityjs() : undefined;
    if (renderPeer && JSON.parse(renderOurs()).Item.tags.L.length !== JSON.parse(renderPeer()).Item.tags.L.length) {
      throw new Error('The engines render different things.');
    }
    const apache = APACHE.has('target/dependency') && spawnSync('java', ['-version']).status === 0
      ? apacheVelocity(JSON.parse(renderOurs()), quick ? time : { warmup: 8, seconds: 2 })
      : undefined;
    const samples = await measureInTurn(quick ? 1 : 7, {
      ours: () => ratePerCpuSecond(renderOurs, time),
      ...(renderPeer && { velocityjs: () => ratePerCpuSecond(renderPeer, time) }),
      ...(apache && { apache }),
    });
    const beside = (yardstick, peer, goal) => {
      const common = { measure: 'a template of 30 lines', unit: 'renders/CPU s', ours: samples.ours, goal };
      return peer
        ? row({ ...common, yardstick: { name: yardstick.name, samples: peer } })
        : rowWithoutYardstick({ ...common, name: yardstick.name, remedy: yardstick.remedy });
    };
    return [beside(VELOCITYJS, samples.velocityjs, { atLeast: 5 }), beside(APACHE, samples.apache)];
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

/** What API Gateway's own engine is made of, as a program that measures itself. */
function apacheVelocity(expected, { warmup, seconds }) {
  const directory = temporaryDirectory();
  const [body, context] = Object.entries({ 'body.json': BODY, 'context.json': JSON.stringify(CONTEXT) }).map(([name, text]) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  });
  return () => {
    const [text, rate] = APACHE.answer('java', ['-XX:+UseSerialGC', '-cp', 'target/dependency/*', 'Measure.java', TEMPLATE_FILE, body, context, String(warmup), String(seconds)]);
    if (!isDeepStrictEqual(JSON.parse(text), expected)) {
      throw new Error(`Apache Velocity renders something else: ${text}`);
    }
    return rate;
  };
}
