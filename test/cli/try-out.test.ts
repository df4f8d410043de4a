import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEnvironment } from '../../config/environment.ts'
import { openTryOut, type Progress, type TryOutSession } from '../../src/cli/try-out-session.ts'
import { UserError } from '../../src/errors.ts'
import type { Thread } from '../../src/sandbox/entities.ts'
import { repository } from '../../src/sandbox/story/cast.ts'
import { isOutside } from '../../src/sandbox/story/plots.ts'
import { githubContract } from '../support/github-contract.ts'

const weeks = 2

/** The try-out brings its own engine, so it is told once, whichever engines the suite runs on. */
describe('the try-out', () => {
  const contract = githubContract()
  const logged: string[] = []
  const weeksTold: number[] = []
  const made: { session?: TryOutSession; folder?: string; last?: Progress } = {}
  const session = () => made.session!
  const options = async (folder: string) => ({
    environment: readEnvironment({ DATA_DIR: folder, PORT: '0', DRY_RUN: 'true' }),
    log: pino({ level: 'error' }, { write: (line: string) => logged.push(line) }),
    weeks,
    now: () => new Date(),
    contract,
    onProgress: ({ week }: Progress) => weeksTold.push(week),
  })

  beforeAll(async () => {
    made.folder = await mkdtemp(join(tmpdir(), 'groundswell-try-out-'))
    made.session = await openTryOut(await options(made.folder))
    made.last = await made.session.tell()
  })
  afterAll(async () => {
    await made.session?.close()
    if (made.folder) await rm(made.folder, { recursive: true, force: true })
  })

  const threads = () => session().github.issues(repository)
  const digests = () => threads().filter(({ byApp }) => byApp)
  const own = ({ comments }: Thread) => comments.filter(({ byApp }) => byApp)
  const read = async (path: string) => {
    const response = await fetch(`${session().github.url}${path}`)
    return { status: response.status, text: await response.text() }
  }

  it('comments once on what outsiders open, and never on drafts, insiders and bots', () => {
    const pulls = threads().filter(({ pull }) => pull !== null)
    const spoken = pulls.filter((thread) => own(thread).length > 0)
    const first = Math.min(...spoken.map(({ number }) => number))
    const told = pulls.filter(({ number }) => number >= first)
    const wanted = told.filter(({ author, pull }) => isOutside(author.login) && !pull!.draft)
    expect(wanted.length).toBeGreaterThan(4)
    expect(told.some(({ author }) => author.type === 'Bot')).toBe(true)
    expect(told.some(({ author, pull }) => isOutside(author.login) && pull!.draft)).toBe(true)
    expect(told.some(({ author, pull }) => !isOutside(author.login) && !pull!.draft)).toBe(true)
    for (const thread of told) {
      expect(own(thread).length, thread.title).toBe(wanted.includes(thread) ? 1 : 0)
    }
  })

  it('posts one digest a week and closes the earlier ones', () => {
    expect(digests()).toHaveLength(weeks)
    expect(new Set(digests().map(({ title }) => title)).size).toBe(weeks)
    expect(digests().map(({ open }) => open)).toEqual([false, true])
  })

  it('mentions nobody and breaks no rule of GitHub', async () => {
    for (const thread of [...threads().filter((one) => own(one).length > 0), ...digests()]) {
      const { pull, number, body, byApp } = thread
      const said = [...own(thread).map((comment) => comment.body), byApp ? body : '']
      expect(said.join('\n')).not.toMatch(/@[a-z\d]/i)
      const path = pull === null ? 'issues' : 'pull'
      expect((await read(`/${repository}/${path}/${number}`)).text).toContain('groundswell')
    }
    expect(contract.violations).toEqual([])
    expect(logged).toEqual([])
    expect(weeksTold).toEqual([1, 2])
    expect(made.last).toMatchObject({ week: weeks, weeks, deliveries: expect.any(Number) })
  })

  it('shows a configuration that was refused with its line, and the one that mended it', async () => {
    const runs = session().github.checkRuns(repository)
    expect(runs.map(({ conclusion }) => conclusion)).toEqual(['failure', 'success'])
    expect((await read(`/${repository}/checks`)).text).toContain('Line 4')
  })

  it('leads from the front page to the digests and the comments', async () => {
    const { text } = await read('/')
    for (const { number, title } of digests()) {
      expect(text).toContain(`/${repository}/issues/${number}">${title}`)
    }
    expect(text).toContain('first change here, after')
    expect(JSON.parse((await read('/health')).text)).toMatchObject({ status: 'ok' })
  })

  it('answers a command that a visitor gives', async () => {
    const { number } = threads().find(({ title }) => title === 'Roadmap to 1.0')!
    const { url } = session().github
    const answered = await fetch(`${url}/${repository}/issues/${number}/comments`, {
      method: 'POST',
      headers: { origin: url },
      body: new URLSearchParams({ as: 'newcomer', body: '/groundswell status' }),
    })
    const page = await answered.text()
    expect(page.slice(page.indexOf('robin-looks-around'))).toContain('Counting since')
  })

  it('opens the set-up page to whoever has the token, and to nobody else', async () => {
    const { url } = session().setUp
    expect(await (await fetch(url)).text()).toContain('Set up Groundswell')
    expect((await fetch(`${url}x`)).status).toBe(401)
    expect((await fetch(new URL('/setup', url))).status).toBe(401)
    const token = new URL(url).searchParams.get('token')
    expect((await read('/')).text).not.toContain(token)
  })

  it('does not disturb another try-out in the same folder', async () => {
    const before = (await read('/')).text
    await expect(openTryOut(await options(made.folder!))).rejects.toThrow(UserError)
    expect((await read('/')).text).toBe(before)
  })
})

describe('a try-out that is stopped early', () => {
  it('stops within seconds', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'groundswell-try-out-'))
    const abort = new AbortController()
    const session = await openTryOut({
      environment: readEnvironment({ DATA_DIR: folder, PORT: '0' }),
      log: pino({ level: 'silent' }),
      weeks,
      now: () => new Date(),
      signal: abort.signal,
    })
    const telling = session.tell()
    abort.abort()
    await expect(telling).rejects.toThrow(/abort/)
    const startedAt = performance.now()
    await session.close()
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    await rm(folder, { recursive: true, force: true })
  })
})
