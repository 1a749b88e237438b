import 'server-only';
import { z } from 'zod';
import { de } from 'zod/locales';
import type { Translate } from '@/languages/translator';
import { AppError } from '@/lib/errors';

/** zod's own sentences in the languages that are not English. */
const inOtherLanguages: Record<string, z.core.$ZodErrorMap> = { de: de().localeError };

/** Sentences that the protocol gives its fields, where people can read them. */
const ownSentences = {
  'a name is needed': 'server.fieldName',
  'write something first': 'server.fieldText',
  'a title is needed': 'server.fieldTitle',
  '2 to 32 letters, digits, dots, dashes or underscores': 'server.fieldUsername',
} as const;
const isOwn = (text: string): text is keyof typeof ownSentences => text in ownSentences;

/**
 * Returns what a schema makes of the input.
 *
 * @throws {AppError} invalid_input — with what zod found as one sentence with the fields' names, and as data
 */
export function parseInput<S extends z.core.$ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = z.safeParse(schema, input);
  if (parsed.success) return parsed.data;
  const sentence = (t: Translate) => {
    const error = inOtherLanguages[t.locale.slice(0, 2)];
    const found = error ? (z.safeParse(schema, input, { error }).error ?? parsed.error) : parsed.error;
    return fieldsOf(found)
      .map(({ field, problem }) => `${field}: ${isOwn(problem) ? t(ownSentences[problem]) : problem}`)
      .join('; ');
  };
  throw new AppError('invalid_input', sentence, { fields: fieldsOf(parsed.error) });
}

const fieldsOf = (error: z.core.$ZodError) =>
  error.issues.map((issue) => ({ field: issue.path.join('.') || 'body', problem: issue.message }));
