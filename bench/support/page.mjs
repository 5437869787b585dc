import { cells, HEAD, NUMERIC } from './table.mjs';

/** The page of benchmarks, in Markdown. */
export function page({ machine, day, quick, results }) {
  return `# Benchmarks

<!-- Written by "npm run bench:page". -->

How fast the local runtime is, beside other programs that do the same work in the same run, one after the other, round by round. Measured on ${day}: ${machine}.
${quick ? '\n**Quick: one short round of each. The figures show that everything runs, not how fast.**\n' : ''}
- Each figure is the median of its rounds. The **ratio** is ours over theirs, taken within each round; **spread** is the least and the greatest of these ratios.
- Processor time for each message comes first: what else a machine does changes it least. Clients run on the same machine and take their share of it, so throughput says less.
- A **goal** is what this project asks of itself. ${quick ? 'A short round says nothing about it.' : 'It says "MISSED" where the median is on the wrong side of it.'}

\`npm run bench -- --install\` installs what is measured beside, \`npm run bench:page\` measures all of it and writes this page, and [bench/](../bench) holds everything that is
run: change it and look.

${results.map(({ suite, about, rows }) => `## ${suite}\n\n${about}\n\n${table(rows)}`).join('\n\n')}
`;
}

function table(rows) {
  const line = texts => `| ${texts.map(text => text.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(HEAD), line(HEAD.map(name => NUMERIC.has(name) ? '--:' : '---')), ...rows.map(row => line(cells(row)))].join('\n');
}
