/**
 * How the app's server wants to be asked.
 *
 * @example
 * const options: RequestOptions = { headers: () => ({ authorization: `Bearer ${token()}` }) };
 */
export type RequestOptions = {
  /**
   * Headers of every request, such as an `authorization` of the app's own; a function is asked before each one.
   * Default: none.
   */
  headers?: Record<string, string> | (() => Record<string, string>);
  /** Whether cookies are sent. Default: to this page's origin, and to `baseUrl` where there is one. */
  credentials?: RequestCredentials;
};

/** The headers of one request: the app's own, and what the request needs. */
export function headersFor({ headers = {} }: RequestOptions, needed: Record<string, string> = {}) {
  return { ...(typeof headers === 'function' ? headers() : headers), ...needed };
}
