import { defineConfig } from 'vitest/config'

/** Tests of pure code and of pages run once; tests of the engines run once an engine. */
const engineTests = ['test/store/**', 'test/jobs/**', 'test/journeys/**'].map(
  (folder) => `${folder}/*.test.ts`,
)

/** With Redis the queue is another one and the database the same: what the store does needs no third look. */
const queueTests = ['test/store/queue.test.ts', ...engineTests.slice(1)]

const engines = [
  { name: 'embedded', include: engineTests, runs: true },
  { name: 'postgres', include: engineTests, runs: Boolean(process.env.TEST_DATABASE_URL) },
  {
    name: 'redis',
    include: queueTests,
    runs: Boolean(process.env.TEST_DATABASE_URL && process.env.TEST_REDIS_URL),
  },
]

export default defineConfig({
  test: {
    maxWorkers: 2,
    setupFiles: 'test/support/properties.ts',
    // For a test that hangs; a busy machine may take long over one that does not.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', './test/support/engines-reporter.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'pure', include: ['test/**/*.test.ts'], exclude: engineTests },
      },
      ...engines
        .filter(({ runs }) => runs)
        .map(({ name, include }) => ({
          extends: true as const,
          test: {
            name,
            include,
            env: { TEST_ENGINE: name },
            globalSetup: name === 'embedded' ? './test/support/template-database.ts' : [],
          },
        })),
    ],
  },
})
