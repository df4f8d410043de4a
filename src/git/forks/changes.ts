import type { GitRepository } from '../repository.ts'
import { tokensOfGit } from '../run-git.ts'

/** A path before and after. The mode of a file that is not there is 000000. */
export interface Change {
  path: string
  from: FileState
  to: FileState
}

export interface FileState {
  mode: string
  blob: string
}

/** One commit as it is against another; null stands for nothing at all. */
export interface Range {
  from: string | null
  to: string
}

/** Whatever settings make of a comparison, this is how paths are compared. */
export const plainComparison = ['-r', '--no-renames', '--no-ext-diff', '--no-textconv']
const rawComparison = [...plainComparison, '--raw', '--no-abbrev', '-z']

/**
 * Walks a history, parents before children, and hands over of each commit the
 * fields asked for and what it changes against its parent: nothing for a merge.
 * No file's content is looked at.
 *
 * @param revisions commit ids, with `^` those whose history is left out
 * @param formats placeholders of `git log`, such as `%H`
 */
export async function* changedCommits(
  repository: GitRepository,
  revisions: readonly string[],
  formats: readonly string[],
): AsyncGenerator<{ fields: string[]; changes: Change[] }> {
  const args = [
    ...['log', '--topo-order', '--reverse', '--encoding=UTF-8', '--no-show-signature'],
    // A partial clone may lack the file that maps names.
    ...['--no-mailmap', ...rawComparison],
    `--format=${formats.map((format) => `%x00${format}`).join('')}`,
    '--stdin',
  ]
  let fields: string[] | null = null
  let changes: string[] = []
  for await (const tokens of tokensOfGit(repository, args, lines(revisions))) {
    for (const token of tokens) {
      if (fields !== null && fields.length < formats.length) fields.push(token)
      else if (token !== '') changes.push(token)
      else {
        if (fields !== null) yield { fields, changes: changesIn(changes) }
        fields = []
        changes = []
      }
    }
  }
  if (fields !== null) yield { fields, changes: changesIn(changes) }
}

/** What each range changes, in their order. */
export async function changesOf(
  repository: GitRepository,
  ranges: readonly Range[],
): Promise<Change[][]> {
  if (ranges.length === 0) return []
  const args = ['diff-tree', '--stdin', '--root', '--always', ...rawComparison]
  const found: string[][] = []
  let pathComes = false
  for await (const tokens of tokensOfGit(repository, args, lines(ranges.map(lineOf)))) {
    for (const token of tokens) {
      const isChange: boolean = !pathComes && token.startsWith(':')
      if (isChange || pathComes) found.at(-1)?.push(token)
      else found.push([])
      pathComes = isChange
    }
  }
  return found.map(changesIn)
}

/** As `git diff-tree --stdin` reads it: the second commit is taken for the first one's parent. */
export function lineOf({ from, to }: Range): string {
  return from === null ? to : `${to} ${from}`
}

export function lines(values: readonly string[]): string {
  return values.map((value) => `${value}\n`).join('')
}

function changesIn(tokens: readonly string[]): Change[] {
  const changes: Change[] = []
  for (let index = 0; index + 1 < tokens.length; index += 2) {
    // git puts a line break before the first one
    const [from = '', to = '', fromBlob = '', toBlob = ''] = (tokens[index] ?? '')
      .replace(/^\n?:/, '')
      .split(' ')
    const path = tokens[index + 1] ?? ''
    changes.push({ path, from: { mode: from, blob: fromBlob }, to: { mode: to, blob: toBlob } })
  }
  return changes
}
