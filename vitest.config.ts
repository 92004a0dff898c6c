import { defineConfig } from 'vitest/config';

const shared = {
  pool: 'forks',
  testTimeout: 60_000,
  hookTimeout: 60_000,
} as const;

const whole = [
  'tests/faults/**/*.test.ts',
  'tests/scenarios/missed-reply.test.ts',
  'tests/cli/{up,cluster,demonstration}.test.ts',
];

/**
 * Pure rules need no servers; services share one Temporal server and one PostgreSQL; what needs Vigil as a whole, each
 * part a process of its own, runs one after the other; so do the tests in a browser, which share one such Vigil.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    // Servers write what they hold before they stop.
    teardownTimeout: 60_000,
    projects: [
      {
        test: {
          ...shared,
          name: 'rules',
          include: ['tests/{domain,config,channels,web}/**/*.test.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...shared,
          name: 'services',
          include: ['tests/{db,api,workflows,activities,temporal,worker,cli,scenarios}/**/*.test.ts'],
          exclude: whole,
          globalSetup: 'tests/support/global-setup.ts',
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...shared,
          name: 'whole',
          include: whole,
          globalSetup: 'tests/support/find-temporal.ts',
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: 'tests/support/browser-setup.ts',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
          // What is shown follows what was done; how soon is the bench's question.
          expect: { poll: { timeout: 20_000 } },
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
