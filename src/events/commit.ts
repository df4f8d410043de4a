import { areasOf } from './areas.ts'
import type { Fact, FactDetail, Recording } from './fact.ts'
import { combined, recording } from './recording.ts'
import { type CommitIdentity, evidenceIn, type HashEmail, signatureOf } from './signature.ts'
import { helpersIn } from './trailers.ts'

/** A commit of the default branch, from a push or from a git log. */
export interface Commit {
  sha: string
  occurredAt: Date
  /** title, body and trailers */
  message: string
  author: CommitIdentity
  /** all that it touched; empty where unknown */
  paths: readonly string[]
}

/** Who wrote a commit, who wrote it with them, and which tools helped. */
export function commitRecording(
  repositoryId: number,
  commit: Commit,
  hashEmail: HashEmail,
): Recording {
  const { sha, occurredAt, paths } = commit
  const helpers = helpersIn(commit.message)
  const author = signatureOf(commit.author, hashEmail)
  const coAuthors = helpers.coAuthors
    .map((coAuthor) => signatureOf({ ...coAuthor, username: null }, hashEmail))
    .filter((coAuthor) => coAuthor !== null)
  // squashing lists the author's own second address or name among the co-authors
  const others = coAuthors.filter(({ state }) => state.hash !== author?.state.hash)
  const people = others.filter(({ agent }) => agent === null)
  const tools = others.map(({ agent }) => agent).filter((agent) => agent !== null)

  const about = { repositoryId, occurredAt, accountId: null, thread: null }
  const detail: FactDetail = paths.length === 0 ? {} : { areas: areasOf(paths) }
  const facts: Fact[] = [
    {
      ...about,
      kind: 'commit.authored',
      key: sha,
      signature: author?.state.hash ?? null,
      detail,
    },
    ...people.map(
      ({ state: { hash } }): Fact => ({
        ...about,
        kind: 'commit.coauthored',
        key: `${sha}:${hash}`,
        signature: hash,
        detail,
      }),
    ),
    ...[...tools, ...helpers.agents].map(
      (agent): Fact => ({
        ...about,
        kind: 'commit.coauthored',
        key: `${sha}:${agent}`,
        signature: null,
        detail: { ...detail, agent },
      }),
    ),
  ]
  const signed = [...(author === null ? [] : [author]), ...people]
  return combined([
    recording({
      facts,
      signatures: signed.map(({ state }) => state),
      evidence: signed.flatMap((signature) => evidenceIn(repositoryId, signature)),
    }),
  ])
}
