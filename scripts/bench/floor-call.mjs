import { createServer } from 'node:http';
import { makeStarts } from './floor-starts.mjs';

/** The least that rings: a page with a button, a request that makes a room and a row, an event, a line that is shown. */
const page = `<!doctype html><title>Floor</title><button>Call</button><p></p><script>
  const as = new URLSearchParams(location.search).get('as');
  const shown = document.querySelector('p');
  new EventSource('/events?as=' + as).onmessage = ({ data }) => {
    shown.innerHTML = '<span role="alertdialog">' + data + ' is calling</span>';
  };
  window.clear = () => shown.replaceChildren();
  document.querySelector('button').onclick = () => fetch('/call?to=callee', { method: 'POST' });
</script>`;
const { start } = makeStarts();
const streams = new Map();

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://floor');
  if (pathname === '/') return response.setHeader('content-type', 'text/html').end(page);
  if (pathname === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.write('retry: 1000\n\n');
    return streams.set(searchParams.get('as'), response);
  }
  if (pathname === '/call') {
    await start();
    streams.get(searchParams.get('to')).write('data: caller\n\n');
  }
  response.end('{"ready":true}');
}).listen(Number(process.env.PORT), '127.0.0.1');
