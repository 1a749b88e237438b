import { defineConfig } from 'drizzle-kit';

/** Which of the two databases; scripts/make-migrations.mjs runs the tool for each of them. */
const dialect = process.env.MIGRATIONS_FOR === 'postgres' ? 'postgres' : 'sqlite';

export default defineConfig({
  dialect: dialect === 'postgres' ? 'postgresql' : 'sqlite',
  schema: [`./db/schema.${dialect}.ts`, `./db/schema.push.${dialect}.ts`],
  out: `./db/migrations/${dialect}`,
});
