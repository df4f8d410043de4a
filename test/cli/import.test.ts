import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { renderArchiveImport } from '../../src/report/archive-import.ts'
import type { ArchiveImport } from '../../src/report/json/archive-import.ts'
import { archived, archiveFile } from '../support/archive.ts'
import { fork } from '../support/builders.ts'
import { outputOf } from './output-of.ts'

const at = '2026-11-16T09:00:00Z'
const good = archiveFile([archived(fork({ at }), { at })])

async function importing(contents: Buffer | string | null, ...rawArgs: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-import-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [fine, other] = [join(folder, 'fine.json.gz'), join(folder, 'other')]
  writeFileSync(fine, good)
  if (contents !== null) writeFileSync(other, contents)
  return await outputOf('import', 'gharchive', fine, other, ...rawArgs)
}

describe('what is no archive is refused before anything is asked or recorded', () => {
  it.each([
    ['a missing file', null, 'other: cannot be read; there is no such file.'],
    ['an empty file', '', 'other: is empty.'],
    ['an empty gzip file', gzipSync(''), 'other: is empty.'],
    ['text', 'Dear reader,\nthis is a letter.\n', "other: is no archive of GitHub's events."],
    ['other JSON', '{"event": "star", "payload": {}}\n', 'other: is no archive'],
    ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0a, 0xff]), 'other: is no archive'],
    ['half a first line', good.subarray(0, 60), 'other: is cut short before its first event.'],
  ])('%s', async (_, contents, message) => {
    const { exitCode, out, error } = await importing(contents)
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
    expect(error).toContain(message)
  })

  it('a folder', async () => {
    const { exitCode, error } = await outputOf('import', 'gharchive', tmpdir())
    expect([exitCode, error]).toEqual([
      1,
      expect.stringContaining('cannot be read; it is a folder'),
    ])
  })

  it('something other than the archive', async () => {
    const { exitCode, error } = await outputOf('import', 'gitlab', 'file')
    expect([exitCode, error]).toEqual([1, expect.stringContaining('import from "gitlab"')])
  })
})

const told: ArchiveImport = {
  files: [
    { file: '9.json.gz', lines: 120_000, cutShort: false },
    { file: '14 @mona`.json.gz', lines: 300, cutShort: true },
  ],
  events: 9,
  hours: { from: new Date(at), to: new Date('2026-11-16T15:00:00Z') },
  missingHours: [{ from: new Date('2026-11-16T10:00:00Z'), to: new Date('2026-11-16T14:00:00Z') }],
  repositories: [
    {
      repository: 'example-lab/engine',
      added: 5,
      known: 1,
      kinds: [
        { kind: 'ForkEvent', added: 4, known: 1 },
        { kind: 'WatchEvent', added: 1, known: 0 },
      ],
    },
    { repository: 'example-lab/second', added: 0, known: 0, kinds: [] },
  ],
  leftOut: { corruptLines: 2, trimmed: 3, old: 1, unreadable: 0 },
  faults: [{ fault: 'not JSON', file: '9.json.gz', line: 17, count: 2 }],
}

it('is told to a person with everything that is not in it', async () => {
  await expect(renderArchiveImport(told)).toMatchFileSnapshot('__snapshots__/import.md')
})
