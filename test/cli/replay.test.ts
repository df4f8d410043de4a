import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { program } from '../../src/cli/program.ts'
import { runProgram } from '../../src/cli/run-program.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groundswell-replay-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** Replays files of these texts, none of which may get as far as the store. */
async function replay(files: Record<string, string>, ...rawArgs: string[]) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const said = { out: '', error: '' }
  const paths = Object.keys(files).map((name) => join(folder, name))
  const exitCode = await runProgram(program, ['replay', ...paths, ...rawArgs], {
    out: { write: (text) => (said.out += text) },
    error: { write: (text) => (said.error += text) },
  })
  return { exitCode, ...said }
}

const good = JSON.stringify({ event: 'star', payload: {} })

it.each([
  ['nothing at all', {}, 'name a file, or use --parked or --kept'],
  ['text that is not JSON', { 'bad.json': '{"event": ' }, 'bad.json: is not JSON'],
  ['a payload without its event', { 'bad.json': '{"action": "created"}' }, 'is no delivery'],
  ['a payload that is none', { 'bad.json': '{"event": "star", "payload": 1}' }, 'is no delivery'],
  ['a list with one wrong', { 'bad.json': `[${good}, {}]` }, 'bad.json: is no delivery'],
  ['one bad file of two', { 'good.json': good, 'bad.json': '' }, 'bad.json: is not JSON'],
])('refuses %s before anything is recorded', async (_, files, message) => {
  const { exitCode, out, error } = await replay(files)
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' })
  expect(error).toContain(message)
  expect(error).not.toMatch(/\n {4}at /)
})

it('names a file that is not there', async () => {
  const { exitCode, error } = await replay({}, join(folder, 'missing.json'))
  expect(exitCode).toBe(1)
  expect(error).toContain('missing.json: cannot be read.')
})
