/** An S3-compatible server on loopback, with files in the folder that is named; prints its port once it listens. */
import { createRequire } from 'node:module';

const S3rver = createRequire(import.meta.url)('@20minutes/s3rver');
const [directory] = process.argv.slice(2);
const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets: [] });
const { port } = await server.run();
console.log(port);
