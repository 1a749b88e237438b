import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { readJson, writeJson } from '../json-file.mjs';
import { root } from '../paths.mjs';
import { drawRatios } from './chart.mjs';
import { measurements } from './measurements.mjs';

/** @typedef {import('./report.mjs').Line} Line */

const folder = join(root, 'docs/performance');
const page = join(root, 'docs/performance.md');
const [begin, end] = ['<!-- results: written by npm run bench -->', '<!-- end of the results -->'];

/**
 * Keeps an outcome in docs/performance, and writes the table of all kept ones into docs/performance.md with their chart.
 * A void one is not kept: it says something about the machine only.
 * @param {string} name of the measurement
 * @param {Line} line
 */
export function keepLine(name, line) {
  if (line.verdict === 'void') return;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'results.json');
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform}`;
  const kept = { ...readJson(file), [name]: { ...line, machine } };
  const inOrder = Object.keys(measurements).flatMap((one) => (one in kept ? [[one, kept[one]]] : []));
  writeJson(file, Object.fromEntries(inOrder));
  const lines = inOrder.map(([, one]) => one);
  writeFileSync(join(folder, 'ratios.svg'), drawRatios(lines));
  const text = readFileSync(page, 'utf8');
  const [before = ''] = text.split(begin);
  const [, after = ''] = text.split(end);
  writeFileSync(page, `${before}${begin}\n\n${tableOf(lines)}\n\n${end}${after}`);
  // As the checks want them.
  execFileSync(process.execPath, [
    join(root, 'node_modules/@biomejs/biome/bin/biome'),
    'format',
    '--write',
    page,
    file,
  ]);
}

/** @param {(Line & { machine: string })[]} lines */
export function tableOf(lines) {
  const size = (/** @type {number} */ value) => value.toLocaleString('en', { maximumSignificantDigits: 3 });
  const rows = lines.map(
    ({
      title,
      floorIs,
      unit,
      ours,
      floor,
      ratio,
      interval,
      pairs,
      same,
      target,
      verdict,
      at,
      load,
      beside = {},
    }) =>
      [
        [title, ...Object.entries(beside).map(([what, value]) => `${what} ${size(value)} ${unit}`)].join(
          '; ',
        ),
        `${size(ours)} ${unit}`,
        `${size(floor)} ${unit}, ${floorIs}`,
        `**${ratio.toFixed(2)}×**${interval ? ` (${interval.map((edge) => edge.toFixed(2)).join(' to ')})` : ''}`,
        `${target}: ${verdict}`,
        pairs ? `${pairs}, ${same?.toFixed(2)}×` : 'one',
        `${at.slice(0, 16).replace('T', ' ')}, ${load[0]}`,
      ].join(' | '),
  );
  return [
    '| Measured | Ours | Floor | Ratio (95 %) | Target | Pairs, floor to floor | When (UTC), load |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
    '',
    `Machines: ${[...new Set(lines.map(({ machine }) => machine))].join('; ')}.`,
    '',
    '![Each ratio to its floor, beside its target](performance/ratios.svg)',
  ].join('\n');
}
