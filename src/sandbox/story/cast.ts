import type { WeekRule } from '../../metrics/window.ts'
import type { Signature } from '../entities.ts'

/** The lab and its people. Nobody here exists. */
export const owner = 'example-lab'
export const repository = `${owner}/engine`
export const zone = 'Europe/Berlin'
export const weekRule: WeekRule = { zone, start: 'monday' }

export const maintainers = ['mara-lindqvist', 'tomasz-k', 'aiko-writes-kernels'] as const
export type Maintainer = (typeof maintainers)[number]

/** A plain account of the lab's that a machine uses. */
export const buildBot = 'example-lab-ci'
export const dependencyBot = 'dependabot[bot]'
export const codingAgent = 'copilot-swe-agent[bot]'
export const assistant: Signature = { name: 'Claude', email: 'noreply@anthropic.com' }

/** Who a visitor of the pages may speak as. */
export const visitors = { maintainer: 'mara-lindqvist', newcomer: 'robin-looks-around' } as const

/** People who sign their commits with the address of where they work. */
export const employees: readonly { login: string; email: string }[] = [
  { login: 'ravi-at-example-cloud', email: 'ravi@cloud.example' },
  { login: 'tariq-at-example-cloud', email: 'tariq@cloud.example' },
  { login: 'greta-at-example-chips', email: 'greta@chips.example' },
]

const firstNames = [
  ...['ada', 'bram', 'cato', 'dilan', 'edda', 'farid', 'gia', 'hugo', 'ilse', 'juno', 'kaya'],
  ...['levi', 'maya', 'nils', 'oona', 'pablo', 'quinn', 'rosa', 'samir', 'thea', 'umar', 'vera'],
  ...['wim', 'xenia', 'yara', 'zeno'],
]
const habits = [
  ...['tinkers', 'compiles', 'reads', 'after-dark', 'in-the-lab', 'on-a-laptop', 'benchmarks'],
  ...['learns-ml', 'forks-it', 'at-home', 'writes-rust', 'trains', 'ships', 'and-the-gpu'],
  ...['self-hosts', 'likes-small-models', 'debugs', 'prompts'],
]

/** Passers-by who forked before the story begins are the first so many. */
export const earlyForkers = 70

/** The login of passer-by number `index`: people who star or fork, and say nothing. Different for 468 numbers. */
export function passerBy(index: number): string {
  const round = Math.floor(index / firstNames.length)
  const name = firstNames[index % firstNames.length]
  return `${name}-${habits[((index % firstNames.length) + round) % habits.length]}`
}

/** Where a passer-by tries something. Each elsewhere, so that nobody takes it for what several want. */
export function experiment(login: string): string {
  return `experiments/${login}/run.py`
}
