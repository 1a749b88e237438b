/** Next calls this once per process before the first request. It is also compiled for edge, hence the check. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces exactly this expression when it compiles
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { boot } = await import('./instrumentation-node');
    await boot();
  }
}
