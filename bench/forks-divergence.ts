/**
 * Whether a whole network of forks is told as git itself and a comparison of
 * patches tell it, and how long that takes: made of real git objects, the same
 * each time. Ends with exit code 1 where they disagree.
 *
 *     npm run bench:divergence                  a thousand forks
 *     npm run bench:divergence -- [forks] [seed]
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { divergences, type ForkDivergence } from '../src/git/forks/divergence.ts'
import { readUpstream } from '../src/git/forks/upstream.ts'
import { openRepository } from '../src/git/repository.ts'
import { type MadeNetwork, makeNetwork } from '../test/git/forks/fork-network.ts'
import { Reference } from '../test/git/forks/reference.ts'

const [, , forks = '1000', seed = '1'] = process.argv

interface Row {
  forks: number
  heads: number
  unreadable: number
  ahead: number
  original: number
  countsAgree: number
  originalsAgree: number
}

async function compare(network: MadeNetwork): Promise<Map<string, Row>> {
  const repository = await openRepository({ folder: network.folder, environment: process.env })
  const began = performance.now()
  const upstream = await readUpstream(repository, network)
  const read = performance.now()
  const told: ForkDivergence[] = []
  for await (const fork of divergences(repository, upstream, network.forks)) told.push(fork)
  const seconds = (from: number, to: number) => `${((to - from) / 1_000).toFixed(2)} s`
  process.stdout.write(
    `${upstream.commits.length} commits of upstream read in ${seconds(began, read)}, ${told.length} forks told in ${seconds(read, performance.now())}, peak ${(process.resourceUsage().maxRSS / 1_024).toFixed(0)} MB. Asking git for each:\n`,
  )
  const reference = new Reference(network)
  const rows = new Map<string, Row>()
  network.forks.forEach(({ life }, index) => {
    const row = rows.get(life) ?? {
      ...{ forks: 0, heads: 0, unreadable: 0, ahead: 0, original: 0 },
      ...{ countsAgree: 0, originalsAgree: 0 },
    }
    rows.set(life, row)
    row.forks += 1
    for (const head of told[index]?.heads ?? []) {
      row.heads += 1
      if (head.problem !== null) {
        row.unreadable += 1
        continue
      }
      const { ahead, behind, mergeBase, original } = reference.of(head.sha)
      row.ahead += ahead
      row.original += original
      const isCounted =
        head.ahead === ahead && head.behind === behind && head.mergeBase === mergeBase
      if (isCounted) row.countsAgree += 1
      if (head.originalCommits === original) row.originalsAgree += 1
    }
  })
  return rows
}

function print(rows: ReadonlyMap<string, Row>): boolean {
  const titles = ['forks', 'heads', 'unreadable', 'ahead', 'original', 'counts', 'originals']
  const line = (name: string, cells: readonly (string | number)[]) =>
    `${name.padEnd(22)}${cells.map((cell) => String(cell).padStart(12)).join('')}\n`
  process.stdout.write(line('', titles))
  let agrees = true
  for (const [life, row] of rows) {
    const { heads, unreadable, countsAgree, originalsAgree } = row
    const told = heads - unreadable
    const agreement = (count: number) => `${count}/${told}`
    agrees &&= countsAgree === told && originalsAgree === told
    process.stdout.write(
      line(life, [
        ...[row.forks, heads, unreadable, row.ahead, row.original],
        ...[agreement(countsAgree), agreement(originalsAgree)],
      ]),
    )
  }
  return agrees
}

const scratch = await mkdtemp(join(tmpdir(), 'groundswell-bench-'))
try {
  const began = performance.now()
  const network = makeNetwork({ folder: scratch, forks: Number(forks), seed: Number(seed) })
  process.stdout.write(`Made in ${((performance.now() - began) / 1_000).toFixed(1)} s. `)
  const agrees = print(await compare(network))
  process.stdout.write(agrees ? 'They agree.\n' : 'They disagree.\n')
  process.exitCode = agrees ? 0 : 1
} finally {
  await rm(scratch, { recursive: true, force: true })
}
