/** Safari, and every browser on iOS: those call themselves CriOS, FxiOS and so on. */
const webKit = /applewebkit(?!.*(chrom|android))/i;

/** Whether this browser is WebKit, whose Web Audio and media elements differ from all others. */
export const isWebKit = (): boolean => webKit.test(navigator.userAgent);
