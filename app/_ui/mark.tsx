/** The Parley mark: a speech bubble that is also a P, with a voice inside. */
export function Mark({ size = 40 }: { size?: number }) {
  return (
    <svg viewBox="0 0 40 40" width={size} height={size} aria-hidden="true">
      <path
        fill="var(--accent)"
        d="M7 18.2A13.2 13.2 0 0 1 20.2 5h.6a13.2 13.2 0 0 1 0 26.4H15v1.4A3.2 3.2 0 0 1 11.8 36h-1.6A3.2 3.2 0 0 1 7 32.8z"
      />
      <path
        stroke="var(--mark-voice, var(--bg-rail))"
        strokeWidth="3"
        strokeLinecap="round"
        d="M15 16.4v3.6M20.5 12.6v11.2M26 16.4v3.6"
      />
    </svg>
  );
}
