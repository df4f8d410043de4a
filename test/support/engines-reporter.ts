import type { Reporter, TestModule } from 'vitest/node'

const engines = { embedded: 'embedded', postgres: 'PostgreSQL', redis: 'PostgreSQL + Redis' }

/** Says which engines the suite ran on, since an engine without its URL is left out, and counts in plain words. */
export default class EnginesReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const ran = new Set(modules.map(({ project }) => project.name))
    const say = (wanted: boolean) =>
      Object.entries(engines)
        .filter(([name]) => ran.has(name) === wanted)
        .map(([, title]) => title)
        .join(', ')
    const count = (state: 'passed' | 'failed' | 'skipped') =>
      modules.reduce((sum, { children }) => sum + [...children.allTests(state)].length, 0)
    const lines = [
      `Engines run: ${say(true) || 'none'}`,
      ...(say(false)
        ? [`Engines left out: ${say(false)} (set TEST_DATABASE_URL and TEST_REDIS_URL)`]
        : []),
      `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`,
    ]
    process.stdout.write(`\n${lines.join('\n')}\n`)
  }
}
