import { beginIfIdle, forkScanStep } from '../../jobs/fork-scan-step.ts'
import type { Looks } from '../../jobs/fork-step.ts'
import { pullRequestsFromForks } from '../github/forks/pull-requests-from-forks.ts'
import { TooMuch } from '../github/history/request.ts'
import { forkCounts } from '../store/fork-counts.ts'
import { forkScanOf, wantForkScan } from '../store/fork-scans.ts'
import type { NetworkReader, NetworkReading } from './network-reader.ts'

/** As often in a row GitHub may fail to answer. */
const mostFailures = 5
/** Of pull requests no more pages are read: five thousand of them. */
const mostPages = 50
const dayMs = 24 * 60 * 60_000
/** What was opened before makes no fork a contributing one. */
const daysContributing = 365

/**
 * Reads a network by GraphQL, as the App does: every fork, and of those that
 * are compared the ends of their branches.
 * @throws what GitHub answered where it refuses
 */
export async function scanNetwork(reader: NetworkReader): Promise<NetworkReading> {
  const { db, repository, now, tell } = reader
  await wantForkScan(db, repository.id, { at: now, kind: 'whole' })
  await readOn(reader, { byGit: true })
  const scan = await forkScanOf(db, repository.id)
  const pulls = await readPullRequests(reader)
  // With the one that showed the repository.
  const requests = 1 + (scan?.requests ?? 0) + pulls.requests
  const points = (scan?.points ?? 0) + pulls.points
  tell('Forks are listed')
  return { cost: { points, requests }, pullRequests: pulls.byFork, notes: pulls.notes }
}

/**
 * Where git could not compare: asks GitHub about the branches that were found.
 * @returns what it cost
 */
export async function compareByApi(reader: NetworkReader) {
  const { db, repository } = reader
  const before = await forkScanOf(db, repository.id)
  await readOn(reader, { byGit: false })
  const after = await forkScanOf(db, repository.id)
  return {
    points: (after?.points ?? 0) - (before?.points ?? 0),
    requests: (after?.requests ?? 0) - (before?.requests ?? 0),
  }
}

async function readOn(reader: NetworkReader, { byGit }: { byGit: boolean }): Promise<void> {
  const { client, db, repository, limit, now } = reader
  const looks: Looks = { evenUntouched: true, most: limit }
  const deps = { db, now: () => now }
  for (let failures = 0; ; ) {
    const promised = await forkScanOf(db, repository.id)
    if (promised === null) throw new Error('The scan was just promised')
    await beginIfIdle(repository.id, promised, deps)
    const scan = (await forkScanOf(db, repository.id)) ?? promised
    const { startedAt } = scan
    if (startedAt === null) return
    try {
      const asked = { scan, startedAt, byGit, looks }
      if (!(await forkScanStep(client, repository, asked, deps))) return
      failures = 0
    } catch (error) {
      // The next one asks for less.
      failures += 1
      if (!(error instanceof TooMuch) || failures > mostFailures) throw error
    }
    await tellHowFar(reader)
  }
}

async function tellHowFar({ db, repository, tell }: NetworkReader): Promise<void> {
  const { known } = await forkCounts(db, repository.id)
  const scan = await forkScanOf(db, repository.id)
  const size = scan?.networkSize == null ? '' : ` of about ${scan.networkSize}`
  const doing = scan?.walk == null ? 'Looking into forks' : 'Listing forks'
  tell(`${doing}: ${known}${size} known, ${scan?.requests ?? 0} requests so far`)
}

/** Those that are open, and those of a year: they tell which forks contribute. */
async function readPullRequests(reader: NetworkReader) {
  const { client, repository, now, tell } = reader
  const since = new Date(now.getTime() - daysContributing * dayMs)
  const byFork = new Map<number, { open: number; lastOpenedAt: Date }>()
  const read = { points: 0, requests: 0, byFork, notes: [] as string[] }
  for (const onlyOpen of [true, false]) {
    let after: string | null = null
    do {
      if (read.requests >= mostPages) {
        read.notes.push(
          'Not all pull requests of the last year were read, so more forks may be contributing.',
        )
        return read
      }
      const page = await pullRequestsFromForks(client, repository, { after, onlyOpen })
      read.requests += 1
      read.points += page.rateLimit?.cost ?? 1
      for (const { forkId, open, openedAt } of page.pulls) {
        if (open !== onlyOpen) continue
        const known = byFork.get(forkId)
        const lastOpenedAt = known && known.lastOpenedAt > openedAt ? known.lastOpenedAt : openedAt
        byFork.set(forkId, { open: (known?.open ?? 0) + (open ? 1 : 0), lastOpenedAt })
      }
      const isFar = !onlyOpen && page.reachedTo !== null && page.reachedTo < since
      after = isFar ? null : page.next
      tell(`Reading pull requests: ${read.requests} requests so far`)
    } while (after !== null)
  }
  return read
}
