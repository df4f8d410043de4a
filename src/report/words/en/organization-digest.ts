import type { PhrasingContent } from 'mdast'
import { type Inline, join, phrase, strong } from '../../markdown.ts'
import { count, growth, number } from '../../numbers.ts'

/** What the digest of an organisation says that none of a repository does. */
export const organizationDigest = {
  title: (owner: string, title: string) => `${owner}: ${title}`,
  intro: (repositories: number, owner: Inline) =>
    phrase`${count(repositories, 'repository', 'repositories')} of ${owner} together. Whoever took part in several counts once.`,
  incomplete: (names: readonly Inline[], more: number) =>
    phrase`Not known for all of the nine weeks shown here: ${join(names, ', ')}${more === 0 ? '' : ` and ${count(more, 'other')}`}. What happened there before is missing, and weeks are compared only where all are known.`,
  since: (name: PhrasingContent, since: string | null) =>
    since === null ? phrase`${name} (nothing is known)` : phrase`${name} (since ${since})`,

  forks: ({
    created,
    network,
    rate,
  }: {
    created: number
    network: number | null
    rate: number | null
  }) =>
    phrase`${strong(count(created, 'new fork'))}${network === null ? '' : `, ${number(network)} in all networks`}${rate === null ? '' : `, ${growth(rate)} net`}.`,
  newcomers: (merged: number, others: number): Inline => {
    const first =
      merged === 1
        ? 'One person had a first pull request merged in one of the repositories.'
        : `${number(merged)} people had their first pull request merged in one of the repositories.`
    const rest =
      merged === 0
        ? `${count(others, 'person', 'people')} took part in one of the repositories for the first time.`
        : `${number(others)} more took part in one for the first time.`
    if (merged === 0) return strong(rest)
    return others === 0 ? strong(first) : phrase`${strong(first)} ${rest}`
  },

  repositoriesHeading: 'Repositories',
  repositoriesColumns: [
    '',
    'contributors',
    'merged (from outside)',
    'first answer',
    'waiting',
    'new forks',
  ],
  itsDigest: 'digest',
  others: (less: number, quiet: number) => {
    const were = quiet === 1 ? 'that was quiet' : 'that were quiet'
    if (less === 0) return `And ${count(quiet, 'other')} ${were}.`
    const and = quiet === 0 ? '' : `, and ${number(quiet)} ${were}`
    return `And ${count(less, 'other')} with less activity${and}.`
  },
  somewhere: '(a repository without a name)',
}
