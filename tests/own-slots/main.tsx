import { createRoot } from 'react-dom/client';
import '../../app/globals.css';
import { App } from './app';

/** An app that is not Parley: the kit with slots of its own, signed in at the Parley behind `/api`. */
const place = document.getElementById('app');
if (!place) throw new Error('index.html has a place for the app');
const [me, { users }] = await Promise.all(
  ['/api/me', '/api/users'].map(async (path) => (await fetch(path)).json()),
);
createRoot(place).render(<App self={me} people={users} />);
