/**
 * Whether this browser can blur the background of a camera: Chromium's track processors and WebGL 2. How fast it is
 * shows with the first pictures (blur-speed.ts).
 */
export function canBlur(): boolean {
  const needed = ['MediaStreamTrackProcessor', 'MediaStreamTrackGenerator', 'OffscreenCanvas', 'VideoFrame'];
  if (needed.some((name) => !(name in globalThis))) return false;
  hasWebGl ??= new OffscreenCanvas(1, 1).getContext('webgl2') !== null;
  return hasWebGl;
}

let hasWebGl: boolean | undefined;
