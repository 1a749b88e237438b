import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { root } from '@/scripts/paths.mjs';
import type { Person } from './people';

// Eileen Collins in front of a flag and a model of the space shuttle: NASA, in the public domain.
const astronaut = readFileSync(join(root, 'tests/support/astronaut.jpg')).toString('base64');

/**
 * What a person in front of a chessboard looks like to the cameras of this page from now on: a front camera, where
 * the board is blue, and a back camera, where it is red.
 */
export async function givePictureCamera({ page }: Person, height = 90): Promise<void> {
  const picture = `data:image/jpeg;base64,${astronaut}`;
  await page.evaluate(
    async ({ picture, height }) => {
      const person = new Image();
      person.src = picture;
      await person.decode();
      const square = height / 18;
      const cameras = [
        { label: 'Front camera', facingMode: 'user', dark: (shade: number) => `rgb(20 40 ${60 + shade})` },
        {
          label: 'Back camera',
          facingMode: 'environment',
          dark: (shade: number) => `rgb(${130 + shade} 40 20)`,
        },
      ].map((camera) => {
        const canvas = document.createElement('canvas');
        canvas.height = height;
        canvas.width = (height * 16) / 9;
        return { ...camera, canvas, context: canvas.getContext('2d') };
      });
      let frame = 0;
      setInterval(() => {
        // Something moves, so that every picture is a new one; few of them, because software draws them here.
        frame += 1;
        for (const { canvas, context, dark } of cameras) {
          if (!context) continue;
          for (let x = 0; x * square < canvas.width; x += 1)
            for (let y = 0; y * square < height; y += 1) {
              context.fillStyle = (x + y) % 2 ? 'white' : dark(frame % 20);
              context.fillRect(x * square, y * square, square, square);
            }
          context.drawImage(person, (canvas.width - height) / 2, 0, height, height);
        }
      }, 250);
      const devices = navigator.mediaDevices;
      const ask = devices.getUserMedia.bind(devices);
      const list = devices.enumerateDevices.bind(devices);
      devices.enumerateDevices = async () => {
        const others = (await list()).filter(({ kind }) => kind !== 'videoinput');
        const own = cameras.map(({ label }) => {
          const info = { kind: 'videoinput' as const, label, deviceId: label, groupId: label };
          return { ...info, toJSON: () => info };
        });
        return [...others, ...own];
      };
      devices.getUserMedia = async (constraints = {}) => {
        if (!constraints.video) return ask(constraints);
        // As browsers weigh what is asked for (Media Capture and Streams, fitness distance).
        const { deviceId, facingMode } = constraints.video === true ? {} : constraints.video;
        const misses = (own: string, wish: ConstrainDOMString | undefined) =>
          Number(wish !== undefined && !JSON.stringify(wish).includes(own));
        const distance = (camera: (typeof cameras)[number]) =>
          misses(camera.label, deviceId) + misses(camera.facingMode, facingMode);
        const [camera] = cameras.toSorted((one, other) => distance(one) - distance(other));
        const stream = camera?.canvas.captureStream(4) ?? new MediaStream();
        for (const track of stream.getVideoTracks()) {
          const settings = track.getSettings.bind(track);
          track.getSettings = () => ({
            ...settings(),
            ...(camera && { facingMode: camera.facingMode, deviceId: camera.label }),
          });
        }
        return stream;
      };
    },
    { picture, height },
  );
}

/** What a picture shows: how sharp the chessboard and the person's face are, 0 to 1, and how red the board is. */
export type Look = { board: number; face: number; tint: number };

/** Runs inside the page, so it must use nothing from outside itself. */
function defineLookOf() {
  const [width, height] = [320, 180];
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  const lookOf = (image: CanvasImageSource): Look | null => {
    if (!context) return null;
    context.drawImage(image, 0, 0, width, height);
    /** Sharpness is the mean difference of neighbours; the tint red without blue. */
    const measure = (left: number, top: number, wide: number, high: number) => {
      const { data } = context.getImageData(left, top, wide, high);
      let [sharpness, tint] = [0, 0];
      for (let row = 0; row < high; row += 1)
        for (let column = 1; column < wide; column += 1) {
          const at = (row * wide + column) * 4;
          sharpness += Math.abs((data[at + 1] ?? 0) - (data[at - 3] ?? 0));
          tint += (data[at] ?? 0) - (data[at + 2] ?? 0);
        }
      const scale = high * (wide - 1) * 255;
      return { sharpness: sharpness / scale, tint: tint / scale };
    };
    const board = measure(5, 5, 60, 170);
    return { board: board.sharpness, tint: board.tint, face: measure(135, 20, 40, 40).sharpness };
  };
  Object.assign(globalThis, { lookOf });
}

/** What a video shows now. */
export async function lookAt(video: Locator): Promise<Look | null> {
  await video.page().evaluate(defineLookOf);
  return video.evaluate(
    (element) => {
      if (!(element instanceof HTMLVideoElement) || element.videoWidth === 0) return null;
      return (Reflect.get(globalThis, 'lookOf') as (image: CanvasImageSource) => Look | null)(element);
    },
    undefined,
    // Pictures are made and read without a graphics card here: the page may be busy with them.
    { timeout: 60_000 },
  );
}

/**
 * Looks at every picture that arrives in the calls of this page; to be called before they begin.
 *
 * @returns forgets what was seen so far, and returns it
 */
export async function watchPictures({ page }: Person): Promise<() => Promise<readonly Look[]>> {
  await page.evaluate(defineLookOf);
  await page.evaluate(() => {
    const lookOf = Reflect.get(globalThis, 'lookOf') as (image: CanvasImageSource) => Look | null;
    const pictures: (Look | null)[] = [];
    Object.assign(globalThis, { pictures });
    // TypeScript's library does not have it.
    const Processor = Reflect.get(globalThis, 'MediaStreamTrackProcessor') as new (init: {
      track: MediaStreamTrack;
    }) => { readable: ReadableStream<VideoFrame> };
    const watch = (track: MediaStreamTrack) =>
      void new Processor({ track }).readable
        .pipeTo(
          new WritableStream({
            write(frame) {
              pictures.push(lookOf(frame));
              frame.close();
            },
          }),
        )
        .catch(() => {});
    const Connection = RTCPeerConnection;
    Reflect.set(
      globalThis,
      'RTCPeerConnection',
      class extends Connection {
        constructor(configuration?: RTCConfiguration) {
          super(configuration);
          this.addEventListener('track', ({ track }) => {
            if (track.kind === 'video') watch(track);
          });
        }
      },
    );
  });
  return async () =>
    (await page.evaluate(() => (Reflect.get(globalThis, 'pictures') as (Look | null)[]).splice(0))).filter(
      (look) => look !== null,
    );
}

/**
 * Notes what every video track is that this page hands over to be sent: a filter's, or that of a camera itself.
 *
 * @returns forgets what was noted so far, and returns it
 */
export async function watchSent({ page }: Person): Promise<() => Promise<readonly ('filter' | 'camera')[]>> {
  await page.evaluate(() => {
    const sent: ('filter' | 'camera')[] = [];
    Object.assign(globalThis, { sent });
    const Generator = Reflect.get(globalThis, 'MediaStreamTrackGenerator') as typeof MediaStreamTrack;
    const note = (track: unknown) => {
      if (track instanceof MediaStreamTrack && track.kind === 'video')
        sent.push(track instanceof Generator ? 'filter' : 'camera');
    };
    const [sender, connection] = [RTCRtpSender.prototype, RTCPeerConnection.prototype];
    const { replaceTrack } = sender;
    sender.replaceTrack = function (track) {
      note(track);
      return replaceTrack.call(this, track);
    };
    const { addTransceiver, addTrack } = connection;
    connection.addTransceiver = function (track, init) {
      note(track);
      return addTransceiver.call(this, track, init);
    };
    connection.addTrack = function (track, ...streams) {
      note(track);
      return addTrack.call(this, track, ...streams);
    };
  });
  return () => page.evaluate(() => (Reflect.get(globalThis, 'sent') as ('filter' | 'camera')[]).splice(0));
}
