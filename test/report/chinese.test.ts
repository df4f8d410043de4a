import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readDefaults } from '../../config/defaults.ts'
import { chartSvg } from '../../src/charts/chart-svg.ts'
import { digestTitle } from '../../src/report/digest.ts'
import { digestReason } from '../../src/report/digest-reason.ts'
import { everySurface } from './every-surface.ts'
import { place, week } from './samples.ts'

const there = { ...place, language: 'zh-CN' } as const

/** What strangers named in the samples, and what things are called. */
const names = [
  ...['Fix RoPE scaling beyond 128k', 'Tokenizer drops the last byte'],
  ...['Add Gaudi 3 to the build matrix', 'example-lab', 'upstream-lab', 'fork-one', 'fork-two'],
  ...['newcomer-a', 'newcomer-c', 'newcomer-e', 'mona', 'engine', 'small', '.github'],
  ...['src/', 'kernels/rocm/', 'Groundswell', 'GitHub', 'GraphQL', 'GitHub Apps', 'ROCm'],
  ...['Europe/Berlin', 'digest.to', '/groundswell hide-me', 'groundswell doctor'],
  'groundswell replay --parked',
]
/** What a configuration may hold. */
const values = [
  ...['digest.day', 'digest', 'forks', 'day', 'roll-up', 'week', 'year', 'none', 'bots'],
  ...['true', 'false', 'timezone: UTC', 'Asia/Shanghai', 'IANA', 'name: value', 'issue'],
  ...['discussion:Category', '"discussion:Announcements"', 'slack:community', 'community'],
  ...['slack:x', 'slack:y', 'mail:z', 'enabled', 'renovate[bot]', 'example.org'],
  ...['csrc/', 'src/kernels', 'YAML', 'UTF'],
]

/** Of the form of a message, a page or a feed. */
const form =
  /<(?:style|updated|id)>[^<]*<\/(?:style|updated|id)>|<name>Groundswell<\/name>|"(?:type|style|text|blocks|elements|url|emoji|bold|code|header|plain_text|rich_text\w*|bullet|link|unfurl_\w+|embeds|title|description|allowed_mentions|parse)"|:(?:true|false)\b/g

/** A text as it is shown, with code as a mere `x`. */
function visible(text: string): string {
  const alts = [...text.matchAll(/\balt="([^"]*)"/g)].map(([, alt]) => alt)
  return [text, ...alts]
    .join('\n')
    .replaceAll('\\n', '\n')
    .replaceAll(/\\([^\w\s])/g, '$1')
    .replaceAll(/&(?:#x3C|lt);/g, '<')
    .replaceAll(/```[\s\S]*?```/g, ' ')
    .replaceAll(/`[^`\n]*`|<code>[^<]*<\/code>/g, '`x`')
    .replaceAll(/\[([^\][]*)\]\([^)\s]*\)/g, '$1')
    .replaceAll(/(?:https?|cid):[^\s"<>）]+|tag:[^<]*/g, 'x')
    .replaceAll(form, ' ')
    .replaceAll(/<[^>]*>|\*\*/g, '')
}

/** Words of Latin letters that a reader of a text sees and that are no name, code, command or address. */
function english(name: string, text: string): string[] {
  const allowed = [...names, ...(/configuration/.test(name) ? values : [])]
    .toSorted((a, b) => b.length - a.length)
    .map((one) => one.replaceAll(/[.[\]*/"%:-]/g, '\\$&'))
  const rest = visible(text).replaceAll(
    new RegExp(`(?<![A-Za-z])(?:${allowed.join('|')})(?![A-Za-z])`, 'g'),
    ' ',
  )
  return rest.match(/[A-Za-z]{3,}/g) ?? []
}

describe('in Chinese', () => {
  const surfaces = everySurface(there)

  it.each(Object.entries(surfaces))('%s holds no English', (name, text) => {
    expect(text).toMatch(/\p{Script=Han}/u)
    expect(english(name, text)).toEqual([])
  })

  const markdown = Object.entries(surfaces).filter(([, text]) => !/^(?:\[?{|<)/.test(text))

  it.each(markdown)('%s is set as Chinese is', (_, text) => {
    const shown = visible(text).replaceAll(/^(?:[-#>|] ?)+|^ +/gm, '')
    const wrong = [
      // Sentences have the marks of Chinese, which stand without spaces.
      ...shown.matchAll(/.*(?:\p{Script=Han} ?[,;:!?()]|[,;:!?(] ?\p{Script=Han}).*/gu),
      ...shown.matchAll(/.*(?: [，。；：、（）“”]|[，。；：、（“] [^|\s]).*/gu),
      // Letters, numbers and code are set off by a space, but in a date.
      ...shown.matchAll(
        /.*(?:(?![年月至])\p{Script=Han}[A-Za-z\d`]|[A-Za-z\d`](?![年月日])\p{Script=Han}).*/gu,
      ),
      // What Markdown could not mark as strong otherwise.
      ...shown.matchAll(/.*&#x.*/g),
    ].map(([line]) => line)
    expect(wrong).toEqual([])
  })

  it('a digest is titled where the repository chose no title', () => {
    const { title } = readDefaults().digest
    expect(digestTitle(week, place, title)).toBe('Community digest, week 47 of 2026')
    expect(digestTitle(week, there, title)).toBe('社区周报：2026 年第 47 周')
    expect(digestTitle(week, there, 'Digest {week}')).toBe('Digest 47')
  })

  it('mails, feeds and charts say so to whoever reads them aloud', () => {
    expect(surfaces['HTML of a mail']).toContain('<html lang="zh-CN">')
    expect(surfaces.feed).toContain('xml:lang="zh-CN"')
    const drawn = { name: 'forks', title: '复刻', axis: '复刻', steps: ['W47'] } as const
    const series = [{ name: '复刻', mark: 'line', values: [3] }] as const
    expect(chartSvg({ ...drawn, series, language: 'zh-CN' }, 'light')).toContain('xml:lang="zh-CN"')
  })

  it('every surface says something else than in English', () => {
    const inEnglish = everySurface(place)
    const same = Object.keys(surfaces).filter((name) => surfaces[name] === inEnglish[name])
    expect(same).toEqual([])
  })
})

describe('the Chinese words', () => {
  const folder = new URL('../../src/report/words/zh-cn/', import.meta.url)

  it.each(readdirSync(folder))('in %s hold no English', (file) => {
    const source = readFileSync(new URL(file, folder), 'utf8')
      .replaceAll(/\/\*[\s\S]*?\*\/|^import .*$|\/\/ .*$/gm, '')
      .replaceAll(/code\('[^']*'\)/g, '')
      .replaceAll(/\{(?:week|year)\}/g, '')
      .replaceAll(/\$\{(?:[^{}`']|'[^']*'|`[^`]*`|\{[^}]*\})*\}/g, '')
    const literals = source.match(/'[^'\n]*'(?!\s*:)|`[^`]*`/g) ?? []
    const sentences = literals.filter((text) => /\p{Script=Han}|\w \w/u.test(text))
    expect(sentences.flatMap((text) => english(file, text))).toEqual([])
  })
})

describe('the reason why a digest is not there', () => {
  it.each([
    'a later digest is there',
    'a person edited it',
    'issues are turned off, and discussions are turned off',
    'there is no category of discussions called "a"; there are: b, c',
    'Tried too often: issues are turned off',
  ])('is in English as it is kept: %s', (kept) => {
    expect(digestReason(kept, place)).toBe(kept)
    expect(digestReason(kept, there)).not.toMatch(/[A-Za-z]{3,}/)
  })

  it('is read wherever it is put', () => {
    const sources = [
      'jobs/post-digest.ts',
      ...['github-publisher', 'issues', 'discussions'].map((name) => `src/publish/${name}.ts`),
    ].map((file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'))
    const put = sources
      .flatMap((text) => [...text.matchAll(/\b(?:why: |NoSuchPlace\(\s*)'([^']+)'/g)])
      .map(([, kept = '']) => kept)
    expect(new Set(put).size).toBeGreaterThan(5)
    expect(put.filter((kept) => digestReason(kept, there) === kept)).toEqual([])
  })

  it('is what GitHub said, if nobody else said anything', () => {
    expect(digestReason('403 Resource not accessible by integration', there)).toMatch(/^403 Res/)
  })
})
