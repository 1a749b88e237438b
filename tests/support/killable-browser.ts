import { type Browser, chromium } from '@playwright/test';
import { grantedArgs, headlessChromiumPath } from './chromium';

/** A browser of its own whose processes can be killed, so that no connection is closed. */
export async function startKillableBrowser(): Promise<{
  browser: Browser;
  kill: () => Promise<void>;
  pid: number;
}> {
  const server = await chromium.launchServer({
    args: grantedArgs,
    ...(headlessChromiumPath && { executablePath: headlessChromiumPath }),
  });
  const browser = await chromium.connect(server.wsEndpoint());
  const pid = server.process().pid;
  if (pid === undefined) throw new Error('the browser has no process');
  return { browser, pid, kill: () => server.kill() };
}
