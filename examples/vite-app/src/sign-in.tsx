import { useState } from 'react';
import { type Gardener, post } from './garden';

/** The garden's own sign-in: whose plot, and the PIN of the gate. Parley never sees either. */
export function SignIn({ people }: { people: Gardener[] }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function signIn(form: FormData) {
    setBusy(true);
    const refused = await post('sign-in', { id: form.get('id'), pin: form.get('pin') });
    setProblem(refused);
    setBusy(false);
    if (refused === null) location.reload();
  }

  return (
    <main className="gate">
      <h1>Hill Lane Gardens</h1>
      <form action={signIn}>
        <label>
          Whose plot?
          <select name="id">
            {people.map(({ id, name, plot }) => (
              <option key={id} value={id}>
                {name}, plot {plot}
              </option>
            ))}
          </select>
        </label>
        <label>
          PIN of the gate
          <input name="pin" inputMode="numeric" autoComplete="off" required />
        </label>
        {problem ? <p role="alert">{problem}</p> : null}
        <button className="plain" type="submit" disabled={isBusy}>
          Open the gate
        </button>
      </form>
    </main>
  );
}
