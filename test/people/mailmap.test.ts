import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mailmapEvidence, readMailmap } from '../../src/people/mailmap.ts'
import { mergeMembers } from '../../src/people/merge-members.ts'

const hashEmail = (text: string) => text.replace('\n', ' ')

describe('a .mailmap', () => {
  it.each([
    ['Mona Lisa <m@lab.dev>', ['Mona Lisa', null, null, 'm@lab.dev']],
    ['<mona@lab.dev> <m@home.dev>', [null, 'mona@lab.dev', null, 'm@home.dev']],
    ['Mona <mona@lab.dev> <m@home.dev>', ['Mona', 'mona@lab.dev', null, 'm@home.dev']],
    ['Mona <mona@lab.dev> m <m@home.dev>', ['Mona', 'mona@lab.dev', 'm', 'm@home.dev']],
    [
      '\tMona\u00a0Lisa  <mona@lab.dev>\t<m@h.dev> # her',
      ['Mona\u00a0Lisa', 'mona@lab.dev', null, 'm@h.dev'],
    ],
  ])('says in %j who is who', (line, [properName, properEmail, commitName, commitEmail]) => {
    expect(readMailmap(`${line}\n`)).toEqual([{ properName, properEmail, commitName, commitEmail }])
  })

  it.each([
    '',
    '# Mona <mona@lab.dev>',
    'Mona',
    'Mona <mona@lab.dev',
    '> <',
    '<> <m@h.dev>',
    '\0\uFFFD',
  ])('has no entry in %j', (line) => {
    expect(readMailmap(line)).toEqual([])
  })

  it('is read in no time, however it is broken', () => {
    for (const piece of ['<', '>', '<>', 'a <b', '\n<a@b>']) {
      expect(readMailmap(piece.repeat(200_000)).length).toBeLessThanOrEqual(20_000)
    }
  }, 2_000)
})

describe('what git makes of it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-mailmap-'))
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim()
  beforeAll(() => void git('init', '--quiet'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each([
    'Mona Lisa <m@lab.dev>',
    '<mona@lab.dev> <m@lab.dev>',
    ' Mona Lisa <mona@lab.dev> <M@lab.dev> # laptop',
    'Mona Lisa <mona@lab.dev> m <m@lab.dev>',
    'Mona Lisa <mona@lab.dev> somebody else <m@lab.dev>',
    'Mona Lisa mona@lab.dev m@lab.dev',
    '#Mona Lisa <mona@lab.dev> <m@lab.dev>',
    'Mona Lisa <mona@lab.dev> <m@lab.dev> <x@lab.dev>',
    'Mona Lisa <mona@lab.dev> <m@lab.dev',
    'Mona <b> Lisa <m@lab.dev>',
  ])('is what is made of it here: %s', (line) => {
    writeFileSync(join(folder, '.mailmap'), `${line}\n`)
    const asked = { name: 'm', email: 'm@lab.dev' }
    const [entry] = readMailmap(line).filter(
      ({ commitEmail, commitName }) =>
        commitEmail.toLowerCase() === asked.email && (commitName ?? asked.name) === asked.name,
    )
    const { name, email } = {
      name: entry?.properName ?? asked.name,
      email: entry?.properEmail ?? asked.email,
    }
    expect(`${name} <${email}>`).toBe(git('check-mailmap', 'm <m@lab.dev>'))
  })
})

describe('the evidence in it', () => {
  const people = (text: string) => {
    const holdings = mailmapEvidence(1, readMailmap(text), hashEmail)
    return mergeMembers(holdings).map(({ members }) => members)
  }

  it('joins an address to the proper one, and those of one proper name', () => {
    expect(
      people('Mona Lisa <mona@lab.dev> <m@home.dev>\nMona Lisa <lisa@uni.dev>\nAda <ada@x.dev>'),
    ).toEqual([['signature:lisa@uni.dev', 'signature:m@home.dev', 'signature:mona@lab.dev']])
  })

  it('knows an account by its noreply address', () => {
    expect(people('<7+mona@users.noreply.github.com> <m@home.dev>')).toEqual([
      ['account:7', 'signature:7+mona@users.noreply.github.com', 'signature:m@home.dev'],
    ])
  })

  it('joins nobody by an address that several people sign with', () => {
    const text =
      'Mona Lisa <mona@lab.dev> Mona <dev@lab.dev>\nAda Byron <ada@lab.dev> Ada <dev@lab.dev>'
    expect(people(text)).toEqual([])
  })

  it('tells two machines of the same address apart by the name', () => {
    const holdings = mailmapEvidence(
      1,
      readMailmap('Mona Lisa <mona@lab.dev> Mona <root@localhost>'),
      hashEmail,
    )
    expect(mergeMembers(holdings)[0]?.members).toContain('signature:mona root@localhost')
  })

  it('is nothing about bots', () => {
    expect(people('Mona Lisa <mona@lab.dev> renovate[bot] <bot@renovate.dev>')).toEqual([])
  })
})
