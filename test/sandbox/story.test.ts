import { describe, expect, it } from 'vitest'
import { agentOfLogin } from '../../src/events/ai-agent.ts'
import { buildBot, maintainers, passerBy } from '../../src/sandbox/story/cast.ts'
import { type Deed, type Happening, weekMinutes } from '../../src/sandbox/story/happening.ts'
import { isOutside } from '../../src/sandbox/story/plots.ts'
import { story, storyWeeks } from '../../src/sandbox/story/story.ts'
import { worthSeeing } from '../../src/sandbox/story/worth-seeing.ts'

const told = story()
const deeds = told.map(({ deed }) => deed)

function all<Kind extends Deed['kind']>(kind: Kind) {
  return deeds.filter((deed): deed is Extract<Deed, { kind: Kind }> => deed.kind === kind)
}

const inWeek =
  (week: number) =>
  ({ at }: Happening) =>
    Math.floor(at / weekMinutes) === week
const countIn = (week: number, ...kinds: Deed['kind'][]) =>
  told.filter(inWeek(week)).filter(({ deed }) => kinds.includes(deed.kind)).length

describe('the story', () => {
  it('is the same every time', () => {
    expect(story()).toEqual(told)
  })

  it('is told in order, within its twelve weeks, and shorter as its own beginning', () => {
    const instants = told.map(({ at }) => at)
    expect(instants).toEqual(instants.toSorted((a, b) => a - b))
    expect(instants[0]).toBeGreaterThanOrEqual(0)
    expect(instants.at(-1)).toBeLessThan(storyWeeks * weekMinutes)
    expect(story({ weeks: 3 })).toEqual(told.filter(({ at }) => at < 3 * weekMinutes))
  })

  it('speaks of a thread only after it was opened, and opens each once', () => {
    const opened = new Set<string>()
    for (const { deed } of told) {
      if (!('thread' in deed)) continue
      const opens = deed.kind.startsWith('open-')
      expect(opened.has(deed.thread), `${deed.kind} ${deed.thread}`).toBe(!opens)
      opened.add(deed.thread)
    }
    for (const { thread } of worthSeeing) expect(opened).toContain(thread)
  })

  it('has dozens of newcomers from outside, and three maintainers who answer them', () => {
    const authors = new Set(all('open-pull-request').map(({ by }) => by))
    const outsiders = [...authors].filter(isOutside)
    expect(outsiders.length).toBeGreaterThan(25)
    const issueAuthors = all('open-issue').map(({ by }) => by)
    expect(new Set([...outsiders, ...issueAuthors.filter(isOutside)]).size).toBeGreaterThan(40)
    expect(new Set(all('review').map(({ by }) => by))).toEqual(new Set(maintainers))
  })

  it('has a reporter who fixes what they reported', () => {
    const [reported] = all('open-issue').filter(({ thread }) => thread === 'last-byte')
    const [fix] = all('open-pull-request').filter(({ thread }) => thread === 'last-byte-fix')
    expect(fix?.by).toBe(reported?.by)
    expect(fix?.body).toContain('Fixes #{#last-byte}')
  })

  it('has somebody who comes back, and says nothing before', () => {
    const first = deeds.find((deed) => 'by' in deed && deed.by === 'esther-v')
    expect(first).toMatchObject({ kind: 'open-pull-request', thread: 'beam' })
  })

  it('leaves some without an answer, and some pull requests stale', () => {
    const answered = new Set(
      deeds.flatMap((deed) =>
        (deed.kind === 'review' || deed.kind === 'comment') && deed.by !== buildBot
          ? [deed.thread]
          : [],
      ),
    )
    const opened = [...all('open-pull-request'), ...all('open-issue')]
    expect(opened.filter(({ thread }) => !answered.has(thread)).length).toBeGreaterThan(4)
    const merged = new Set(all('merge').map(({ thread }) => thread))
    const asked = all('review').filter(({ verdict }) => verdict === 'changes_requested')
    expect(asked.some(({ thread }) => !merged.has(thread))).toBe(true)
  })

  it('has bots, an AI agent, a co-authoring assistant, drafts and squash merges', () => {
    const authors = all('open-pull-request').map(({ by }) => by)
    expect(authors).toContain('dependabot[bot]')
    expect(authors.some((login) => agentOfLogin(login) !== null)).toBe(true)
    const coAuthors = all('open-pull-request').flatMap((deed) => deed.coAuthors)
    expect(coAuthors).toContainEqual({ name: 'Claude', email: 'noreply@anthropic.com' })
    expect(coAuthors).toContain('sofia-tensors')
    expect(all('comment').some(({ by }) => by === buildBot)).toBe(true)
    expect(all('open-pull-request').some(({ draft, by }) => draft && isOutside(by))).toBe(true)
    expect(all('mark-ready').length).toBeGreaterThan(0)
    expect(all('merge').some(({ squash }) => squash)).toBe(true)
  })

  it('has titles that want to be more than text', () => {
    const titles = all('open-pull-request').map(({ title }) => title)
    for (const part of ['@everyone', '<img src=x onerror=', '| table & #12']) {
      expect(titles).toContainEqual(expect.stringContaining(part))
    }
  })

  it('gives commands, one of them unknown, and a configuration that is mended', () => {
    const said = all('comment').map(({ says }) => says)
    for (const command of ['status', 'report', 'dance', 'help']) {
      expect(said).toContainEqual(expect.stringContaining(`/groundswell ${command}`))
    }
    const texts = all('configure').map(({ text }) => text)
    expect(texts).toEqual([expect.stringContaining('tiem'), expect.stringContaining('time: "09')])
  })

  it('peaks with the release and rests in the holidays, while interest grows', () => {
    const busy = Array.from({ length: storyWeeks }, (_, week) => told.filter(inWeek(week)).length)
    expect(busy.indexOf(Math.max(...busy))).toBe(6)
    expect(busy.indexOf(Math.min(...busy))).toBe(8)
    expect(countIn(11, 'fork')).toBeGreaterThan(2 * countIn(0, 'fork'))
    expect(countIn(11, 'star')).toBeGreaterThan(2 * countIn(0, 'star'))
    expect(all('release').map(({ tag }) => tag)).toEqual(['v0.8.0', 'v0.9.0', 'v0.9.1'])
    expect(all('open-discussion').length).toBeGreaterThan(0)
    expect(all('push-to-fork').length).toBeGreaterThan(10)
  })

  it('has a passer-by of another name for each star and fork', () => {
    const logins = Array.from({ length: 468 }, (_, index) => passerBy(index))
    expect(new Set(logins).size).toBe(468)
    const forks = all('fork').map(({ by }) => by)
    expect(new Set(forks).size).toBe(forks.length)
  })
})
