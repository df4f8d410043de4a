import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Packages that are loaded as soon as a file is: by what it imports, and what that imports, types and `import()` left out. */
function packagesOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return new Set()
  seen.add(file)
  const text = readFileSync(join(root, file), 'utf8')
  const imports = text.matchAll(
    /^(?:import|export)\s(?!type\s)(?:[\w*{][^'"]*?\sfrom\s+)?'([^']+)'/gm,
  )
  const found = [...imports].flatMap(([, name = '']) =>
    name.startsWith('.') ? [...packagesOf(join(dirname(file), name), seen)] : [name],
  )
  return new Set(found.filter((name) => !name.startsWith('node:')))
}

const light = new Set(['citty', 'luxon'])

it.each(['src/cli/main.ts', 'src/cli/report.ts'])(
  '%s loads no more than it takes to read a clone, since loading takes longer than reading one',
  (file) => {
    expect([...packagesOf(file)].filter((name) => !light.has(name))).toEqual([])
  },
)

it('sees what others load', () => {
  expect([...packagesOf('src/cli/doctor.ts')]).toContain('zod')
})
