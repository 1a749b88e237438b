/** For tests of other apps: the promises that a transport of one's own has to keep. */
export { RuleBroken, type TransportSide } from './testing/side';
export { type TransportPair, type TransportRule, transportRules } from './testing/transport-rules';
