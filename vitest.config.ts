import { defineConfig } from 'vitest/config';

// The default suite is what `npm test` runs; `npm run test:long` runs what needs the true pace of an API.
const shared = { testTimeout: 30_000, hookTimeout: 30_000, pool: 'forks' as const };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'default',
          include: ['test/**/*.test.ts'],
          exclude: ['test/long/**'],
        },
      },
      {
        // The model of the policy, driven far longer than in the default suite.
        test: {
          ...shared,
          name: 'model',
          include: ['test/policy/model.test.ts'],
          env: { MODEL_SEQUENCES: '10000' },
          testTimeout: 3_600_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'long',
          include: ['test/long/**/*.test.ts'],
          testTimeout: 900_000,
        },
      },
    ],
  },
});
