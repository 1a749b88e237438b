import { z } from 'zod';

// Zod tests whether it may compile code, and each test breaches the pages' policy (docs/cases.md, case 36).
// The setting has to precede the first schema.
z.config({ jitless: true });
