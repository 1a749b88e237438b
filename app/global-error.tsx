'use client';

export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ font: '16px system-ui', padding: 32 }}>
        <title>Parley</title>
        <h1 style={{ fontSize: 20 }}>Parley didn’t load</h1>
        <p>Something went wrong on our side.</p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </body>
    </html>
  );
}
