import { describe, expect, it } from 'vitest'
import type { ProjectHistory } from '../../src/metrics/history.ts'
import { organizationDigest } from '../../src/metrics/organization-digest.ts'
import { refuse } from '../../src/publish/gate.ts'
import {
  organizationDigestTitle,
  renderOrganizationDigest,
} from '../../src/report/organization-digest.ts'
import type { Place } from '../../src/report/place.ts'
import { activity, at, completeness, history, person, thread } from '../metrics/histories.ts'
import { fullHistory, place, quietHistory, week } from './samples.ts'

const urlOf = (name: string) => `https://github.com/example-lab/${name}`

interface Given {
  name: string
  history: ProjectHistory
  digestUrl?: string | null
}

function rendered(given: readonly Given[], where: Place = place): string | null {
  const all = given.map(({ name, history, digestUrl = null }) => {
    return { repository: { name, url: urlOf(name), digestUrl }, history, forks: null }
  })
  const digest = organizationDigest(all, week, { waitingHours: 48 })
  return digest === null ? null : renderOrganizationDigest(digest, where)
}

const lively = { ...fullHistory(), isKnownFromBeginning: false }
const young = history({
  activities: [activity('issues.opened', { person: person('newcomer-c'), thread: 3 })],
  threads: [thread(3, { type: 'issue', title: 'Where is it?', createdAt: at('2026-11-20') })],
  isKnownFromBeginning: false,
  completeness: { ...completeness, trackedSince: at('2026-11-18'), backfilledTo: null },
})
const three = [
  { name: 'engine', history: lively, digestUrl: `${urlOf('engine')}/issues/830` },
  { name: 'tools', history: young },
  { name: 'attic', history: { ...quietHistory(), activities: [], threads: [] } },
]
const allowed = {
  urlBases: [...three.map(({ name }) => urlOf(name)), 'https://groundswell.example/docs'],
}

describe('the digest of an organisation', () => {
  it('tells of all together and of each', async () => {
    await expect(rendered(three)).toMatchFileSnapshot('__snapshots__/digest.organization.md')
  })

  it('is told in Chinese', async () => {
    const body = rendered(three, { ...place, language: 'zh-CN' })
    await expect(body).toMatchFileSnapshot('__snapshots__/digest.organization.zh-cn.md')
  })

  it('names no people, and refers to no thread', () => {
    const body = rendered(three) ?? ''
    expect(body).not.toMatch(/newcomer-|maintainer-|\w#\d/)
    expect(body).toContain(`[engine 812](${urlOf('engine')}/pull/812)`)
  })

  it('passes the gate where it may lead to each of the repositories, and not where it may not', () => {
    const body = rendered(three) ?? ''
    expect(refuse(body, allowed)).toBeNull()
    const [, ...others] = allowed.urlBases
    expect(refuse(body, { urlBases: others })).toContain('a place that is not allowed')
  })

  it('has a row for twenty repositories, and a word on the others', () => {
    const busy = (nth: number) => ({
      name: `repository-${nth}`,
      history: history({ activities: [activity('issues.opened')] }),
    })
    const still = { name: 'attic', history: history() }
    const body = rendered([...Array.from({ length: 23 }, (_, nth) => busy(nth)), still]) ?? ''
    expect(body.match(/^\| \[repository-/gm)).toHaveLength(20)
    expect(body).toContain('And 3 others with less activity, and 1 that was quiet.')
  })

  it('is none of a week in which nothing happened anywhere', () => {
    expect(rendered([{ name: 'attic', history: history() }])).toBeNull()
    const starred = history({ activities: [activity('star.created')] })
    expect(rendered([{ name: 'attic', history: starred }])).toBeNull()
  })

  it('has a title that says whose it is', () => {
    const title = organizationDigestTitle(week, place, 'Digest, week {week}')
    expect(title).toBe('example-lab: Digest, week 47')
  })
})
