import type { GitHub } from '../github.ts'
import {
  earlyForkers,
  employees,
  experiment,
  maintainers,
  owner,
  passerBy,
  repository,
  visitors,
} from './cast.ts'
import type { StoryClock } from './clock.ts'
import { workInForks } from './forks.ts'
import { dayMinutes, hourMinutes } from './happening.ts'
import { Stage } from './stage.ts'

/** Merged before the App was installed: by whom, how many days before, and what. */
const earlier: readonly [by: string, daysBefore: number, file: string, title: string][] = [
  ['esther-v', 430, 'src/sampler/beam.py', 'Beam search'],
  ['sofia-tensors', 210, 'src/tokenizer/merge.py', 'Merge pairs in one pass'],
  ['sofia-tensors', 150, 'src/tokenizer/train.py', 'Train a vocabulary from files'],
  ['bao-kernels', 120, 'kernels/cuda/softmax.cu', 'Online softmax'],
  ['sofia-tensors', 90, 'src/tokenizer/vocabulary.py', 'Check the vocabulary for doubles'],
  ['bao-kernels', 60, 'kernels/cuda/attention.cu', 'Attention without a mask'],
  ['ravi-at-example-cloud', 45, 'loader/stream.py', 'Read weights by range'],
  ['sofia-tensors', 20, 'src/tokenizer/bytes.py', 'Bytes as tokens'],
]

const starsBefore = 214
/** Days before the story on which somebody forked: now and then, and of late one a day. */
const forkDays = Array.from({ length: earlyForkers }, (_, index) =>
  index < 10 ? 450 - index * 38 : 63 - (index - 10) * 1.05,
)
/** One in so many was pushed to. */
const pushedEvery = 7

/** The lab as it was before Groundswell came: the App hears nothing of this. */
export async function setTheScene(github: GitHub, clock: StoryClock): Promise<void> {
  clock.moveTo(-460 * dayMinutes)
  github.addOrganization(owner, { name: 'Example Lab' })
  for (const login of maintainers) github.addMember(owner, login)
  for (const { login, email } of employees) github.addUser(login, { emails: [email] })
  for (const login of Object.values(visitors)) github.addUser(login)
  github.addRepository(owner, 'engine', { description: 'A small language model, and what runs it' })
  github.addRepository(owner, '.github', { description: 'How we work' })
  for (const login of maintainers) github.setPermission(repository, login, 'write')
  const { stars } = github.world.repository(repository)
  for (let index = 0; index < starsBefore; index += 1) {
    stars.set(github.world.account(`early-stargazer-${index + 1}`).id, clock.now())
  }
  for (const [index, daysBefore] of forkDays.entries()) {
    clock.moveTo(-daysBefore * dayMinutes)
    const by = passerBy(index)
    const { fullName } = await github.fork(repository, { owner: by })
    if (index % pushedEvery > 0) continue
    clock.moveTo((1 - daysBefore) * dayMinutes)
    const files = [{ filename: experiment(by) }]
    await github.push(fullName, { by, commits: [{ message: 'My first run', files }] })
  }
  const stage = new Stage(github, repository)
  for (const { at, deed } of workInForks.filter((happening) => happening.at < 0)) {
    clock.moveTo(at)
    await stage.perform(deed)
  }
  for (const [by, daysBefore, file, title] of earlier) {
    clock.moveTo(-daysBefore * dayMinutes + 10 * hourMinutes)
    github.world.repository(repository).lastNumber += 34
    const [maintainer] = maintainers
    const opened = { author: by, title, files: [{ filename: file }] }
    const { number } = await github.openPullRequest(repository, opened)
    clock.moveTo(-daysBefore * dayMinutes + 15 * hourMinutes)
    await github.mergePullRequest(repository, number, { by: maintainer, method: 'squash' })
  }
  github.world.repository(repository).lastNumber += 27
}
