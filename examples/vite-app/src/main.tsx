import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@parley/call-kit/styles.css';
import './garden.css';
import { Calls } from './calls';
import { readGarden } from './garden';
import { People } from './people';
import { SignIn } from './sign-in';

const place = document.getElementById('garden');
if (!place) throw new Error('index.html has a place for the garden');

const { me, people } = await readGarden();
const self = people.find(({ id }) => id === me);

createRoot(place).render(
  <StrictMode>
    {self?.callId ? (
      <Calls self={{ ...self, callId: self.callId }} people={people}>
        <People self={self} people={people} />
      </Calls>
    ) : (
      <SignIn people={people} />
    )}
  </StrictMode>,
);
