import type { CSSProperties, ReactNode } from 'react';

const brand: Record<`--call-${string}`, string> = {
  '--call-accept': '#0a7d4f',
  '--call-danger': '#b3261e',
  '--call-accent': '#ff7a00',
  '--call-radius': '6px',
};

/** Everything of calls inside it wears the brand; the same lines work in a style sheet under `:root`. */
export function Branded({ children }: { children: ReactNode }) {
  return <div style={brand as CSSProperties}>{children}</div>;
}
