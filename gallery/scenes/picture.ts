import type { VideoSource } from '@parley/call-kit';

const streams = new Map<string, MediaStream>();

/** A camera or a screen that was drawn: each has its own colour, a frame at its very edge and its name. */
export function picture(name: string, width = 1280, height = 720): VideoSource {
  const stream = () => {
    const known = streams.get(name);
    if (known) return known;
    const made = draw(name, width, height).captureStream(2);
    streams.set(name, made);
    return made;
  };
  return {
    id: name,
    isMirrored: false,
    attach: (element) => {
      element.srcObject = stream();
    },
    detach: (element) => {
      element.srcObject = null;
    },
  };
}

function draw(name: string, width: number, height: number): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws nothing');
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  const unit = Math.min(width, height);
  const paint = () => {
    context.fillStyle = `hsl(${hue} 24% 46%)`;
    context.fillRect(0, 0, width, height);
    context.fillStyle = `hsl(${hue} 28% 24%)`;
    context.beginPath();
    context.ellipse(width / 2, height, unit * 0.34, unit * 0.36, 0, 0, 7);
    context.ellipse(width / 2, height * 0.47, unit * 0.15, unit * 0.19, 0, 0, 7);
    context.fill();
    context.strokeStyle = `hsl(${hue} 60% 82%)`;
    context.lineWidth = unit * 0.02;
    context.strokeRect(0, 0, width, height);
  };
  paint();
  // A canvas that stands still sends no frames to those who come later.
  setInterval(paint, 400);
  return canvas;
}

/** A shared screen with lines to read. */
export function sharedScreen(name: string, width = 1920, height = 1200): VideoSource {
  const source = picture(`screen of ${name}`, width, height);
  return source;
}
