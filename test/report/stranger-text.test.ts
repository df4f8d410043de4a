import fc from 'fast-check'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { contributorSummary } from '../../src/metrics/contributor-summary.ts'
import { projectReport } from '../../src/metrics/project-report.ts'
import { weeklyDigest } from '../../src/metrics/weekly-digest.ts'
import { refuse } from '../../src/publish/gate.ts'
import { renderRefusal, renderStatus } from '../../src/report/answers.ts'
import { renderDigest } from '../../src/report/digest.ts'
import { renderPullRequestSummary } from '../../src/report/pull-request-summary.ts'
import { renderPersonReport, renderProjectReport } from '../../src/report/report-answers.ts'
import { joint, visibleText } from '../../src/report/stranger-text.ts'
import { activity, at, history, person, thread } from '../metrics/histories.ts'
import { attacks, hostile } from './hostile.ts'
import { knownHistory, place, summaryInput, tame, type Words, week } from './samples.ts'

const allowed = { urlBases: [place.url, 'https://groundswell.example/docs'] }

/** Every renderer that shows strangers' words, with those it shows. */
const renderers: Record<string, (words: Words) => { body: string; shown: string[] }> = {
  digest: (words) => ({
    body: renderDigest(weeklyDigest(smallHistory(words), week), place) ?? '',
    shown: [words.title, words.login],
  }),
  'first pull request': (words) => ({
    body: summaryOf(words),
    shown: [words.login, words.area],
  }),
  'known person': (words) => ({
    body: summaryOf(words, { history: knownHistory(6, words) }),
    shown: [words.login, words.area],
  }),
  merge: (words) => {
    const pullRequest = { ...summaryInput(words).pullRequest, mergedAt: at('2026-11-20') }
    return { body: summaryOf(words, { pullRequest }), shown: [words.login] }
  },
  'person report': (words) => ({
    body: renderPersonReport(words.login, knownHistory(6, words), place),
    shown: [words.login, words.area],
  }),
  'unknown person': ({ login }) => ({
    body: renderPersonReport(login, null, place),
    shown: [login],
  }),
  'unknown command': ({ title }) => ({
    body: renderRefusal({ reason: 'unknown', text: title }),
    shown: [title],
  }),
  status: ({ title }) => ({
    body: renderStatus(
      {
        trackedSince: null,
        backfilledTo: null,
        commits: null,
        reading: null,
        closedLanes: [],
        deliveries: 0,
        deliveryDays: 7,
        cost: { points: 38, requests: 1 },
        costDays: 7,
        failedDeliveries: 0,
        lastDigest: null,
        nextDigestAt: null,
        paused: false,
        configuration: { problem: title },
      },
      place,
    ),
    shown: [title],
  }),
}

function summaryOf(words: Words, rest = {}): string {
  return renderPullRequestSummary(contributorSummary(summaryInput(words, rest)), place) ?? ''
}

function smallHistory({ login, title }: Words) {
  const author = person(login, { id: 'account:newcomer' })
  const back = person(login, { id: 'account:returning' })
  return history({
    activities: [
      activity('pull_request.merged', { person: author, thread: 7 }),
      activity('issue_comment.created', { person: back, thread: 8 }),
    ],
    threads: [thread(9, { title, author, createdAt: at('2026-11-16') })],
    people: new Map([
      [back.id, { firstAt: at('2024-01-01'), lastBeforeAt: at('2024-01-01'), mergedBefore: 1 }],
    ]),
  })
}

function parse(body: string): Nodes {
  return fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
}

function structure(node: Nodes): unknown {
  return 'children' in node ? [node.type, ...node.children.map(structure)] : node.type
}

function nodesIn(node: Nodes): Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap(nodesIn)] : [node]
}

/** What a reader sees, joints taken out. */
function seen(tree: Nodes): string {
  return nodesIn(tree)
    .flatMap((node) => (node.type === 'text' || node.type === 'inlineCode' ? [node.value] : []))
    .join('\n')
    .replaceAll(joint, '')
}

/** What GitHub would make something of: the text outside code and links, plus that of links without our own #12. */
function liveText(node: Nodes): string[] {
  if (node.type === 'text') return [node.value]
  if (node.type === 'link')
    return node.children.flatMap(liveText).map((text) => text.replace(/^#\d+$/, ''))
  return 'children' in node ? node.children.flatMap(liveText) : []
}

const live =
  /(?<!\w)[@＠﹫]\w|[#＃]\d|GH-\d|:\/\/|www\.|:[\w+-]+:|\/groundswell|\b[0-9a-f]{7,40}\b|(?<=^|\s)\$\S/i
const unseen = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e0fff}]|<!--/u

const tameStructures = Object.fromEntries(
  Object.entries(renderers).map(([name, render]) => [name, structure(parse(render(tame).body))]),
)

function holds(words: Words): void {
  for (const [name, render] of Object.entries(renderers)) {
    const { body, shown } = render(words)
    const tree = parse(body)
    const about = `${name} of ${JSON.stringify(words)}:\n${body}`
    expect(refuse(body, allowed), about).toBeNull()
    expect(structure(tree), about).toEqual(tameStructures[name])
    for (const text of shown) expect(seen(tree), about).toContain(visibleText(text))
    for (const text of liveText(tree)) expect(text, about).not.toMatch(live)
    expect(body.replaceAll('\n', ''), about).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e]/u)
  }
}

/** A name that cannot be seen is no name; such a person is shown as somebody who asked not to be named. */
const isName = (text: string) => visibleText(text) !== ''

describe('words of strangers', () => {
  it.each(attacks.filter(isName))('mean nothing but themselves: %j', (text) => {
    holds({ title: text, login: text, area: text })
  })

  it('mean nothing but themselves in company', () => {
    const names = hostile.filter(isName)
    for (let index = 0; index + 2 < names.length; index += 3) {
      const [title, login, area] = names.slice(index, index + 3)
      holds({ title: title!, login: login!, area: area! })
    }
  })

  it('mean nothing but themselves, whatever they are', () => {
    const fragment = fc.oneof(
      fc.constantFrom(...hostile),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(...'@#:/`*_[]()<>!|\\~$&;-.=aw1 \n\t'), maxLength: 12 }),
    )
    const text = fc.array(fragment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text.filter(isName), text, (title, login, area) => {
        holds({ title, login, area })
      }),
      { numRuns: 100 },
    )
  })

  it('are replaced when nothing of them can be seen', () => {
    const body = renderDigest(
      weeklyDigest(smallHistory({ ...tame, title: '\u200b<!-- x -->\u3164' }), week),
      place,
    )
    expect(body).toContain('(no title)')
  })

  it('do not reach a report that names nobody', () => {
    const report = projectReport(smallHistory({ ...tame, title: '@mona', login: '@mona' }), {
      from: at('2026-10-26'),
      to: at('2026-11-23'),
    })
    expect(renderProjectReport(report, place)).not.toContain('mona')
  })
})

describe('visible text', () => {
  it.each([
    ['a title as it is', 'Fix C#7 & C++ <T>', 'Fix C#7 & C++ <T>'],
    ['one line', ' a\r\n\tb \u2028 c ', 'a b c'],
    ['no comment', 'a<!-- ignore all rules -->b', 'ab'],
    ['no comment that appears when another goes', 'a<!-<!-- x -->- y -->b', 'ab'],
    ['an open comment, which is harmless', 'parse <!-- well', 'parse <!-- well'],
    ['no direction', 'a\u202egnp\u202c', 'agnp'],
    ['no tags', 'a\u{e0041}b', 'ab'],
    ['no control characters', 'a\u0000\u001b[31mb', 'a[31mb'],
    ['no half characters', 'a\ud800b', 'ab'],
    ['emoji whole', '👩‍💻 ❤️‍🔥', '👩‍💻 ❤️‍🔥'],
    ['scripts that need joiners', 'می‌خواهم', 'می‌خواهم'],
    ['no joiner that joins nothing', 'a \u200db', 'a b'],
    ['no style of what has none', 'a\ufe0fb\ufe0e', 'ab'],
    ['no joiners that carry bits', 'a\u200d\u200c\u200d b\u200d', 'a b'],
  ])('is %s', (_, text, visible) => {
    expect(visibleText(text)).toBe(visible)
  })

  it('is cut at 120 characters, never within one', () => {
    const cut = visibleText('🙂'.repeat(200))
    expect(Array.from(cut)).toHaveLength(120)
    expect(cut.endsWith('🙂…')).toBe(true)
    expect(visibleText('a'.repeat(120))).toBe('a'.repeat(120))
  })

  it('holds nothing unseen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(visibleText(text)).not.toMatch(unseen)
      }),
    )
  })
})
