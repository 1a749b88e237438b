/**
 * Preloaded with `--import` into Parley's processes: sharp does not load here, as SHARP_FAULT says.
 * - `old-processor`: its binary says that the processor lacks x86-64-v2, and sharp refuses it by itself
 * - `no-binary`: npm left out the optional package with the binary for this platform
 * - `no-package`: npm left out sharp
 */
import { registerHooks } from 'node:module';

const fault = process.env.SHARP_FAULT;

if (fault === 'old-processor') {
  const load = process.dlopen;
  process.dlopen = (/** @type {{ exports: Record<string, unknown> }} */ module, file, ...flags) => {
    load.call(process, module, file, ...flags);
    if ('_isUsingX64V2' in module.exports) module.exports._isUsingX64V2 = () => false;
  };
} else {
  const missing = fault === 'no-package' ? /^sharp(-\w+)?$/ : /^@img\/sharp-/;
  registerHooks({
    resolve(specifier, context, next) {
      if (!missing.test(specifier)) return next(specifier, context);
      throw Object.assign(new Error(`Cannot find package '${specifier}'`), { code: 'MODULE_NOT_FOUND' });
    },
  });
}
