import { configure } from '@testing-library/react';

/** What a test waits for comes, on a machine that is full also later than in Testing Library's one second. */
configure({ asyncUtilTimeout: 20_000 });
