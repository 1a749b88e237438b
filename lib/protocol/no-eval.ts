import { z } from 'zod';

// Zod would try whether it may compile code, and each try is a breach of the pages' policy (docs/cases.md,
// case 36). It has to be told before the first schema is made.
z.config({ jitless: true });
