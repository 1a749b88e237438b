// Loaded before every script (node -r), in words that a Node of any age can read: to what it can't read it
// only answers with a SyntaxError from the middle of some file.
if (Number(/^v(\d+)/.exec(process.version)[1]) < 18) {
  console.error(
    '\nParley needs Node 18 or later to start, and this is %s (%s).\n',
    process.version,
    process.execPath,
  );
  process.exit(1);
}
