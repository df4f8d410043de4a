import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refuseDiscord } from '../../src/publish/discord-gate.ts'
import { refuse } from '../../src/publish/gate.ts'
import { refuseHtml } from '../../src/publish/html-gate.ts'
import { refuseSlack } from '../../src/publish/slack-gate.ts'
import { type DigestContent, digestContent } from '../../src/report/digest.ts'
import { digestMail } from '../../src/report/digest-mail.ts'
import { discordMessage } from '../../src/report/discord-message.ts'
import { shortDigest } from '../../src/report/short-digest.ts'
import { slackMessage } from '../../src/report/slack-message.ts'
import { joint, strangerText, visibleText } from '../../src/report/stranger-text.ts'
import { honest } from './hostile/honest.ts'
import { faultsIn, parsed, seenIn, shapeOf } from './hostile/reader.ts'
import type { Stranger } from './hostile/reports.ts'
import { strangersDigest, surfaces } from './hostile/surfaces.ts'
import { attacks, corpus, inCompany } from './hostile.ts'
import { place } from './samples.ts'

const allowed = { urlBases: [place.url, 'https://groundswell.example/docs'] }

/** A name that cannot be seen is no name; such a person is shown as somebody who asked not to be named. */
const isSeen = (text: string) => visibleText(text) !== ''

const shapes = Object.fromEntries(
  Object.entries(surfaces).map(([name, render]) => {
    const said: string[] = []
    const say = () => `tame ${said.push('')}`
    return [name, shapeOf(parsed(render(say, say)))]
  }),
)

/** What is wrong with a surface in which strangers say these things, one after the other. */
function faultsOf(name: string, next: Stranger): string[] {
  const shown: string[] = []
  const say = () => {
    const text = next()
    shown.push(text)
    return text
  }
  const body = surfaces[name]!(say, next)
  const tree = parsed(body)
  const seen = seenIn(tree)
  const refused = refuse(body, allowed)
  const missing = shown.filter((text) => !seen.includes(visibleText(text)))
  return [
    ...faultsIn(body, tree),
    ...(refused === null ? [] : [`the gate: ${refused}`]),
    ...(JSON.stringify(shapeOf(tree)) === JSON.stringify(shapes[name]) ? [] : ['another shape']),
    ...missing.map((text) => `not to be read: ${text}`),
  ]
}

/** Each text in turn, as many as a surface has places; then the next body. Where one is at fault, alone. */
function holds(name: string, texts: readonly string[]): void {
  for (let next = 0; next < texts.length; ) {
    const said: string[] = []
    const faults = faultsOf(name, () => {
      const text = texts[next % texts.length] ?? ''
      next += 1
      said.push(text)
      return text
    })
    if (faults.length === 0) continue
    const alone = said.find((text) => faultsOf(name, () => text).length > 0)
    expect.fail(JSON.stringify(alone === undefined ? { said, faults } : { alone, faults }, null, 1))
  }
}

describe('the corpus', () => {
  it('says of each of several hundred texts what it tries, once', () => {
    const named = Object.values(corpus).flat()
    expect(named.length).toBeGreaterThan(500)
    expect(named.filter(([tries]) => tries === '')).toEqual([])
    for (const [category, some] of Object.entries(corpus)) {
      const names = some.map(([tries]) => tries)
      expect(
        names.filter((name, index) => names.indexOf(name) < index),
        category,
      ).toEqual([])
    }
  })
})

/** Texts with a place or two for strangers make a body for each text or two, so they share the corpus. */
const small = [
  'first pull request',
  'known person',
  'merge',
  'person report',
  'unknown person',
].concat('unknown command')

describe.each(Object.keys(surfaces))('what strangers say in %s', (name) => {
  it.each(Object.entries(corpus))('means nothing but itself: %s', (_, some) => {
    const texts = some.map(([, text]) => text).filter(isSeen)
    const nth = small.indexOf(name)
    holds(name, nth === -1 ? texts : texts.filter((_, index) => index % small.length === nth))
  })
})

describe.each(Object.entries(corpus))(
  'what strangers say where a digest is sent: %s',
  (_, some) => {
    const texts = some.map(([, text]) => text).filter(isSeen)
    const id = 'digest.1.2026-W47.mail.news'
    const to = { id, title: 'Week 47', repository: place.fullName, url: place.url }
    /** One digest after the other, until each text was said. */
    const sent = (check: (content: DigestContent) => string | null) => {
      for (let next = 0; next < texts.length; ) {
        const say = () => texts[next++ % texts.length] ?? ''
        const content = digestContent(strangersDigest(say, say), place)
        const before = texts.slice(0, next).slice(-60)
        expect(content && check(content), JSON.stringify(before)).toBeNull()
      }
    }

    it('means nothing on Slack', () => {
      sent((content) => refuseSlack(slackMessage(shortDigest(to.title, content, to.url)), allowed))
    })

    it('means nothing on Discord', () => {
      sent((content) =>
        refuseDiscord(discordMessage(shortDigest(to.title, content, to.url)), allowed),
      )
    })

    it('means nothing in a mail', () => {
      sent((content) => {
        const { html, text, pictures } = digestMail(to, content)
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\u202e]/u)
        const cids = pictures.map(({ cid }) => cid)
        return refuseHtml(html, allowed, cids)
      })
    })
  },
)

describe('what strangers say', () => {
  it('means nothing but itself, in company', () => {
    holds('digest', inCompany.filter(isSeen))
  })

  it('means nothing but itself, spliced, repeated and cut', () => {
    const piece = fc.oneof(
      fc.constantFrom(...attacks),
      fc
        .tuple(fc.constantFrom(...attacks), fc.nat(40), fc.nat(40))
        .map(([text, from, length]) => text.slice(from, from + length)),
      fc
        .tuple(fc.constantFrom(...attacks), fc.integer({ min: 2, max: 6 }))
        .map(([text, times]) => text.slice(0, 20).repeat(times)),
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ unit: fc.constantFrom(...'@#:/`*_[]()<>!|\\~$&;-.=aw1 \n\t'), maxLength: 12 }),
    )
    const text = fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''))
    const texts = fc.array(text.filter(isSeen), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(surfaces)), texts, (name, said) => {
        let next = 0
        const faults = faultsOf(name, () => said[next++ % said.length] ?? '')
        expect(faults, name).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it.each(Object.entries(honest))('is all there, and seen as it was written: %s', (_, text) => {
    expect(visibleText(text)).toBe(text)
    expect(strangerText(text, '').value.replaceAll(joint, '')).toBe(text)
  })

  it('has no joints where people only write', () => {
    const prose = Object.values(honest).filter(
      (text) => !/[#$@]|:\/\/|:\w+:|[\da-f]{7}/i.test(text),
    )
    expect(prose.length).toBeGreaterThan(50)
    for (const text of prose) expect(strangerText(text, '').value).toBe(text)
  })
})
