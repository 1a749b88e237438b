import { createServer } from 'node:http';
import { makeStarts } from './floor-starts.mjs';

/** The two requests of a call that is cancelled, on bare node. */
const { start, cancel } = makeStarts();

createServer(async (request, response) => {
  let text = '';
  for await (const piece of request) text += piece;
  const answer =
    request.url === '/start'
      ? await start()
      : request.url === '/cancel'
        ? await cancel(JSON.parse(text).id)
        : { ready: true };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer));
}).listen(Number(process.env.PORT), '127.0.0.1');
