import { useConnection } from '@parley/call-kit';
import { protocolVersion, streamEventSchema } from '@parley/call-protocol';
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { renderKit } from './support/kit';
import { incomingView, snapshot } from './support/views';

afterEach(cleanup);

function Newer() {
  return <p>{String(useConnection().isServerNewer)}</p>;
}

test('a newer server is understood, and known to be newer', async () => {
  const kit = renderKit(<Newer />);
  const said = { ...snapshot([incomingView()]), protocolVersion: protocolVersion + 1, weather: 'fine' };
  const event = streamEventSchema.parse({ type: 'snapshot', data: said });
  await kit.say(event);
  expect(screen.getByRole('paragraph').textContent).toBe('true');
  expect(kit.events.map(({ type }) => type)).toEqual(['ringing']);
});

test.each([protocolVersion, undefined])('version %s is not newer', async (version) => {
  const kit = renderKit(<Newer />);
  await kit.say({ type: 'snapshot', data: snapshot([], { protocolVersion: version }) });
  expect(screen.getByRole('paragraph').textContent).toBe('false');
});
