import type { Reporter, TestModule } from 'vitest/node'

const engines = { embedded: 'embedded', postgres: 'PostgreSQL', redis: 'PostgreSQL + Redis' }

/** Says which engines the suite ran on, since an engine without its URL is left out. */
export default class EnginesReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const ran = new Set(modules.map(({ project }) => project.name))
    const say = (wanted: boolean) =>
      Object.entries(engines)
        .filter(([name]) => ran.has(name) === wanted)
        .map(([, title]) => title)
        .join(', ')
    process.stdout.write(`Engines run: ${say(true) || 'none'}\n`)
    if (say(false)) {
      process.stdout.write(
        `Engines left out: ${say(false)} (set TEST_DATABASE_URL and TEST_REDIS_URL)\n`,
      )
    }
  }
}
