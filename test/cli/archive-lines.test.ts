import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { archiveLines, CutShort } from '../../src/cli/archive-lines.ts'

afterEach(() => void vi.restoreAllMocks())

async function linesOf(contents: string | Buffer): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-lines-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'archive')
  writeFileSync(file, contents)
  return await Readable.from(archiveLines(file)).toArray()
}

const many = Array.from({ length: 20_000 }, (_, index) => `{"number":${index}}`)

it.each([
  ['plain text', `${many.join('\n')}\n`],
  ['gzip', gzipSync(many.join('\n'))],
  [
    'several gzip files in one',
    Buffer.concat([
      gzipSync(`${many.slice(0, 9).join('\n')}\n`),
      gzipSync(many.slice(9).join('\n')),
    ]),
  ],
])('reads the lines of %s', async (_, contents) => {
  expect(await linesOf(contents)).toEqual(many)
})

it('takes nothing for the end of a line but a line feed', async () => {
  const lines = ['"a\u2028b"', '"c\rd"', '', '"é – 日本"']
  expect(await linesOf(gzipSync(lines.join('\n')))).toEqual(lines)
})

it('finds characters whole that two pieces of a file share', async () => {
  const line = `"${'日'.repeat(100_000)}"`
  expect(await linesOf(`${line}\n${line}`)).toEqual([line, line])
})

it('does not hold a line without an end', async () => {
  const [endless = '', next] = await linesOf(gzipSync(`${'x'.repeat(40 * 1024 * 1024)}\nnext`))
  expect(endless.length).toBeLessThan(33 * 1024 * 1024)
  expect(next).toBe('next')
})

it('reads nothing from an empty file', async () => {
  expect(await linesOf('')).toEqual([])
})

it.each([
  ['cut short', (whole: Buffer) => whole.subarray(0, whole.length - 20)],
  [
    'damaged',
    (whole: Buffer) => Buffer.concat([whole.subarray(0, whole.length / 2), Buffer.alloc(50, 7)]),
  ],
])('gives what is there of a gzip file that is %s, and says so', async (_, damage) => {
  const read: string[] = []
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-lines-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'archive'), damage(gzipSync(many.join('\n'))))
  await expect(async () => {
    for await (const line of archiveLines(join(folder, 'archive'))) read.push(line)
  }).rejects.toThrow(CutShort)
  expect(read.slice(0, 1_000)).toEqual(many.slice(0, 1_000))
})

it('reads standard input', async () => {
  const input = Readable.from([gzipSync('one\ntwo')])
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(input as typeof process.stdin) // as: read as a stream only
  expect(await Readable.from(archiveLines('-')).toArray()).toEqual(['one', 'two'])
})
