import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { root } from '@/scripts/paths.mjs';
import type { Person } from './people';

// Eileen Collins in front of a flag and a model of the space shuttle: NASA, in the public domain.
const astronaut = readFileSync(join(root, 'tests/support/astronaut.jpg')).toString('base64');

/** What a person in front of a chessboard looks like to the camera of this page from now on. */
export async function givePictureCamera({ page }: Person, height = 180): Promise<void> {
  const picture = `data:image/jpeg;base64,${astronaut}`;
  await page.evaluate(
    async ({ picture, height }) => {
      const person = new Image();
      person.src = picture;
      await person.decode();
      const canvas = document.createElement('canvas');
      canvas.height = height;
      canvas.width = (height * 16) / 9;
      const context = canvas.getContext('2d');
      const square = height / 18;
      let frame = 0;
      setInterval(() => {
        if (!context) return;
        // Something moves, so that every picture is a new one; few of them, because software draws them here.
        frame += 1;
        for (let x = 0; x * square < canvas.width; x += 1)
          for (let y = 0; y * square < height; y += 1) {
            context.fillStyle = (x + y) % 2 ? 'white' : `rgb(20 40 ${60 + (frame % 20)})`;
            context.fillRect(x * square, y * square, square, square);
          }
        context.drawImage(person, (canvas.width - height) / 2, 0, height, height);
      }, 250);
      const devices = navigator.mediaDevices;
      const ask = devices.getUserMedia.bind(devices);
      devices.getUserMedia = async (constraints = {}) =>
        constraints.video ? canvas.captureStream(4) : ask(constraints);
    },
    { picture, height },
  );
}

/** How sharp the chessboard and the person's face are in a video, 0 to 1: the mean difference of neighbours. */
export const sharpness = (video: Locator) =>
  video.evaluate(
    (element) => {
      if (!(element instanceof HTMLVideoElement) || element.videoWidth === 0) return null;
      const [width, height] = [320, 180];
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      if (!context) return null;
      context.drawImage(element, 0, 0, width, height);
      const sharpnessOf = (left: number, top: number, wide: number, high: number) => {
        const { data } = context.getImageData(left, top, wide, high);
        let sum = 0;
        for (let row = 0; row < high; row += 1)
          for (let column = 1; column < wide; column += 1) {
            const at = (row * wide + column) * 4 + 1;
            sum += Math.abs((data[at] ?? 0) - (data[at - 4] ?? 0));
          }
        return sum / (high * (wide - 1)) / 255;
      };
      return { board: sharpnessOf(5, 5, 60, 170), face: sharpnessOf(135, 20, 40, 40) };
      // Pictures are made and read without a graphics card here: the page may be busy with them.
    },
    undefined,
    { timeout: 60_000 },
  );
