import type { z } from 'zod'
import { type Problem, toProblems } from './problem.ts'
import {
  type completeOptions,
  type Group,
  groups,
  knownOptions,
  partialOptions,
} from './repository-options.ts'
import { readYaml } from './yaml-source.ts'

/** Every option with a value, as the file spells it: what `defaults.yml` says. */
export type CompleteConfiguration = z.output<typeof completeOptions>

/** What one file says, as the file spells it. */
export type PartialConfiguration = z.output<typeof partialOptions>

/** What holds for one repository, from all three files; each option is explained in `defaults.yml`. */
export interface RepositoryConfiguration {
  /** IANA */
  timezone: string
  digest: CompleteConfiguration['digest']
  pullRequests: CompleteConfiguration['pull-requests']
  commands: { enabled: boolean; reportOthers: 'write' | 'triage' | 'everyone' }
  /** logins and domains in lower case */
  people: CompleteConfiguration['people'] & {
    /** each organisation's domains, by its name */
    organizations: CompleteConfiguration['organizations']
  }
  waitingHours: number
  postsPerDay: number
}

/**
 * Reads the text of a `.github/groundswell.yml`. An empty file says nothing
 * and is fine. `path` is what problems name as the place.
 */
export function readConfiguration(
  text: string,
  path: string,
): { configuration: PartialConfiguration } | { problems: Problem[] } {
  const source = readYaml(text, path)
  if ('faults' in source) return { problems: source.faults.map((fault) => ({ ...fault, path })) }

  const read = partialOptions.safeParse(source.valueAt([]) ?? {})
  if (read.success) return { configuration: read.data }
  return { problems: toProblems(read.error.issues, source, knownOptions) }
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
    digest: overlay(defaults.digest, far.digest, near.digest),
    pullRequests: overlay(defaults['pull-requests'], far['pull-requests'], near['pull-requests']),
    commands: { enabled: commands.enabled, reportOthers: commands['report-others'] },
    people: {
      ...[far.people, near.people].reduce<People>(joinPeople, defaults.people),
      organizations: overlay(defaults.organizations, far.organizations, near.organizations),
    },
    waitingHours: near['waiting-hours'] ?? far['waiting-hours'] ?? defaults['waiting-hours'],
    postsPerDay: near['posts-per-day'] ?? far['posts-per-day'] ?? defaults['posts-per-day'],
  }
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
