import type { GitHub } from '../github.ts'
import type { Deed } from './happening.ts'

type DeedOf<Kind extends Deed['kind']> = Extract<Deed, { kind: Kind }>
type Actions = { [Kind in Deed['kind']]: (deed: DeedOf<Kind>) => unknown }

const configurationPath = '.github/groundswell.yml'

/** Does on the double what the story says, in one repository. */
export class Stage {
  /** of the threads that were opened, by their names */
  readonly numbers = new Map<string, number>()
  readonly #fromForks = new Set<string>()
  readonly #github: GitHub
  readonly #repository: string
  readonly #actions: Actions

  constructor(github: GitHub, repository: string) {
    this.#github = github
    this.#repository = repository
    this.#actions = { ...this.#inThreads(), ...this.#inTheRepository() }
  }

  async perform<Kind extends Deed['kind']>(deed: DeedOf<Kind>): Promise<void> {
    // as: TypeScript does not see that a table by kind fits a deed of that kind
    const act = this.#actions[deed.kind] as (deed: DeedOf<Kind>) => unknown
    await act(deed)
  }

  /** Whether a thread is a pull request that came from outside. */
  isFromFork(thread: string): boolean {
    return this.#fromForks.has(thread)
  }

  #inThreads() {
    const github = this.#github
    const where = this.#repository
    return {
      'open-pull-request': (deed) => this.#openPullRequest(deed),
      'mark-ready': ({ thread }) => github.markReady(where, this.#number(thread)),
      'push-to-pull-request': ({ thread, message }) =>
        github.pushToPullRequest(where, this.#number(thread), { commits: [{ message }] }),
      review: ({ thread, by, verdict, says }) =>
        github.review(where, this.#number(thread), { author: by, state: verdict, body: says }),
      merge: ({ thread, by, squash }) =>
        github.mergePullRequest(where, this.#number(thread), {
          by,
          method: squash ? 'squash' : 'merge',
        }),
      'close-pull-request': ({ thread, by }) =>
        github.closePullRequest(where, this.#number(thread), { by }),
      'open-issue': async ({ thread, by, title, body }) => {
        const given = { author: by, title, ...(body !== null && { body: this.#filled(body) }) }
        const { number } = await github.openIssue(where, given)
        this.numbers.set(thread, number)
      },
      'close-issue': ({ thread, by }) => github.closeIssue(where, this.#number(thread), { by }),
      comment: ({ thread, by, says }) =>
        github.comment(where, this.#number(thread), { author: by, body: this.#filled(says) }),
      'thumbs-up': ({ thread, by }) =>
        github.react(where, this.#number(thread), { by, content: '+1' }),
      'open-discussion': async ({ thread, by, title, body }) => {
        const { number } = await github.openDiscussion(where, { author: by, title, body })
        this.numbers.set(thread, number)
      },
      'answer-discussion': async ({ thread, by, says, accepted }) => {
        const number = this.#number(thread)
        const said = { author: by, body: says }
        const { commentId } = await github.commentOnDiscussion(where, number, said)
        if (accepted) await github.answerDiscussion(where, number, { commentId, by })
      },
    } satisfies Partial<Actions>
  }

  #inTheRepository() {
    const github = this.#github
    const where = this.#repository
    return {
      fork: ({ by }) => this.#forkOnce(by),
      'push-to-fork': async ({ by, message, file }) =>
        github.push(await this.#forkOnce(by), {
          by,
          commits: [{ message, files: [{ filename: file }] }],
        }),
      star: ({ by }) => github.star(where, { by }),
      unstar: ({ by }) => github.unstar(where, { by }),
      release: ({ by, tag }) => github.release(where, { author: by, tag }),
      push: ({ by, message, file, coAuthors }) =>
        github.push(where, { by, commits: [{ message, coAuthors, files: [{ filename: file }] }] }),
      configure: ({ by, message, text }) => {
        github.putFile(where, configurationPath, text)
        const files = [{ filename: configurationPath }]
        return github.push(where, { by, commits: [{ message, files }] })
      },
    } satisfies Partial<Actions>
  }

  async #openPullRequest(deed: DeedOf<'open-pull-request'>): Promise<void> {
    const { thread, by, title, body, draft, fromFork, coAuthors } = deed
    const files = deed.files.map((filename) => ({ filename }))
    const headRepository = fromFork ? await this.#forkOnce(by) : null
    const { number } = await this.#github.openPullRequest(this.#repository, {
      author: by,
      title,
      draft,
      files,
      commits: [{ message: title, files, coAuthors }],
      ...(body !== null && { body: this.#filled(body) }),
      ...(headRepository !== null && { headRepository }),
    })
    this.numbers.set(thread, number)
    if (fromFork) this.#fromForks.add(thread)
  }

  /** Full name of somebody's fork; made when there is none. */
  async #forkOnce(login: string): Promise<string> {
    const name = this.#repository.split('/')[1]
    const known = this.#github.world.findRepository(`${login}/${name}`)
    if (known !== undefined) return `${login}/${name}`
    return (await this.#github.fork(this.#repository, { owner: login })).fullName
  }

  #filled(text: string): string {
    return text.replaceAll(/\{#([\w-]+)\}/g, (_, name: string) => String(this.#number(name)))
  }

  #number(thread: string): number {
    const number = this.numbers.get(thread)
    if (number === undefined) throw new Error(`The story speaks of "${thread}" before it is opened`)
    return number
  }
}
