import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readDefaults } from '../../config/defaults.ts'
import { readConfiguration } from '../../config/repository.ts'
import { completeOptions, knownOptions } from '../../config/repository-options.ts'
import { repositorySchema } from '../../config/repository-schema.ts'
import { configurationPage, defaultsFile } from './configuration-pages.ts'

const root = new URL('../../', import.meta.url)

/** JSON as Biome formats it: short lists of words on one line. */
function formatted(document: object): string {
  return JSON.stringify(document, null, 2).replaceAll(
    /\[\s+("[^[\]{}]*")\s+\]/g,
    (_, words: string) => `[${words.replaceAll(/\s+/g, ' ')}]`,
  )
}

describe('from the options are made', () => {
  it.each([
    ['config/repository.schema.json', () => `${formatted(repositorySchema())}\n`],
    ['config/defaults.yml', defaultsFile],
    ['docs/configuration.md', configurationPage],
  ])('%s', async (file, made) => {
    await expect(made()).toMatchFileSnapshot(new URL(file, root).pathname)
  })
})

it('every option says what it does', () => {
  const { properties = {} } = repositorySchema()
  const names = knownOptions([]).flatMap((name) => [
    [name],
    ...knownOptions([name]).map((inner) => [name, inner]),
  ])
  const options = names.map(([name = '', inner]) => {
    const option = Object(properties[name])
    return { name: [name, inner], says: inner ? option.properties[inner] : option }
  })
  expect(options.length).toBeGreaterThan(30)
  expect(options.filter(({ says }) => !/^[A-Z`].{8,}\.$/.test(says.description))).toEqual([])
})

describe('an editor with the schema', () => {
  // In the draft and the mode of regular expressions that editors use.
  const ajv = new Ajv({ allErrors: true, unicodeRegExp: true })
  const validate = ajv.compile(JSON.parse(JSON.stringify(repositorySchema())))
  const isWellRead = (text: string) => 'configuration' in readConfiguration(text, 'x')

  it('knows its draft', () => {
    expect(repositorySchema().$schema).toBe('http://json-schema.org/draft-07/schema#')
  })

  it.each([
    ['the defaults', JSON.stringify(readDefaults())],
    ['nothing', '{}'],
    ['weeks from Saturday', 'week-start: saturday'],
    ['logins of bots', 'people: { bots: ["renovate[bot]"], hidden: [Mona] }'],
    ['domains in any case', 'organizations: { Example Lab: [Example-Lab.AI, sub.example.org] }'],
    ['patterns of directories', 'areas: { kernels: ["csrc/**", src/kernels, "model*/"] }'],
    ['places', 'digest: { to: [issue, "discussion:News & more", slack:community] }'],
    ['titles with days', 'digest: { title: "{repository}: {days}" }'],
    ['quiet hours', 'quiet-hours: 22:00-07:00'],
  ])('takes what is read: %s', (_, text) => {
    expect(isWellRead(text)).toBe(true)
    expect([validate(parse(text)), validate.errors]).toEqual([true, null])
  })

  it.each([
    ['an unknown option', 'week-begin: sunday'],
    ['an unknown day', 'week-start: friday'],
    ['a time that no day has', 'digest: { time: "24:00" }'],
    ['a list for a section', 'digest: [monday]'],
    ['a section without anything', 'people:'],
    ['a login with its @', 'people: { ai: ["@mona"] }'],
    ['an address for a domain', 'organizations: { Lab: [mona@example.org] }'],
    ['an area too deep', 'areas: { a: [a/b/c] }'],
    ['a number as text', 'waiting-hours: "48"'],
    ['too many posts', 'posts-per-day: 501'],
    ['an address for a channel', 'digest: { to: ["https://hooks.example"] }'],
    ['a repository with its owner', 'roll-up: example-lab/community'],
    ['a list for a file', '- timezone'],
  ])('marks what is refused: %s', (_, text) => {
    expect(isWellRead(text)).toBe(false)
    expect(validate(parse(text))).toBe(false)
  })

  it.each(Object.keys(completeOptions.shape))('marks nonsense under %s', (name) => {
    expect(isWellRead(JSON.stringify({ [name]: [[0]] }))).toBe(false)
    expect(validate({ [name]: [[0]] })).toBe(false)
  })

  it('strikes old names through, and says the new one', () => {
    const { properties } = repositorySchema()
    expect(properties?.['first-day-of-week']).toEqual({
      deprecated: true,
      description: 'Write week-start.',
    })
  })
})
