import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * The configuration of the embedded LiveKit server: livekit.yaml with what binds it to this machine.
 * Keys are not in it; they go through the environment, so that the file holds no secret.
 * @param {{ port: number, key: string, webhookUrl: string, rtc?: Record<string, unknown>, redisAddress?: string }} options
 *   `rtc`: what is different in LiveKit's settings of that name; `redisAddress`: what it shares with other nodes
 * @returns {Promise<string>} YAML
 */
export async function loopbackConfig({ port, key, webhookUrl, rtc = {}, redisAddress }) {
  // Loaded late: this module is imported before the dependencies are installed.
  const { parse, stringify } = await import('yaml');
  const {
    keys: _notOurs,
    turn: _notHere,
    ...selfHosted
  } = parse(readFileSync(join(root, 'livekit.yaml'), 'utf8'));
  return stringify({
    ...selfHosted,
    port,
    bind_addresses: ['127.0.0.1'],
    rtc: {
      use_external_ip: false,
      node_ip: '127.0.0.1',
      enable_loopback_candidate: true,
      interfaces: { includes: ['lo', 'lo0'] },
      tcp_port: port + 1,
      udp_port: port + 2,
      // No server listens there, and none is needed: the entry keeps browsers from asking third parties.
      stun_servers: [`127.0.0.1:${port + 2}`],
      ...rtc,
    },
    webhook: { api_key: key, urls: [webhookUrl] },
    ...(redisAddress && { redis: { address: redisAddress } }),
  });
}
