import { GraphQLError } from 'graphql'
import { authorsOf } from '../commits.ts'
import type { Commit, Repository, Signature } from '../entities.ts'
import { headNamed } from '../head-named.ts'
import { nodeId } from '../shapes/node-id.ts'
import { timestamp, type World } from '../world.ts'
import { actorNode } from './actor-node.ts'
import { connection, type PageArguments } from './connection.ts'

export function commitNode(world: World, commit: Commit): Record<string, unknown> {
  return {
    __typename: 'Commit',
    id: nodeId('Commit', commit.sha),
    oid: commit.sha,
    message: commit.message,
    messageHeadline: commit.message.split('\n')[0] ?? '',
    authoredDate: timestamp(commit.authoredAt),
    committedDate: timestamp(commit.committedAt),
    author: () => gitActorNode(world, commit.author),
    authors: (args: PageArguments) =>
      connection(authorsOf(commit), args, {
        key: ({ email }) => email,
        node: (signature) => gitActorNode(world, signature),
      }),
    history: (args: PageArguments & { since?: string | null }) => {
      const found = commitsOf(world, world.ancestry(commit.sha)).filter(
        ({ committedAt }) => !args.since || committedAt >= new Date(args.since),
      )
      return connection(found, args, {
        key: ({ sha }) => sha,
        node: (ancestor) => commitNode(world, ancestor),
      })
    },
  }
}

export function refNode(world: World, repository: Repository, branch: string) {
  const sha = repository.branches.get(branch)
  const commit = sha === undefined ? undefined : world.commits.get(sha)
  if (!commit) return null
  return {
    __typename: 'Ref',
    id: nodeId('Ref', `${repository.id}:refs/heads/${branch}`),
    name: branch,
    target: () => commitNode(world, commit),
    compare: ({ headRef }: { headRef: string }) => comparison(world, repository, commit, headRef),
  }
}

/** The ref is the base; `headRef` is a branch of this repository or `owner:branch` of a relative. */
function comparison(world: World, repository: Repository, base: Commit, headRef: string) {
  // GitHub names no type where it runs out of time.
  if (world.incomparable.has(repository.id)) throw new GraphQLError('Something went wrong.')
  const head = headNamed(world, repository, headRef)
  if (!head) {
    throw new GraphQLError(`Could not resolve to a Ref with the name '${headRef}'.`, {
      extensions: { type: 'NOT_FOUND' },
    })
  }
  const [ofBase, ofHead] = [world.ancestry(base.sha), world.ancestry(head.sha)]
  const ahead = commitsOf(world, without(ofHead, ofBase)).reverse()
  const behindBy = without(ofBase, ofHead).size
  if (ahead.length === ofHead.size) {
    throw new GraphQLError(`There isn't anything to compare. No common ancestor.`, {
      extensions: { type: 'NOT_FOUND' },
    })
  }
  return {
    id: nodeId('Ref', `${base.sha}...${head.sha}`),
    status: statusOf(ahead.length, behindBy),
    aheadBy: ahead.length,
    behindBy,
    baseTarget: () => commitNode(world, base),
    headTarget: () => commitNode(world, head),
    commits: (args: PageArguments) =>
      connection(ahead, args, {
        key: ({ sha }) => sha,
        node: (commit) => commitNode(world, commit),
      }),
  }
}

function without(shas: Set<string>, others: Set<string>): Set<string> {
  return new Set([...shas].filter((sha) => !others.has(sha)))
}

function statusOf(aheadBy: number, behindBy: number): string {
  if (aheadBy > 0) return behindBy > 0 ? 'DIVERGED' : 'AHEAD'
  return behindBy > 0 ? 'BEHIND' : 'IDENTICAL'
}

/** Newest first; ids rise with time, so the order in the store is the order of making. */
function commitsOf(world: World, shas: Set<string>): Commit[] {
  return [...world.commits.values()].filter(({ sha }) => shas.has(sha)).reverse()
}

function gitActorNode(world: World, { name, email }: Signature) {
  const account = world.accountOfEmail(email)
  return {
    name,
    email,
    // only a person's account shows here, never a bot's
    user: () => (account?.type === 'User' ? actorNode(world, account) : null),
  }
}
