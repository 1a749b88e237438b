/** @typedef {import('./report.mjs').Line} Line */

const [width, rowHeight, left, right] = [760, 34, 330, 70];
/** From a tenth of the floor to ten times it: equal factors are equally wide. */
const [low, high] = [0.1, 10];
const escaped = (/** @type {string} */ text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/**
 * Draws a bar for each ratio from 1×, its 95 % interval and its target, on a logarithmic scale; legible on light and dark.
 * @param {readonly Line[]} lines
 * @returns {string} an SVG file
 */
export function drawRatios(lines) {
  const x = (/** @type {number} */ ratio) => {
    const share = Math.log(Math.min(high, Math.max(low, ratio)) / low) / Math.log(high / low);
    return left + share * (width - left - right);
  };
  const height = 40 + lines.length * rowHeight;
  const grid = [0.1, 0.3, 1, 3, 10].map(
    (ratio) => `<line class="grid" x1="${x(ratio)}" x2="${x(ratio)}" y1="24" y2="${height - 8}"/>
  <text class="small" x="${x(ratio)}" y="16" text-anchor="middle">${ratio}×</text>`,
  );
  const rows = lines.map((line, at) => {
    const middle = 24 + rowHeight * (at + 0.5);
    const [from, to] = [x(1), x(line.ratio)].sort((a, b) => a - b);
    // A target in milliseconds alone is no ratio.
    const factor = /([\d.]+)×/.exec(line.target)?.[1];
    const target = factor && x(Number(factor));
    const edges = line.interval?.map(x);
    return `<text x="${left - 12}" y="${middle + 4}" text-anchor="end">${escaped(line.title)}</text>
  <rect class="${line.verdict === 'met' ? 'met' : 'missed'}" x="${from}" y="${middle - 8}" width="${Math.max(1, (to ?? 0) - (from ?? 0))}" height="16" rx="2"/>
  ${edges ? `<line class="edge" x1="${edges[0]}" x2="${edges[1]}" y1="${middle}" y2="${middle}"/>` : ''}
  ${target ? `<line class="target" x1="${target}" x2="${target}" y1="${middle - 12}" y2="${middle + 12}"/>` : ''}
  <text class="small" x="${width - right + 10}" y="${middle + 4}">${line.ratio.toFixed(2)}×</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Ratios to the floors">
  <style>
    text { font: 12px system-ui, sans-serif; fill: #1f2328 } .small { font-size: 11px; fill: #59636e }
    .grid { stroke: #d1d9e0 } .met { fill: #2da44e } .missed { fill: #d4761a }
    .edge { stroke: #1f2328; stroke-width: 2 } .target { stroke: #1f2328; stroke-width: 2; stroke-dasharray: 3 2 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .small { fill: #9198a1 } .grid { stroke: #3d444d }
      .edge, .target { stroke: #e6edf3 }
    }
  </style>
  ${[...grid, ...rows].join('\n  ')}
</svg>
`;
}
