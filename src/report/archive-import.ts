import type { RootContent } from 'mdast'
import type { ArchiveImport } from './json/archive-import.ts'
import { heading, type Inline, list, paragraph, phrase, serialise, table } from './markdown.ts'
import { count, number } from './numbers.ts'
import { strangerCode, strangerText } from './stranger-text.ts'

/** What an import added and what it could not know, as Markdown. */
export function renderArchiveImport(told: ArchiveImport): string {
  return serialise([
    paragraph(`Read ${inputOf(told)}.`),
    table(
      [null, 'right', 'right'],
      [
        ['Repository', 'Added', 'Known already'],
        ...told.repositories.map(({ repository, added, known }) => [
          strangerText(repository, 'a repository'),
          number(added),
          number(known),
        ]),
      ],
    ),
    ...addedKinds(told),
    heading(2, 'What is not in it'),
    list(gaps(told)),
  ]).trimEnd()
}

function inputOf({ files, hours }: ArchiveImport): string {
  const lines = files.reduce((sum, file) => sum + file.lines, 0)
  const span = hours === null ? '' : `, ${hour(hours.from)} to ${hour(hours.to)} UTC`
  return `${count(files.length, 'file')}, ${count(lines, 'line')}${span}`
}

/** `2015-01-01 00:00` */
function hour(instant: Date): string {
  return instant.toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ')
}

const names: Record<string, [one: string, other: string]> = {
  ForkEvent: ['fork', 'forks'],
  WatchEvent: ['star', 'stars'],
  IssuesEvent: ['step of an issue', 'steps of issues'],
  IssueCommentEvent: ['comment', 'comments'],
  PullRequestEvent: ['step of a pull request', 'steps of pull requests'],
  PullRequestReviewEvent: ['review', 'reviews'],
  PullRequestReviewCommentEvent: ['comment on code', 'comments on code'],
  CommitCommentEvent: ['comment on a commit', 'comments on commits'],
  ReleaseEvent: ['release', 'releases'],
}

function addedKinds({ repositories }: ArchiveImport): RootContent[] {
  const kinds = repositories.flatMap((repository) => repository.kinds)
  const added = Object.entries(names).flatMap(([kind, [one, other]]) => {
    const events = kinds
      .filter((each) => each.kind === kind)
      .reduce((sum, each) => sum + each.added, 0)
    return events === 0 ? [] : [count(events, one, other)]
  })
  return added.length === 0 ? [] : [paragraph(`Added: ${added.join(', ')}.`)]
}

const mostMissing = 5

function gaps(told: ArchiveImport): Inline[] {
  const { leftOut, files, missingHours, faults } = told
  const { trimmed, old } = leftOut
  return [
    ...files.filter(({ cutShort }) => cutShort).map(cut),
    ...missing(missingHours),
    ...(trimmed > 0
      ? [
          `${count(trimmed, 'event')} that GitHub has emptied, as it does with pull requests since 7 October 2025. "groundswell backfill owner/name" reads them from GitHub.`,
        ]
      : []),
    ...(old > 0
      ? [`${count(old, 'event')} from before 2015, without the number of who acted or on what.`]
      : []),
    ...faults.map(
      ({ fault, file, line, count: lines }) =>
        phrase`${count(lines, 'line')} left out: ${fault}, first at ${strangerCode(`${file}:${line}`, 'a file')}.`,
    ),
    'Commits, which come from git. Stars that were taken back, edits and deletions, and whatever happened while a repository was private: the archive never tells of them.',
  ]
}

function cut({ file, lines }: ArchiveImport['files'][number]): Inline {
  return phrase`${strangerCode(file, 'a file')} ends before its end. Its first ${count(lines, 'line')} were read; download it again and repeat the command for the rest.`
}

function missing(hours: ArchiveImport['missingHours']): Inline[] {
  if (hours.length === 0) return []
  const shown = hours.slice(0, mostMissing).map(({ from, to }) => `${hour(from)} to ${hour(to)}`)
  const more =
    hours.length > mostMissing ? ` and ${count(hours.length - mostMissing, 'gap')} more` : ''
  return [`Between the first and the last hour there is nothing from ${shown.join(', ')}${more}.`]
}
