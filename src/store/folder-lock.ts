import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { UserError } from '../errors.ts'

/**
 * One process owns the embedded engine's folder: PGlite takes no lock, and two
 * processes on one folder lose each other's rows without an error. A lock is
 * taken over only from a process that is gone, never from one that is slow.
 */
export interface FolderLock {
  release(): Promise<void>
}

const Owner = z.object({
  pid: z.int(),
  /** when that process began, in the system's own terms; null where the system does not say */
  startedAt: z.string().nullable(),
})
type Owner = z.output<typeof Owner>

const guardPollMs = 10

/** @throws UserError naming the process that has the folder */
export async function lockFolder(folder: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, 'lock')
  const own = JSON.stringify({ pid: process.pid, startedAt: await startOf(process.pid) })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, own, { mode: 0o600 })
  try {
    for (;;) {
      // A link appears whole or not at all, so nobody ever reads half a lock.
      if (await succeeds(link(draft, path), 'EEXIST')) break
      const owner = await ownerOf(path)
      if (owner !== null && (await isAlive(owner))) {
        throw new UserError(
          `The folder ${folder} is in use by process ${owner.pid}. Stop that one first, or set DATA_DIR to another folder.`,
        )
      }
      await clearDead(path, draft)
    }
  } finally {
    await unlink(draft)
  }
  return {
    release: async () => {
      if ((await readFile(path, 'utf8').catch(() => '')) === own) await unlink(path)
    },
  }
}

/**
 * Removes a dead lock. Only whoever holds the guard may, and looks again first:
 * otherwise the second of two that found the same dead lock would remove the
 * first one's new one.
 */
async function clearDead(path: string, draft: string): Promise<void> {
  const guard = `${path}.takeover`
  if (!(await succeeds(link(draft, guard), 'EEXIST'))) {
    const taker = await ownerOf(guard)
    if (taker !== null && (await isAlive(taker))) await setTimeout(guardPollMs)
    else await succeeds(unlink(guard), 'ENOENT')
    return
  }
  try {
    const owner = await ownerOf(path)
    if (owner === null || !(await isAlive(owner))) await succeeds(unlink(path), 'ENOENT')
  } finally {
    await unlink(guard)
  }
}

async function ownerOf(path: string): Promise<Owner | null> {
  const text = await readFile(path, 'utf8').catch(() => '')
  try {
    return Owner.parse(JSON.parse(text))
  } catch {
    return null // empty after a power cut, or not ours: nobody can be asked about it
  }
}

async function isAlive({ pid, startedAt }: Owner): Promise<boolean> {
  if (pid === process.pid) return startedAt === (await startOf(pid))
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false
  }
  // In a container every first process has the same number: its beginning tells it apart.
  return startedAt === null || startedAt === (await startOf(pid))
}

/** Boot id and start time in ticks, from Linux's /proc; null elsewhere. */
async function startOf(pid: number): Promise<string | null> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything; the start time is the 20th field after it.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${boot}/${ticks}`
  } catch {
    return null
  }
}

async function succeeds(action: Promise<unknown>, unless: string): Promise<boolean> {
  try {
    await action
    return true
  } catch (error) {
    if (codeOf(error) === unless) return false
    throw error
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined
