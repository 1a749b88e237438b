const plants: Record<string, string> = { Alice: '🫘', Bob: '🥔', Carol: '🌼' };

/** The garden's own picture of a person: what grows on their plot. */
export function Portrait({ name, size }: { name: string; size: number }) {
  return (
    <span className="portrait" aria-hidden="true" style={{ width: size, height: size, fontSize: size / 2 }}>
      {plants[name] ?? '🌱'}
    </span>
  );
}
