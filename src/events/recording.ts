import type { Recording } from './fact.ts'

/** A recording that says only what is given. */
export function recording(parts: Partial<Recording>): Recording {
  return {
    facts: [],
    retractions: [],
    accounts: [],
    signatures: [],
    evidence: [],
    associations: [],
    threads: [],
    repositories: [],
    ...parts,
  }
}

/** What several recordings say together: each fact once, of each state the latest. */
export function combined(recordings: readonly Recording[]): Recording {
  return {
    facts: unique(
      recordings.flatMap(({ facts }) => facts),
      ({ repositoryId, kind, key }) => `${repositoryId} ${kind} ${key}`,
    ),
    retractions: unique(
      recordings.flatMap(({ retractions }) => retractions),
      ({ repositoryId, kind, key }) => `${repositoryId} ${kind} ${key}`,
    ),
    accounts: unique(
      recordings.flatMap(({ accounts }) => accounts),
      ({ id }) => String(id),
      (kept, next) => next.seenAt > kept.seenAt,
    ),
    signatures: unique(
      recordings.flatMap(({ signatures }) => signatures),
      ({ hash }) => hash,
      (kept, next) => kept.human && !next.human,
    ),
    evidence: unique(
      recordings.flatMap(({ evidence }) => evidence),
      ({ repositoryId, member, by, value }) => `${repositoryId} ${member} ${by} ${value}`,
    ),
    associations: unique(
      recordings.flatMap(({ associations }) => associations),
      ({ repositoryId, accountId }) => `${repositoryId} ${accountId}`,
      (kept, next) => next.seenAt > kept.seenAt,
    ),
    threads: unique(
      recordings.flatMap(({ threads }) => threads),
      ({ repositoryId, number }) => `${repositoryId} ${number}`,
      (kept, next) => next.updatedAt > kept.updatedAt,
    ),
    repositories: unique(
      recordings.flatMap(({ repositories }) => repositories),
      ({ id }) => String(id),
      (kept, next) => next.seenAt > kept.seenAt,
    ),
  }
}

function unique<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  isBetter: (kept: Item, next: Item) => boolean = () => false,
): Item[] {
  const byKey = new Map<string, Item>()
  for (const item of items) {
    const kept = byKey.get(keyOf(item))
    if (kept === undefined || isBetter(kept, item)) byKey.set(keyOf(item), item)
  }
  return [...byKey.values()]
}
