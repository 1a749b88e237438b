/** The tables; the only file of the schema that others import. */
export * from './schema.sqlite';
