/**
 * Brings a data folder to the current version and is killed at a named point:
 * `node --import …/product-process.mjs upgrade-and-die.mjs DATA_DIR POINT`, where POINT is
 * `backup`, the number of SQL statements the migration gets to run, `before-commit`, `after-commit` or `never`.
 */
import Database from 'better-sqlite3';

const [dataDir = '', point = 'never'] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');

const { prepare, backup } = Database.prototype;
let isMigrating = false;
let statements = 0;
Database.prototype.prepare = function (text) {
  const statement = prepare.call(this, text);
  const isBegin = /^\s*begin/i.test(text);
  const isCommit = /^\s*commit/i.test(text);
  const { run } = statement;
  statement.run = (...values) => {
    if (isCommit && point === 'before-commit') die();
    if (isMigrating && !isCommit && statements === Number(point)) die();
    const result = run.apply(statement, values);
    if (isMigrating) statements += 1;
    if (isBegin) isMigrating = true;
    if (isCommit && isMigrating && point === 'after-commit') die();
    return result;
  };
  return statement;
};
Database.prototype.backup = function (...given) {
  if (point === 'backup') setTimeout(die, 0);
  return backup.apply(this, given);
};

const { upgrade } = await import('../../db/migrate.ts');
const made = await upgrade(dataDir);
process.stdout.write(`${made}\n`);
