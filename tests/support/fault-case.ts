import { appendFileSync } from 'node:fs';

/**
 * One case of docs/cases.md, or `P1` for its first promise: says what is done to whom, and notes what was measured for the table that
 * `npm run test:faults` prints (scripts/test-faults.mjs reads the file named by FAULTS_TABLE).
 */
export type FaultCase = {
  /** Logs one deed with the time of the machine's clock: what was done, and to whom. */
  did(what: string): void;
  /** Notes a measurement and throws when it exceeds its bound. */
  within(what: string, boundMs: number, measuredMs: number): void;
  /** The same for counts of any unit. */
  atMost(what: string, bound: number, measured: number, unit: string): void;
};

export function faultCase(number: number | `P${number}`): FaultCase {
  const label = String(number).padStart(2, '0');
  function note(what: string, bound: number, measured: number, unit: string) {
    const rounded = unit === 'ms' ? Math.round(measured) : measured;
    const isMet = measured <= bound;
    console.log(
      `case ${label}: ${what}: ${rounded} ${unit}, bound ${bound} ${unit}${isMet ? '' : ' MISSED'}`,
    );
    const file = process.env.FAULTS_TABLE;
    if (file)
      appendFileSync(file, `${JSON.stringify({ label, what, bound, measured: rounded, unit, isMet })}\n`);
    if (!isMet) throw new Error(`${what}: ${rounded} ${unit}, and the bound is ${bound} ${unit}`);
  }
  return {
    did: (what) => console.log(`case ${label} ${new Date().toISOString()} ${what}`),
    within: (what, boundMs, measuredMs) => note(what, boundMs, measuredMs, 'ms'),
    atMost: note,
  };
}
