import type { z } from 'zod'
import { type Group, groups } from './people-options.ts'
import { type Problem, toProblems } from './problem.ts'
import { modernise } from './renamed-options.ts'
import { completeOptions, knownOptions, partialOptions } from './repository-options.ts'
import { readYaml, type YamlSource } from './yaml-source.ts'

/** Every option with a value, as the file spells it: what `defaults.yml` says. */
export type CompleteConfiguration = z.output<typeof completeOptions>

/** What one file says, as the file spells it. */
export type PartialConfiguration = z.output<typeof partialOptions>

/** What holds for one repository, from all three files; each option is explained in `defaults.yml`. */
export interface RepositoryConfiguration {
  /** IANA */
  timezone: string
  /** the day that a week begins with */
  weekStart: CompleteConfiguration['week-start']
  language: CompleteConfiguration['language']
  digest: CompleteConfiguration['digest']
  pullRequests: CompleteConfiguration['pull-requests']
  commands: { enabled: boolean; reportOthers: 'write' | 'triage' | 'everyone' }
  forks: CompleteConfiguration['forks']
  /** logins and domains in lower case */
  people: CompleteConfiguration['people'] & {
    /** each organisation's domains, by its name */
    organizations: CompleteConfiguration['organizations']
  }
  /** each area's patterns of directories, by its name; the first that fits holds */
  areas: CompleteConfiguration['areas']
  waitingHours: number
  postsPerDay: number
  /** times of day in the time zone, `22:00`; the first may be the later one. Null: none */
  quietHours: { from: string; to: string } | null
  /** the repository that tells of all of its owner's; null: none does */
  rollUp: string | null
}

/** A file that is fine. */
export interface ReadConfiguration {
  configuration: PartialConfiguration
  /** what is in an old spelling, and read all the same */
  notices: Problem[]
  /** where an option stands */
  at: YamlSource['at']
}

/** A file that is not in force. */
export interface RefusedConfiguration {
  problems: Problem[]
  /** what it asks to be written in, wherever else it is wrong; null: that cannot be read */
  language: CompleteConfiguration['language'] | null
}

const { language: languageOption } = completeOptions.shape

/**
 * Reads the text of a `.github/groundswell.yml`. An empty file says nothing
 * and is fine. `path` is what problems name as the place.
 */
export function readConfiguration(
  text: string,
  path: string,
): ReadConfiguration | RefusedConfiguration {
  const given = readYaml(text, path)
  if ('faults' in given) {
    return { problems: given.faults.map((each) => ({ ...each, path })), language: null }
  }

  const { source, notices } = modernise(given)
  const read = partialOptions.safeParse(source.valueAt([]) ?? {})
  if (read.success) return { configuration: read.data, notices, at: source.at }
  const { data: language = null } = languageOption.safeParse(source.valueAt(['language']))
  return { problems: toProblems(read.error.issues, source, knownOptions), language }
}

/**
 * Defaults, under the organisation's file, under the repository's: a value
 * replaces the one below it, lists of people are joined. Where two files put a
 * login into different groups, the nearer file wins.
 */
export function mergeConfiguration(
  defaults: CompleteConfiguration,
  organisation: PartialConfiguration | null,
  repository: PartialConfiguration | null,
): RepositoryConfiguration {
  const far = organisation ?? {}
  const near = repository ?? {}
  const commands = overlay(defaults.commands, far.commands, near.commands)
  return {
    timezone: near.timezone ?? far.timezone ?? defaults.timezone,
    weekStart: near['week-start'] ?? far['week-start'] ?? defaults['week-start'],
    language: near.language ?? far.language ?? defaults.language,
    digest: overlay(defaults.digest, far.digest, near.digest),
    pullRequests: overlay(defaults['pull-requests'], far['pull-requests'], near['pull-requests']),
    commands: { enabled: commands.enabled, reportOthers: commands['report-others'] },
    forks: overlay(defaults.forks, far.forks, near.forks),
    people: {
      ...[far.people, near.people].reduce<People>(joinPeople, defaults.people),
      organizations: overlay(defaults.organizations, far.organizations, near.organizations),
    },
    // The nearer names come first, and so hold.
    areas: overlay({}, near.areas, overlay(defaults.areas, far.areas, near.areas)),
    waitingHours: near['waiting-hours'] ?? far['waiting-hours'] ?? defaults['waiting-hours'],
    postsPerDay: near['posts-per-day'] ?? far['posts-per-day'] ?? defaults['posts-per-day'],
    quietHours: hoursOf(near['quiet-hours'] ?? far['quiet-hours'] ?? defaults['quiet-hours']),
    rollUp: namedUnlessNone(near['roll-up'] ?? far['roll-up'] ?? defaults['roll-up']),
  }
}

function hoursOf(written: string): RepositoryConfiguration['quietHours'] {
  const [from = '', to] = written.split('-')
  return to === undefined ? null : { from, to }
}

function namedUnlessNone(written: string): string | null {
  return written === 'none' ? null : written
}

type Some<Options> = { [Name in keyof Options]?: Options[Name] | undefined }

function overlay<Options extends object>(
  base: Options,
  ...layers: (Some<Options> | undefined)[]
): Options {
  return Object.assign({}, base, ...layers)
}

type People = CompleteConfiguration['people']

function joinPeople(below: People, people: Some<People> = {}): People {
  const regrouped = new Set(groups.flatMap((group) => people[group] ?? []))
  const joined = (name: keyof People, kept: readonly string[]) => [
    ...new Set([...kept, ...(people[name] ?? [])]),
  ]
  const group = (name: Group) =>
    joined(
      name,
      below[name].filter((login) => !regrouped.has(login)),
    )
  return {
    insiders: joined('insiders', below.insiders),
    bots: group('bots'),
    ai: group('ai'),
    humans: group('humans'),
    hidden: joined('hidden', below.hidden),
  }
}
