import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Compiled code and stripped types are kept for the next start, which then takes a third less time and
// 10 MB less memory. Beside the packages and not in the system's folder for temporary files, where
// somebody else on the machine could put code in our place. Where it cannot be written, nothing is kept.
// The environment hands it on to the store's thread.
process.env['NODE_COMPILE_CACHE'] ||= fileURLToPath(
  new URL('../node_modules/.cache/easel', import.meta.url),
);
enableCompileCache();
await import('./run.ts');
