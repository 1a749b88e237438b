import { CallButton } from '@parley/call-kit';
import { type Gardener, post } from './garden';
import { Portrait } from './portrait';

/** Everyone with a plot, each with the kit's button. */
export function People({ self, people }: { self: Gardener; people: Gardener[] }) {
  return (
    <main>
      <header>
        <h1>Hill Lane Gardens</h1>
        <p>
          You are {self.name}, plot {self.plot}.{' '}
          <button
            className="plain"
            type="button"
            onClick={() => void post('sign-out').then(() => location.reload())}
          >
            Close the gate
          </button>
        </p>
      </header>
      <ul aria-label="Plots">
        {people
          .filter(({ id }) => id !== self.id)
          .map(({ id, name, plot, grows, callId }) => (
            <li key={id} aria-label={name}>
              <Portrait name={name} size={56} />
              <div>
                <h2>{name}</h2>
                <p>
                  Plot {plot}. {grows}.
                </p>
              </div>
              {callId ? <CallButton target={{ userId: callId }} look="list" /> : null}
            </li>
          ))}
      </ul>
    </main>
  );
}
