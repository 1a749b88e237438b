import { Component, Fragment, type ReactNode } from 'react';

/** The content of a boundary, and what replaces it after errors. */
export type CallBoundaryProps = {
  children: ReactNode;
  /** Shown after a second error within five seconds. Default: nothing, and another try every five seconds. */
  fallback?: (retry: () => void) => ReactNode;
  /** The address of what is shown: another one is tried anew. */
  resetKey?: string;
};

/** A part is mounted again after one error within this time, in milliseconds; a second error shows the fallback. */
const calmMs = 5000;

/**
 * Keeps an error of what it holds from reaching `CallProvider`, whose end would be the end of the call. The part is
 * mounted anew at once, which is all that a page needs whose nodes were replaced beneath React, as a browser's
 * translation does (https://github.com/facebook/react/issues/11538).
 *
 * @example
 * <CallBoundary fallback={(retry) => <button onClick={retry}>Try again</button>}>
 *   <Page />
 * </CallBoundary>
 */
export class CallBoundary extends Component<CallBoundaryProps, { hasFailed: boolean; attempt: number }> {
  override state = { hasFailed: false, attempt: 0 };
  #lastErrorAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override componentDidCatch() {
    const isFirst = performance.now() - this.#lastErrorAt > calmMs;
    this.#lastErrorAt = performance.now();
    if (isFirst) this.retry();
    else if (!this.props.fallback) this.#timer = setTimeout(this.retry, calmMs);
  }

  override componentDidUpdate(before: CallBoundaryProps) {
    if (this.state.hasFailed && before.resetKey !== this.props.resetKey) this.retry();
  }

  override componentWillUnmount() {
    clearTimeout(this.#timer);
  }

  readonly retry = () => {
    clearTimeout(this.#timer);
    this.setState(({ attempt }) => ({ hasFailed: false, attempt: attempt + 1 }));
  };

  override render() {
    if (this.state.hasFailed) return this.props.fallback?.(this.retry) ?? null;
    return <Fragment key={this.state.attempt}>{this.props.children}</Fragment>;
  }
}
