/**
 * `npm start` and `npm run dev`: from a fresh clone to a community that serves, as one foreground
 * job. Plain JavaScript without packages, because it runs before there are any.
 */
import { claimDataFolder, startApp } from './app-process.mjs';
import { buildApp } from './build.mjs';
import { installDependencies } from './install.mjs';
import { findLivekitBinary } from './livekit-binary.mjs';
import { endLeftoverLivekit, leftoverLivekit, runLivekit } from './livekit-server.mjs';
import { requireAppPort, requireLivekitPorts } from './ports.mjs';
import { runScript, say } from './progress.mjs';
import { endRunningCommand } from './run-command.mjs';
import { readSecrets } from './secrets.mjs';
import { readSettings } from './settings.mjs';
import { addressOf, alreadyRunning, welcome } from './welcome.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('./secrets.mjs').Secrets} Secrets */

const isDev = process.argv.includes('--dev');

async function main() {
  const settings = readSettings(process.env);
  const { dataDir, host, port, livekitPort, ownLivekit, distDir, cacheDir } = settings;
  console.log('');
  const secrets = readSecrets(dataDir);
  const where = { port, address: addressOf(settings) };
  const claim = await claimDataFolder(dataDir, where);
  if (!claim.isMine) {
    console.log(alreadyRunning(claim.holder, dataDir));
    return;
  }
  process.on('exit', claim.release);
  // Everything that can go wrong quickly goes wrong before the slow steps.
  await requireAppPort(port, host);
  const leftover = leftoverLivekit(dataDir);
  if (!ownLivekit && leftover?.port !== livekitPort) await requireLivekitPorts(livekitPort);

  /** @type {Awaited<ReturnType<typeof runLivekit>> | undefined} */
  let livekit;
  /** @type {ReturnType<typeof startApp> | undefined} */
  let app;
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    endRunningCommand();
    // The app first: it still deletes LiveKit's rooms of ended calls.
    await app?.stop();
    await (livekit ? livekit.stop() : endLeftoverLivekit(dataDir));
    process.exit(app ? 0 : 130);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());

  await installDependencies();
  const binary = ownLivekit ? undefined : await findLivekitBinary({ cacheDir, env: process.env });
  if (!isDev) await buildApp({ distDir, env: process.env });
  if (isStopping) return;
  if (binary) livekit = await startLivekit(binary, settings, secrets);
  if (isStopping) return;
  say('App', isDev ? 'starting, with hot reload' : 'starting');
  try {
    // Minutes may have passed. What another program answered there would be taken for the app's own readiness.
    await requireAppPort(port, host);
    app = startApp({
      isDev,
      host,
      port,
      env: appEnvironment(settings, secrets),
      record: (started, pid) => claim.write({ ...where, ...(started && { app: started }) }, pid),
    });
  } catch (error) {
    // One that was taken over may have calls in it, and waits for the next start.
    if (!livekit?.wasAdopted) await livekit?.stop();
    throw error;
  }
  const wasReady = await Promise.race([app.ready.then(() => true), app.ended.then(() => false)]);
  if (wasReady && !isStopping) console.log(welcome(settings));

  const code = await app.ended;
  if (isStopping) return;
  if (wasReady && livekit) {
    livekit.release();
    console.error(
      `\nThe app ended by itself (code ${code}). LiveKit goes on, so that calls survive: npm start takes it over again.`,
    );
  } else {
    await livekit?.stop();
    // Between the look at the port and the app's own use of it another program may have taken it.
    await requireAppPort(port, host);
    console.error(`\nThe app did not start (code ${code}); its own words are above.`);
  }
  process.exit(code);
}

async function startLivekit(
  /** @type {string} */ binary,
  /** @type {Settings} */ settings,
  /** @type {Secrets} */ secrets,
) {
  const livekit = await runLivekit({
    binary,
    dataDir: settings.dataDir,
    port: settings.livekitPort,
    key: secrets.livekitKey,
    secret: secrets.livekitSecret,
    webhookUrl: settings.webhookUrl,
    onChange: (words) => say('LiveKit', words),
  });
  say(
    'LiveKit',
    livekit.wasAdopted ? 'took over the one that was running' : `runs on 127.0.0.1:${settings.livekitPort}`,
  );
  return livekit;
}

/**
 * What the app reads (lib/env.ts).
 * @returns {NodeJS.ProcessEnv}
 */
function appEnvironment(/** @type {Settings} */ settings, /** @type {Secrets} */ secrets) {
  const { port, host, dataDir, ownLivekit, livekitPort } = settings;
  const url = ownLivekit?.url ?? `ws://127.0.0.1:${livekitPort}`;
  return {
    ...process.env,
    NODE_ENV: isDev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(port),
    HOSTNAME: host,
    PARLEY_DATA_DIR: dataDir,
    PARLEY_SECRET: process.env.PARLEY_SECRET || secrets.parleySecret,
    PARLEY_EMBEDDED_LIVEKIT: ownLivekit ? '0' : '1',
    LIVEKIT_URL: url,
    LIVEKIT_PUBLIC_URL: ownLivekit?.publicUrl ?? url,
    LIVEKIT_API_KEY: ownLivekit?.key ?? secrets.livekitKey,
    LIVEKIT_API_SECRET: ownLivekit?.secret ?? secrets.livekitSecret,
  };
}

await runScript(main);
