import { inject } from 'vitest';

/** Before a worker loads the tables, which are those of this database (db/dialect.ts). */
process.env.DATABASE_URL = inject('databaseUrl');
