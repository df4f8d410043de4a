import { z } from 'zod'
import { digest } from './digest-options.ts'
import {
  choice,
  line,
  onOff,
  option,
  partialSection,
  section,
  text,
  wholeNumber,
} from './option.ts'
import { organizations, partialOrganizations, partialPeople, people } from './people-options.ts'
import { must } from './rule.ts'
import { isTimeZone } from './time-zone.ts'

/**
 * The options of `.github/groundswell.yml`, as the file spells them. What each
 * one says of itself is what people read of it everywhere; `must` says what a
 * person is told who wrote something else.
 */

const pullRequests = section(
  {
    summaries: option(onOff(), { says: 'Whether it is written at all.', default: true }),
    drafts: option(onOff(), {
      says: 'Also on drafts. Without it, the comment comes when they are ready for review.',
      default: false,
    }),
    insiders: option(onOff(), {
      says: 'Also for members, owners and collaborators.',
      default: false,
    }),
    milestones: option(onOff(), {
      says: "Once it is merged, the same comment tells of somebody's tenth, fiftieth and hundredth merged pull request, and of a year since the first: each once.",
      default: true,
    }),
  },
  'The one comment on a pull request that says who its author is to this project.',
)

const commands = section(
  {
    enabled: option(onOff(), { says: 'Whether they are answered.', default: true }),
    'report-others': option(choice(['write', 'triage', 'everyone']), {
      says: 'Who may ask about somebody else: people with `write` access, with `triage` access, or `everyone`. All may ask about the project and about themselves; what changes something always needs write access.',
      default: 'write',
    }),
  },
  'Lines in comments that begin with `/groundswell`.',
)

const forks = section(
  {
    milestones: option(onOff(), {
      says: 'An issue of its own when the network passes 100, 1,000, 10,000 forks and so on: once for each, and never for what was passed before this was switched on.',
      default: false,
    }),
  },
  'The network of forks, which is told of in answers and in digests.',
)

/**
 * Two levels of directories are known of a change, so a third would never
 * match. More than one asterisk in a name would let a long one take long.
 */
const areaPattern = text().regex(
  /^(?=.{1,100}$)(?=[^/])(?!(?:.*\/)?\.\.?(?:\/|$))[^*/{}()[\]!?|\\\p{Cc}]*\*?[^*/{}()[\]!?|\\\p{Cc}]*(?:\/(?=[^/])[^*/{}()[\]!?|\\\p{Cc}]*\*?[^*/{}()[\]!?|\\\p{Cc}]*)?(?:\/\*\*)?\/?$/u,
  must({ be: 'directories' }),
)

/** What directories are called: the first name that fits holds. */
const areas = z
  .record(
    line(40),
    z
      .array(areaPattern, must({ be: 'a list', of: 'patterns' }))
      .min(1, must({ be: 'at least one', of: 'patterns' }))
      .max(20, must({ be: 'few', of: 'patterns', most: 20 })),
    {
      error: ({ code }) =>
        code === 'invalid_key'
          ? must({ be: 'under a name', of: 'areas', most: 40 })
          : must({ be: 'lists by name', of: 'areas' }),
    },
  )
  .refine((named) => Object.keys(named).length <= 50, must({ be: 'few', of: 'areas', most: 50 }))

const quietHours = text({ be: 'quiet hours' })
  .regex(
    /^(?:none|(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d)$/,
    must({ be: 'quiet hours' }),
  )
  .refine((hours) => !/^(.*)-\1$/.test(hours), must({ be: 'two different times' }))

const rollUp = text({ be: 'a repository' }).regex(/^[\w.-]{1,100}$/, must({ be: 'a repository' }))

/** Every option with a value: what `defaults.yml` must be. */
export const completeOptions = z.strictObject({
  timezone: option(text({ be: 'a time zone' }).refine(isTimeZone, must({ be: 'a time zone' })), {
    says: "By which clock a day begins, and a digest's time is read: a name of the IANA list, like `Europe/Berlin` or `America/New_York`.",
    default: 'UTC',
  }),
  'week-start': option(choice(['monday', 'sunday', 'saturday']), {
    says: 'With which day a week begins. It has the number of the ISO week that its Monday lies in. After a change, the next digest tells the days in between twice or not at all.',
    default: 'monday',
  }),
  language: option(choice(['en', 'zh-CN']), {
    says: "The language of all that is posted and sent: comments, checks, digests. A digest's title is in it, too, unless one is given.",
    default: 'en',
  }),
  digest,
  'pull-requests': pullRequests,
  commands,
  forks,
  people,
  organizations,
  areas: option(areas, {
    says: 'What directories are called where a digest or a comment says where the work is: `kernels: ["csrc/**", "src/kernels"]`. Two levels of directories are told apart.',
    default: {},
  }),
  'waiting-hours': option(wholeNumber(1, 8760), {
    says: 'After how many hours without a human answer an issue or pull request from outside is listed as waiting.',
    default: 48,
  }),
  'posts-per-day': option(wholeNumber(0, 500), {
    says: 'At most so many comments and issues by Groundswell in this repository in one day. `0`: it only counts and stays silent.',
    default: 50,
  }),
  'quiet-hours': option(quietHours, {
    says: 'When nothing is posted that nobody asked for at that moment, by the clock of that time zone: `"22:00-07:00"`, or `none`. Comments on pull requests and digests wait until these hours end; answers to commands do not.',
    default: 'none',
  }),
  'roll-up': option(rollUp, {
    says: "In the organisation's file alone: the one of its repositories in which an issue a week tells of all of them together, at the time of that repository's digest and by its rules. A public one tells of public repositories only. Or `none`.",
    default: 'none',
  }),
})

const sections = { digest, 'pull-requests': pullRequests, commands, forks, people }

/** What a file may say: any option can be left out. */
export const partialOptions = z
  .strictObject(
    {
      ...completeOptions.shape,
      digest: partialSection(digest),
      'pull-requests': partialSection(pullRequests),
      commands: partialSection(commands),
      forks: partialSection(forks),
      people: partialPeople,
      organizations: partialOrganizations,
    },
    must({ be: 'options by name' }),
  )
  .partial()

/** The names of the options that may stand below a path in the file. */
export function knownOptions(path: readonly PropertyKey[]): string[] {
  const [name] = path
  if (name === undefined) return Object.keys(completeOptions.shape)
  const found = Object.entries(sections).find(([key]) => key === name)
  return found === undefined ? [] : Object.keys(found[1].shape)
}
