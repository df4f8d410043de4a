import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readChannels } from '../../config/channels.ts'
import { readEnvironment } from '../../config/environment.ts'

const folder = mkdtempSync(join(tmpdir(), 'groundswell-channels-'))
const path = join(folder, 'channels.yml')
afterAll(() => rmSync(folder, { recursive: true }))

const secret = 'T000/B000/secret'
const webhook = `https://hooks.example/services/${secret}`

function read(text: string) {
  writeFileSync(path, text)
  return readChannels(path)
}

const faultsIn = (text: string) =>
  read(text).faults.map((fault) => fault.replace(`CHANNELS_PATH: ${path}, `, ''))

describe('the file of channels', () => {
  it('defines channels by kind and name, each for some owners and repositories', () => {
    const { channels, faults } = read(`
slack: { community: { webhook: "${webhook}", for: [Example-Lab] } }
discord: { lounge: { webhook: "${webhook}", for: [example-lab/Engine, other-lab] } }
mail: { news: { to: [news@example.org], for: [example-lab] } }
smtp: { url: "smtps://user:hunter2@mail.example.org", from: "Groundswell <g@example.org>" }
`)
    expect(faults).toEqual([])
    expect([...channels.named.keys()]).toEqual(['slack:community', 'discord:lounge', 'mail:news'])
    expect(channels.named.get('discord:lounge')).toEqual({
      ...{ id: 'discord:lounge', kind: 'discord', webhook },
      for: ['example-lab/engine', 'other-lab'],
    })
    expect(channels.smtp?.from).toBe('Groundswell <g@example.org>')
  })

  it('may be left out, or be empty', () => {
    expect(readChannels(undefined)).toEqual(read(''))
    expect(readEnvironment({}).channels.named.size).toBe(0)
  })

  it.each([
    ['slack: { a: { webhook: nonsense, for: [x] } }', /^line 1: slack\.a\.webhook is the address/],
    [`slack: { a: { webhook: "http://h.example/${secret}", for: [x] } }`, /begins with https/],
    [`slack: { a: { webhook: "${webhook}" } }`, /slack\.a\.for lists the owners/],
    [`slack: { a: { webhook: "${webhook}", for: [] } }`, /at least one owner/],
    [`slack: { a: { webhook: "${webhook}", for: ["a b"] } }`, /for\.0 is an owner, or owner\/name/],
    [`slack: { A_b: { webhook: "${webhook}", for: [a] } }`, /small letters, digits and hyphens/],
    [`slack: { a: { webhok: "${webhook}", for: [a] } }`, /Did you mean "webhook"/],
    ['slak: {}', /Did you mean "slack"/],
    ['slack: community', /^line 1: slack holds channels/],
    ['- slack', /The file holds slack, discord, mail and smtp/],
    ['mail: { a: { to: [x@example.org], for: [a] } }', /mail needs a mail server/],
    ['mail: { a: { to: [nobody], for: [a] } }', /mail\.a\.to\.0 is an e-mail address/],
    ['smtp: { url: "http://x", from: a@example.org }', /smtp\.url is the address of a mail server/],
    ['smtp: { url: "smtp://x", from: "a\\r\\nBcc: b@c.d" }', /smtp\.from is who mail comes from/],
    ['slack: [', /^line \d+: /],
  ])('%s is refused with the line and what to do', (text, words) => {
    const faults = faultsIn(text)
    expect(faults.join('\n')).toMatch(words)
    expect(faults.join('\n')).not.toContain(secret)
  })

  it('that is wrong is told at start together with everything else', () => {
    writeFileSync(path, `slack: { a: { webhook: "ftp://${secret}" } }\nsmtp: {}\n`)
    const start = () => readEnvironment({ CHANNELS_PATH: path, PORT: 'many' })
    expect(start).toThrow(/5 settings need[\s\S]*PORT:[\s\S]*slack\.a\.webhook[\s\S]*smtp\.from/)
    expect(() => readEnvironment({ CHANNELS_PATH: join(folder, 'none.yml') })).toThrow(
      /none\.yml" cannot be read/,
    )
  })
})
