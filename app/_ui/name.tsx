/** A person's user name, which begins with its sign in every direction. */
export function Username({ children }: { children: string }) {
  return (
    <bdi dir="ltr" translate="no">
      @{children}
    </bdi>
  );
}

/** A person's name: keeps its own direction among other words, and no browser translates it. */
export function Name({ children }: { children: string }) {
  return <bdi translate="no">{children}</bdi>;
}
