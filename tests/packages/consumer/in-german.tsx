import { german } from '@parley/call-kit/words';
import { createRoot } from 'react-dom/client';
import { App } from './app';

const self = { id: 'u1', username: 'ada', displayName: 'Ada', avatarUrl: null };
createRoot(document.body).render(<App self={self} userId="u2" words={german} />);
