/** The database server's address, or undefined: then the community is a SQLite file in the data folder. */
export const databaseUrl = process.env.DATABASE_URL || undefined;
/** Decided once for a process, because the tables are values of modules (db/schema.ts). */
export const isPostgres = databaseUrl !== undefined;
