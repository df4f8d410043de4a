import { z } from 'zod'
import { choice, line, onOff, option, section, text } from './option.ts'
import { must } from './rule.ts'

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

const time = z
  .string(must({ be: 'a time of day' }))
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, must({ be: 'a time of day' }))

/** How long what stands for a placeholder can get. */
const placeholders = { week: 2, year: 4, days: 40, repository: 140 }

/** GitHub takes 256, and the issue of an organisation has its owner's name before them. */
const longestTitle = 210

const title = line(200)
  .refine(
    (pattern) => named(pattern).every((name) => Object.hasOwn(placeholders, name)),
    must({ be: 'of known placeholders', names: Object.keys(placeholders) }),
  )
  .refine(
    (pattern) => longest(pattern) <= longestTitle,
    must({ be: 'short when filled', most: longestTitle }),
  )

function named(pattern: string): string[] {
  return [...pattern.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name)
}

function longest(pattern: string): number {
  return Object.entries(placeholders).reduce(
    (filled, [name, length]) => filled.replaceAll(`{${name}}`, 'x'.repeat(length)),
    pattern,
  ).length
}

const places = z
  .array(
    text().regex(
      /^(?:issue|discussion:[^\p{Cc}\p{Zl}\p{Zp}]{1,100}|(?:slack|discord|mail):[a-z\d][a-z\d-]{0,39})$/u,
      must({ be: 'a place' }),
    ),
    must({ be: 'a list', of: 'places' }),
  )
  .min(1, must({ be: 'at least one', of: 'places' }))
  .max(10, must({ be: 'few', of: 'places', most: 10 }))
  .refine((all) => new Set(all).size === all.length, must({ be: 'each once' }))
  .refine(
    (all) => all.filter((place) => place.startsWith('discussion:')).length <= 1,
    must({ be: 'of one category' }),
  )

export const digest = section(
  {
    enabled: option(onOff(), { says: 'Whether it comes at all.', default: true }),
    day: option(choice(days), {
      says: 'On which day it comes. It tells of the last week that is over by then.',
      default: 'monday',
    }),
    time: option(time, {
      says: 'At what time it comes. Where clocks go forward over that time, it comes an hour later that day.',
      default: '09:00',
    }),
    title: option(title, {
      says: 'What it is called. `{week}` and `{year}` are those of the week that it tells of, `{days}` its days, `{repository}` the owner and name.',
      default: 'Community digest, week {week} of {year}',
    }),
    label: option(line(50).regex(/^[^,]*$/, must({ be: 'without a comma' })), {
      says: 'The label on the issue. It is made if the repository has none of that name.',
      default: 'community-digest',
    }),
    mode: option(choice(['new', 'edit']), {
      says: '`new`: an issue or discussion each week. `edit`: one, rewritten each week.',
      default: 'new',
    }),
    to: option(places, {
      says: 'Where it goes: `issue`, `"discussion:Announcements"` (the name of a category), and channels such as `"slack:community"`, `"discord:lounge"` or `"mail:news"`, which whoever runs the server has defined for this repository.',
      default: ['issue'],
    }),
  },
  'The weekly digest that says what the community did. A week in which nothing happened is not posted.',
)
