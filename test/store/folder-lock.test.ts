import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { lockFolder } from '../../src/store/folder-lock.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'groundswell-lock-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

it('lets one in, and the next one after it', async () => {
  const first = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${process.pid}`)
  await first.release()
  const second = await lockFolder(folder)
  await second.release()
  expect(await readdir(folder)).toEqual([])
})

it('takes over from a process that is gone', async () => {
  const other = spawn(process.execPath, ['-e', ''])
  await once(other, 'exit')
  await writeFile(join(folder, 'lock'), JSON.stringify({ pid: other.pid, startedAt: null }))
  const lock = await lockFolder(folder)
  await lock.release()
})

it('takes over from another process that had the same number', async () => {
  await writeFile(join(folder, 'lock'), JSON.stringify({ pid: process.pid, startedAt: 'boot/1' }))
  const lock = await lockFolder(folder)
  await lock.release()
})

it('takes over a lock that a power cut emptied', async () => {
  await writeFile(join(folder, 'lock'), '')
  const lock = await lockFolder(folder)
  await lock.release()
})

it('never robs a process that is only stopped', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(other, 'spawn')
  other.kill('SIGSTOP')
  try {
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: other.pid, startedAt: null }))
    await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${other.pid}`)
  } finally {
    other.kill('SIGKILL')
  }
})

it('lets exactly one in when many find the same dead lock, every time', async () => {
  for (let round = 0; round < 40; round += 1) {
    await writeFile(join(folder, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, startedAt: null }))
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)))
    const locks = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    expect(locks).toHaveLength(1)
    await locks[0]?.release()
    expect(await readdir(folder)).toEqual([])
  }
})
