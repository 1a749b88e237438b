/** A person's name: keeps its own direction among other words, and no browser translates it. */
export function Name({ children }: { children: string }) {
  return <bdi translate="no">{children}</bdi>;
}
