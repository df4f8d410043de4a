import { expect, it } from 'vitest'
import { mergeConfiguration } from '../../config/repository.ts'
import { reportOnRepository } from '../../src/cli/report-repository.ts'
import { projectReport } from '../../src/metrics/project-report.ts'
import { projectHistory } from '../../src/store/history.ts'
import { withScratchStore } from '../../src/store/scratch.ts'
import { pastOf } from '../support/history.ts'
import { engine, journey } from '../support/journey.ts'

it('says of a repository what the App says that was installed on it', async () => {
  const run = await journey({
    at: '2024-01-01T09:00:00Z',
    env: { DRY_RUN: 'true' },
    before: async (github, clock) => await pastOf(github, clock, { days: 40 }),
  })
  await run.idle()
  const { github, clock, app } = run
  const { db, defaults } = app.deps
  const window = { from: new Date('2024-01-25T00:00:00Z'), to: clock.now }
  const history = await projectHistory(db, {
    repositoryId: github.world.repository(engine).id,
    window: { from: new Date(2 * window.from.getTime() - window.to.getTime()), to: window.to },
    since: window.from,
    overrides: mergeConfiguration(defaults, null, null).people,
  })
  const { compared, absenceFactor } = projectReport(history, window)

  const { host, url } = github
  const server = { host, apiUrl: `${url}/api/v3`, htmlUrl: url, token: github.addToken('a-reader') }
  const told = await reportOnRepository(
    { owner: 'example-lab', name: 'engine', window },
    {
      environment: { github: server, surroundings: { PATH: process.env.PATH } },
      now: clock.now,
      tell: () => {},
      withStore: withScratchStore,
    },
  )
  // Of people's past and of stars, only the App knows.
  const unknown = { now: null, before: null }
  const comparable = { ...compared, newContributors: unknown, newStars: unknown }
  expect(told.project.compared).toEqual(comparable)
  expect(told.contributorAbsenceFactor).toBe(absenceFactor)
  expect(told.contributors.total).toBe(compared.contributors.now)
})
