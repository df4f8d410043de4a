import { defineConfig } from 'vitest/config'

/** Tests of pure code and of pages run once; tests of the engines run once an engine. */
const engineTests = ['test/store/**', 'test/jobs/**', 'test/journeys/**'].map(
  (folder) => `${folder}/*.test.ts`,
)

/** With Redis the queue is another one and the database the same: where no more than that is looked at, a third look tells nothing. */
const queueTests = ['test/store/queue.test.ts', ...engineTests.slice(1)]
const withoutQueue = [
  ...[
    'charts',
    'control-socket',
    'digest-issue',
    'doctor',
    'feed',
    'forget',
    'import',
    'milestones',
  ],
  ...[
    'mute',
    'output',
    'people',
    'replay',
    'report-repository',
    'roll-up',
    'start-faults',
    'stranger-github',
  ],
].map((name) => `test/journeys/${name}.test.ts`)

const redisTest = 'test/journeys/emptied-redis.test.ts'

const engines = [
  {
    name: 'embedded',
    include: engineTests,
    // It has no connections that could be lost.
    exclude: ['test/store/lost-connections.test.ts', redisTest],
    template: './test/support/template-database.ts',
    runs: true,
  },
  {
    name: 'postgres',
    include: engineTests,
    exclude: [redisTest],
    template: './test/support/template-postgres.ts',
    runs: Boolean(process.env.TEST_DATABASE_URL),
  },
  {
    name: 'redis',
    include: queueTests,
    exclude: withoutQueue,
    template: './test/support/template-postgres.ts',
    runs: Boolean(process.env.TEST_DATABASE_URL && process.env.TEST_REDIS_URL),
  },
]

export default defineConfig({
  test: {
    // One more than the two cores of a small machine: journeys often wait.
    maxWorkers: 3,
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
        .map(({ name, include, exclude, template }) => ({
          extends: true as const,
          test: {
            name,
            include,
            exclude,
            env: { TEST_ENGINE: name },
            globalSetup: template,
          },
        })),
    ],
  },
})
