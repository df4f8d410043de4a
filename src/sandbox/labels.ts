import type { Label, Repository } from './entities.ts'
import type { World } from './world.ts'

/** The labels of those names; GitHub makes the ones that a repository lacks. */
export function labelsNamed(world: World, repository: Repository, names: string[]): Label[] {
  return names.map((name) => {
    const known = repository.labels.find((label) => label.name.toLowerCase() === name.toLowerCase())
    if (known) return known
    const label = { id: world.nextId(), name, color: 'ededed', description: null }
    repository.labels.push(label)
    return label
  })
}
