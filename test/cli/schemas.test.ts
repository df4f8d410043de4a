import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { program } from '../../src/cli/program.ts'
import { ArchiveImport } from '../../src/report/json/archive-import.ts'
import { BackfillReading } from '../../src/report/json/backfill.ts'
import { Digests } from '../../src/report/json/digest.ts'
import { Findings } from '../../src/report/json/doctor.ts'
import { ExplainedAccounts } from '../../src/report/json/explained-accounts.ts'
import { Forgetting } from '../../src/report/json/forget.ts'
import { ForkComparison } from '../../src/report/json/forks.ts'
import { Replay } from '../../src/report/json/replay.ts'
import { CloneReport, RepositoryReport } from '../../src/report/json/report.ts'
import { repositoryOf } from '../git/repository-of.ts'
import { expectPublished } from '../support/output-schema.ts'
import { outputOf } from './output-of.ts'

afterEach(() => void vi.unstubAllEnvs())

/** What each command prints with `--format json`. */
const outputs: Record<string, z.ZodType> = {
  backfill: BackfillReading,
  digest: Digests,
  doctor: Findings,
  explain: ExplainedAccounts,
  forget: Forgetting,
  forks: ForkComparison,
  import: ArchiveImport,
  replay: Replay,
  report: z.union([CloneReport, RepositoryReport]),
}

const folder = fileURLToPath(new URL('../../docs/schemas/', import.meta.url))
const remedy =
  'The schema is older than src/report/json. Renew it: npx vitest run --project pure test/cli/schemas.test.ts --update'

describe('docs/schemas', () => {
  it('has the output of every command that prints JSON, and nothing else', async () => {
    const Args = z.record(z.string(), z.looseObject({ options: z.array(z.string()).optional() }))
    const printing: string[] = []
    for (const [name, load] of Object.entries(program.subCommands)) {
      const { format } = Args.parse((await load()).args)
      if (format?.options?.includes('json')) printing.push(name)
    }
    expect(Object.keys(outputs), 'Give it a schema in src/report/json, and name it here').toEqual(
      printing.toSorted(),
    )
    expect(readdirSync(folder).toSorted()).toEqual(
      printing.map((name) => `${name}.json`).toSorted(),
    )
  })

  it.each(Object.entries(outputs))('says of %s what the program says', async (name, output) => {
    const schema = z.toJSONSchema(output, { target: 'draft-2020-12', io: 'input' })
    const text = `${JSON.stringify({ title: `groundswell ${name} --format json`, ...schema }, null, 2)}\n`
    await expect(text, remedy).toMatchFileSnapshot(`${folder}${name}.json`)
  })
})

describe('what is printed is what is published', () => {
  const clone = () =>
    repositoryOf([
      { by: 'Mona Lisa <mona@lab.dev>', message: 'One\n\nCo-authored-by: Ada <ada@lab.dev>' },
      { by: 'Mona Lisa <mona@home.dev>' },
    ])

  it.each([
    ['report', () => ['report', clone()]],
    ['report', () => ['report', clone(), '--from', 'c0']],
    ['report', () => ['report', repositoryOf([{ by: '<>' }]), '--from', 'HEAD']],
    ['forks', () => ['forks', clone(), '--fork', clone()]],
    ['explain', () => ['explain', 'mona', 'claude', 'some-lab-bot']],
  ])('by %s', async (command, args) => {
    const { exitCode, out } = await outputOf(...args(), '--format', 'json')
    expect(exitCode).toBe(0)
    expectPublished(command, out)
  })

  it('by doctor', async () => {
    for (const name of [
      'APP_ID',
      'PRIVATE_KEY',
      'PRIVATE_KEY_PATH',
      'WEBHOOK_SECRET',
      'NODE_ENV',
    ]) {
      vi.stubEnv(name, '')
    }
    expectPublished('doctor', (await outputOf('doctor', '--format', 'json')).out)
  })
})

it('a field that is not published is noticed', () => {
  expect(() => expectPublished('doctor', [{ well: true, text: 'ok', mood: 'good' }])).toThrow()
  expect(() => expectPublished('doctor', [{ well: 'yes', text: 'ok' }])).toThrow()
})
