import { BlockList, isIP } from 'node:net';

/**
 * Reads `PARLEY_TRUSTED_PROXIES`: addresses and ranges such as `127.0.0.1, 10.0.0.0/8, fd00::/8`,
 * separated by commas. Plain JavaScript, because a start checks it before anything is installed.
 * @param {string} text
 * @returns {{ trusts(address: string): boolean, wrong: string[] }} whether an address is named or in
 * a named range; and what is neither address nor range, each with why
 */
export function readTrustedProxies(text) {
  const list = new BlockList();
  /** @type {string[]} */
  const wrong = [];
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry === '') continue;
    const fault = add(list, entry);
    if (fault) wrong.push(`"${entry}" ${fault}`);
  }
  return {
    trusts: (address) => {
      const family = familyOf(address);
      return family !== undefined && list.check(address, family);
    },
    wrong,
  };
}

/** @returns {string | undefined} why it was not added */
function add(/** @type {BlockList} */ list, /** @type {string} */ entry) {
  const [address = '', bits, ...more] = entry.split('/');
  const family = familyOf(address);
  if (!family || more.length > 0) return 'is no address or range, such as 127.0.0.1 or 10.0.0.0/8';
  if (bits === undefined) {
    list.addAddress(address, family);
    return undefined;
  }
  const longest = family === 'ipv4' ? 32 : 128;
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > longest) return `must end in /1 to /${longest}`;
  if (Number(bits) === 0) return 'would believe everybody';
  list.addSubnet(address, Number(bits), family);
  return undefined;
}

/** @returns {'ipv4' | 'ipv6' | undefined} */
function familyOf(/** @type {string} */ address) {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}
