import { createServer } from 'node:http';
import { makeStarts } from './floor-starts.mjs';

/** The least that serves event streams: a set of responses, and a write to one, to some or to all of them. */
const streams = new Map();
const starts = makeStarts();

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://floor');
  if (pathname === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.write('retry: 1000\n\n');
    streams.set(searchParams.get('as'), response);
    request.on('close', () => streams.delete(searchParams.get('as')));
    return;
  }
  let text = '';
  for await (const piece of request) text += piece;
  if (pathname === '/ring') await starts.start();
  if (pathname === '/to') streams.get(searchParams.get('as')).write(`event: message\ndata: ${text}\n\n`);
  if (pathname === '/all' || pathname === '/ring')
    for (const stream of streams.values()) stream.write(`event: message\ndata: ${text}\n\n`);
  response.setHeader('content-type', 'application/json');
  response.end('{"ready":true}');
}).listen(Number(process.env.PORT), '127.0.0.1');
