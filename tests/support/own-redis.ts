import { onTestFinished } from 'vitest';
import { findProgram } from '@/scripts/server-programs.mjs';
import { type RedisProcess, startRedisProcess } from './redis-process';

/** Undefined where this machine has no Redis; then tests that need it are skipped, with this sentence. */
export const redisBinary = findProgram('Redis', process.env);
export const withoutRedis = 'there is no redis-server on this machine (REDIS_SERVER_BIN)';

/** A Redis server of this test's own, which keeps nothing. */
export async function startRedis(): Promise<RedisProcess> {
  const redis = await startRedisProcess(redisBinary ?? '');
  onTestFinished(() => redis.close());
  return redis;
}
