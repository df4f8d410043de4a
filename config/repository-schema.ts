import { z } from 'zod'
import { renamings } from './renamed-options.ts'
import { partialOptions } from './repository-options.ts'

/**
 * The options of `.github/groundswell.yml` as a JSON Schema, for editors; in
 * draft 7, which most of them know. An old name is there to be struck through.
 */
export function repositorySchema() {
  const schema = z.toJSONSchema(partialOptions, { io: 'input', target: 'draft-7' })
  for (const { from, to } of renamings) {
    const section = from.length === 1 ? schema : schema.properties?.[from[0]]
    const properties = typeof section === 'object' ? section.properties : undefined
    const described = { deprecated: true, description: `Write ${to.join('.')}.` }
    Object.assign(properties ?? {}, { [from.at(-1) ?? '']: described })
  }
  return { title: 'Configuration of Groundswell in a repository', ...schema }
}
