import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readHistory } from '../../src/git/read-history.ts'
import { openRepository } from '../../src/git/repository.ts'
import { commitSummary } from '../../src/people/commit-summary.ts'

const shared = fileURLToPath(new URL('../../../shared/', import.meta.url))
const exam = join(shared, 'data/exams/published-counts.json')

const Exam = z.object({
  release_ranges: z.array(
    z.object({
      history: z.string(),
      range: z.string(),
      base: z.string(),
      head: z.string(),
      published: z.object({ contributors: z.number(), new_contributors: z.number() }),
    }),
  ),
  distinct_author_lines: z.array(
    z.object({ history: z.string(), commit_prefix: z.string(), published: z.number() }),
  ),
})

const { release_ranges: ranges, distinct_author_lines: authorLines } = existsSync(exam)
  ? Exam.parse(JSON.parse(readFileSync(exam, 'utf8')))
  : { release_ranges: [], distinct_author_lines: [] }

describe.skipIf(!existsSync(exam))(
  'what projects published about themselves (skipped without ../shared)',
  () => {
    it.each(ranges)('$history, $range', async ({ history, base, head, published }) => {
      const { folder, rebuilt } = rebuild(history)
      const { authors } = await summaryOf(folder, { tip: rebuilt(head), base: rebuilt(base) })
      expect(Math.abs(authors.total - published.contributors)).toBeLessThanOrEqual(1)
      expect(Math.abs((authors.new ?? 0) - published.new_contributors)).toBeLessThanOrEqual(2)
    })

    it.each(authorLines)('$history, $published authors', async (lines) => {
      const { folder, rebuilt } = rebuild(lines.history)
      const tip = `${rebuilt(lines.commit_prefix)}^`
      const { authorLines } = await summaryOf(folder, { tip, base: null })
      expect(authorLines).toBe(lines.published)
    })
  },
)

async function summaryOf(folder: string, range: { tip: string; base: string | null }) {
  const repository = await openRepository({ folder, environment: process.env })
  const [tally] = await readHistory(repository, [{ ...range, from: null, to: null }])
  if (tally === undefined) throw new Error('nothing read')
  return commitSummary(tally, { earlierHistory: true })
}

const scratch = mkdtempSync(join(tmpdir(), 'groundswell-published-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** A real project's commits as a repository, and what became of each commit's id. */
function rebuild(history: string) {
  const folder = join(scratch, `${history}.git`)
  const map = `${folder}.json`
  if (!existsSync(map)) {
    const tool = join(shared, 'tools/history-to-git.mjs')
    const source = join(shared, `data/histories/${history}.jsonl.gz`)
    execFileSync(process.execPath, [tool, source, folder, '--map', map], { stdio: 'pipe' })
  }
  const ids = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(map, 'utf8')))
  const rebuilt = (prefix: string) => {
    const found = Object.keys(ids).find((id) => id.startsWith(prefix))
    return ids[found ?? ''] ?? 'missing'
  }
  return { folder, rebuilt }
}
