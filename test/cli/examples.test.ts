import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEnvironment } from '../../config/environment.ts'
import { openTryOut, type TryOutSession } from '../../src/cli/try-out-session.ts'
import { refuse } from '../../src/publish/gate.ts'
import { repository } from '../../src/sandbox/story/cast.ts'
import { storyWeeks } from '../../src/sandbox/story/story.ts'

const folder = fileURLToPath(new URL('../../docs/examples/', import.meta.url))
/** Nobody's, and never anybody's. */
const host = 'https://github.example'
const toldAt = new Date('2026-11-23T12:00:00Z')

/** What the try-out writes, as it would be on a GitHub. `npx vitest run -u test/cli/examples.test.ts` writes it anew. */
describe('docs/examples', () => {
  const made: { session?: TryOutSession; data?: string } = {}
  beforeAll(async () => {
    made.data = await mkdtemp(join(tmpdir(), 'groundswell-examples-'))
    made.session = await openTryOut({
      environment: readEnvironment({
        DATA_DIR: made.data,
        PORT: '0',
        PATH: process.env.PATH ?? '',
      }),
      log: pino({ level: 'silent' }),
      weeks: storyWeeks,
      now: () => toldAt,
    })
    await made.session.tell()
  }, 600_000)
  afterAll(async () => {
    await made.session?.close()
    if (made.data !== undefined) await rm(made.data, { recursive: true, force: true })
  })

  const threads = () => made.session!.github.issues(repository)
  /** Without the marker, which is another one each time, and with addresses that stay. */
  const example = (title: string, body: string) =>
    `# ${title}\n\n${body.replace(/^<!-- .* -->\n+/, '').replaceAll(made.session!.github.url, host)}`
  const commentsOf = (title: string) =>
    threads()
      .find((thread) => thread.title === title)!
      .comments.filter(({ byApp }) => byApp)
      .map(({ body }) => body)

  async function holds(file: string, text: string): Promise<void> {
    expect(refuse(text, { urlBases: [`${host}/${repository}`] })).toBeNull()
    await expect(text).toMatchFileSnapshot(join(folder, file))
  }

  it('are the digests of the try-out', async () => {
    const digests = threads().filter(({ byApp }) => byApp)
    expect(digests).toHaveLength(storyWeeks)
    for (const { title, body } of digests) {
      const [, week, year] = /week (\d+) of (\d+)/.exec(title) ?? []
      await holds(`digest-${year}-W${week}.md`, example(title, body ?? ''))
    }
  })

  it('show each section of a digest in one of them', () => {
    const bodies = threads()
      .filter(({ byApp }) => byApp)
      .map(({ body }) => body ?? '')
    for (const told of [
      '### Waiting for an answer',
      '### Reviews owed',
      '### Welcome',
      'Back after more than six months',
      'began the discussion',
      '### Forks and stars',
      'The same wish in',
      '| fork | original commits |',
      'had no push by the end of the week',
      '长文本推理时显存占用过高',
      '@\u2060everyone',
    ]) {
      expect(
        bodies.some((body) => body.includes(told)),
        told,
      ).toBe(true)
    }
  })

  it('are a comment on a pull request and an answer about forks', async () => {
    const [summary] = commentsOf('Load offline')
    await holds('pull-request-summary.md', example('Load offline', summary ?? ''))
    const forks = commentsOf('Roadmap to 1.0').find((body) => body.includes('### Forks'))
    await holds('fork-answer.md', example('Roadmap to 1.0', forks ?? ''))
  })
})
