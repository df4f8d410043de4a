/**
 * How long the commits of a repository take from a fetch into the store, and
 * whether memory grows with them: generated histories by the same two thousand
 * people, into the embedded engine, which alone takes most of the memory.
 *
 *     npm run build && node dist/bench/commits.js
 */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beginRange, recordCommits } from '../jobs/commit-range.ts'
import { fetchRefs, openMirror } from '../src/git/mirror.ts'
import { newCommits } from '../src/git/new-commits.ts'
import { commitNamed } from '../src/git/repository.ts'
import { wantCommits } from '../src/store/commit-readings.ts'
import { openEmbedded } from '../src/store/database.ts'
import { migrate } from '../src/store/migrations/index.ts'
import { generate, run } from './generated-history.ts'

const sizes = [1_000, 25_000, 100_000]
const repositoryId = 1

interface Reading {
  facts: number
  fetchSeconds: number
  recordSeconds: number
  megabytes: number
}

const hashEmail = (address: string) =>
  createHash('sha256').update(address).digest('hex').slice(0, 32)

/** In a process of its own, so that its peak is nobody else's. */
async function readAlone(folder: string, dataDirectory: string): Promise<void> {
  await mkdir(dataDirectory)
  const { db, close } = await openEmbedded(join(dataDirectory, 'database'))
  await migrate(db)
  await wantCommits(db, repositoryId, new Date(0))
  const began = performance.now()
  const mirror = await openMirror({ dataDirectory, repositoryId, environment: process.env })
  await fetchRefs(mirror, { source: { folder }, refspecs: ['+HEAD:refs/upstream/HEAD'] })
  const fetched = performance.now()
  const tip = (await commitNamed(mirror, 'refs/upstream/HEAD')) ?? ''
  await beginRange(db, repositoryId, { tip, base: null, total: null })
  let passed = 0
  for await (const commits of newCommits(mirror, { tip, base: null }, { skip: 0, batch: 250 })) {
    passed += commits.length
    const kept = { passed, last: commits.at(-1)?.sha ?? null, page: null }
    await recordCommits(repositoryId, { commits, isFromBeginning: true, kept }, { db, hashEmail })
  }
  const { facts } = await db
    .selectFrom('facts')
    .select(({ fn }) => fn.countAll<number>().as('facts'))
    .executeTakeFirstOrThrow()
  const reading: Reading = {
    facts: Number(facts),
    fetchSeconds: (fetched - began) / 1_000,
    recordSeconds: (performance.now() - fetched) / 1_000,
    megabytes: process.resourceUsage().maxRSS / 1_024,
  }
  await close()
  process.stdout.write(JSON.stringify(reading))
}

async function compare(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'groundswell-bench-'))
  try {
    for (const size of sizes) {
      const folder = join(scratch, `${size}.git`)
      await generate(folder, size)
      const here = fileURLToPath(import.meta.url)
      const answer = await run(process.execPath, [here, folder, join(scratch, `${size}`)])
      const { facts, fetchSeconds, recordSeconds, megabytes } = JSON.parse(answer) as Reading // as: written by readAlone
      process.stdout.write(
        `${size} commits, ${facts} facts: fetched in ${fetchSeconds.toFixed(1)} s, recorded in ${recordSeconds.toFixed(1)} s (${(size / recordSeconds).toFixed(0)} a second), peak ${megabytes.toFixed(0)} MB\n`,
      )
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

const [, , folder, dataDirectory] = process.argv
await (folder === undefined || dataDirectory === undefined
  ? compare()
  : readAlone(folder, dataDirectory))
