/**
 * How long reading a history takes beside `git log` with the same fields, and
 * whether memory grows with people rather than with commits: two generated
 * histories by the same two thousand people, one four times as long.
 *
 *     npm run build && node dist/bench/git-lane.js
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { logArguments } from '../src/git/commit-log.ts'
import { readHistory } from '../src/git/read-history.ts'
import { openRepository } from '../src/git/repository.ts'
import { commitSummary } from '../src/people/commit-summary.ts'
import { generate, run } from './generated-history.ts'

const sizes = [50_000, 200_000]
const repeats = 3

/** In a process of its own, so that its peak is nobody else's. */
async function readAlone(folder: string): Promise<void> {
  const began = performance.now()
  const repository = await openRepository({ folder, environment: process.env })
  const range = { tip: 'HEAD', base: null, from: null, to: null }
  const [tally] = await readHistory(repository, [range])
  if (tally === undefined) throw new Error('Nothing was read')
  const { commits, authors } = commitSummary(tally, { earlierHistory: true })
  const seconds = (performance.now() - began) / 1_000
  const megabytes = process.resourceUsage().maxRSS / 1_024
  process.stdout.write(JSON.stringify({ commits, authors: authors.total, seconds, megabytes }))
}

interface Reading {
  commits: number
  authors: number
  seconds: number
  megabytes: number
}

async function measure(folder: string): Promise<Reading & { gitSeconds: number }> {
  const args = ['-C', folder, ...logArguments(['HEAD'])]
  const gitSeconds: number[] = []
  const readings: Reading[] = []
  for (let turn = 0; turn < repeats; turn += 1) {
    const began = performance.now()
    await run('git', args)
    gitSeconds.push((performance.now() - began) / 1_000)
    const answer = await run(process.execPath, [fileURLToPath(import.meta.url), folder])
    readings.push(JSON.parse(answer) as Reading) // as: written by readAlone
  }
  const best = readings.toSorted((a, b) => a.seconds - b.seconds)[0]
  if (best === undefined) throw new Error('Nothing was measured')
  return { ...best, gitSeconds: Math.min(...gitSeconds) }
}

async function compare(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'groundswell-bench-'))
  try {
    for (const size of sizes) {
      const folder = join(scratch, `${size}.git`)
      await generate(folder, size)
      const { commits, authors, seconds, megabytes, gitSeconds } = await measure(folder)
      process.stdout.write(
        `${commits} commits by ${authors} people: git log ${gitSeconds.toFixed(2)} s, Groundswell ${seconds.toFixed(2)} s, ratio ${(seconds / gitSeconds).toFixed(2)}, peak ${megabytes.toFixed(0)} MB\n`,
      )
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

const [, , folder] = process.argv
await (folder === undefined ? compare() : readAlone(folder))
