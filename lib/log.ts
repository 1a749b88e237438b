import 'server-only';
import pino, { type Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/**
 * Structured lines on standard output. Tokens, cookies, passwords and message texts are redacted even when
 * code passes them by mistake.
 */
export function makeLog(level: string): Log {
  const secret = [
    'token',
    'password',
    'cookie',
    'authorization',
    'secret',
    'text',
    'body',
    'currentPassword',
    'newPassword',
  ];
  return pino({
    level,
    base: null,
    redact: { paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[cut]' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
