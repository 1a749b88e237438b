import {
  createDecipheriv,
  createECDH,
  createHmac,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as its device reads it, and as the push service sees it. */
export type Received = {
  /** The subscription that it was sent to. */
  to: string;
  headers: IncomingHttpHeaders;
  /** What the device decrypts. */
  payload: { v: number; kind: string; about: string; ringId: string | null; expiresAt: number };
  /** What the push service sees of it. */
  bytes: number;
};

export type Subscription = { endpoint: string; keys: { p256dh: string; auth: string } };

/** Decides what the service responds; without a return value it has done so itself, or never will. */
type Respond = (to: string, response: ServerResponse) => number | undefined;

/**
 * A push service on loopback (RFC 8030): checks each request's headers and its signature (RFC 8292), and decrypts with the
 * subscription's keys (RFC 8291) by its own means, not by the library that encrypted.
 */
export async function openPushService() {
  const received: Received[] = [];
  const devices = new Map<string, { key: ReturnType<typeof createECDH>; auth: Buffer }>();
  let respond: Respond = () => 201;
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request));
    const to = request.url?.slice(1) ?? '';
    const device = devices.get(to);
    if (!device || request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    checkSignature(request.headers.authorization ?? '', origin);
    const text = decrypt(body, device);
    received.push({ to, headers: request.headers, payload: JSON.parse(text), bytes: body.length });
    const status = respond(to, response);
    if (status !== undefined) response.writeHead(status, { 'content-length': 0 }).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    received,
    close() {
      server.closeAllConnections();
      server.close();
    },
    /** What a browser gets when it subscribes. */
    subscribe(name: string): Subscription {
      const key = createECDH('prime256v1');
      const p256dh = key.generateKeys('base64url');
      const auth = randomBytes(16);
      devices.set(name, { key, auth });
      return { endpoint: `${origin}/${name}`, keys: { p256dh, auth: auth.toString('base64url') } };
    },
    respondWith(next: Respond) {
      respond = next;
    },
    /** What was received since the last time, as `name kind`, in order of the names. */
    take(): string[] {
      return received
        .splice(0)
        .map(({ to, payload }) => `${to} ${payload.kind}`)
        .sort();
    },
  };
}

/** @throws when the request is not signed for this service by the key that it names */
function checkSignature(authorization: string, audience: string): void {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  const said: { aud: string; sub: string } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  if (!isSigned || said.aud !== audience || !said.sub) throw new Error(`not signed for ${audience}`);
}

/** RFC 8188 with the key of RFC 8291: one record. */
function decrypt(body: Buffer, { key, auth }: { key: ReturnType<typeof createECDH>; auth: Buffer }): string {
  const salt = body.subarray(0, 16);
  const theirLength = body.readUInt8(20);
  const theirs = body.subarray(21, 21 + theirLength);
  const record = body.subarray(21 + theirLength);
  const secret = key.computeSecret(theirs);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), key.getPublicKey(), theirs]);
  const shared = createHmac('sha256', createHmac('sha256', auth).update(secret).digest())
    .update(Buffer.concat([info, Buffer.from([1])]))
    .digest();
  const derive = (what: string, length: number) =>
    Buffer.from(hkdfSync('sha256', shared, salt, `Content-Encoding: ${what}\0`, length));
  const cipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  cipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString();
}
