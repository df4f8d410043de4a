import { expect } from 'vitest'
import type { WeeklyDigest } from '../../../src/metrics/weekly-digest.ts'
import { renderDigest } from '../../../src/report/digest.ts'
import { place } from '../../report/samples.ts'
import type { World } from '../world.ts'
import { slowDigest } from './digest.ts'

/**
 * Holds a digest against plain counting over the facts: number by number, and
 * then as it is rendered, so that no number that a reader sees is left out.
 */
export function expectAgreement(
  digest: WeeklyDigest,
  world: World,
  isKnownFromBeginning: boolean,
): void {
  const slow = slowDigest(world, digest, isKnownFromBeginning)
  expect(digest.trends).toEqual(slow.trends)
  expect(digest.firstResponse).toEqual(slow.firstResponse)
  expect(digest.types).toEqual(slow.types)
  expect(digest.automated).toEqual(slow.automated)
  expect(digest.waiting.map(({ thread, hours }) => ({ number: thread.number, hours }))).toEqual(
    slow.waiting,
  )
  expect(digest.reviewsOwed.map(({ thread, hours }) => ({ number: thread.number, hours }))).toEqual(
    slow.owed,
  )
  const { cohort } = digest
  expect(cohort && { came: cohort.came, cameBack: cohort.cameBack }).toEqual(slow.cohort)
  const named = digest.newcomers.map(({ person, firstMerge }) => `${person.id} ${firstMerge}`)
  expect(named.sort()).toEqual(
    slow.newcomers.map(({ id, firstMerge }) => `account:${id} ${firstMerge}`).sort(),
  )
  expect(digest.returning.map(({ id }) => id).sort()).toEqual(
    slow.returning.map((id) => `account:${id}`).sort(),
  )
  const { firstResponse, types, automated } = slow
  const trends = { ...digest.trends, ...slow.trends }
  expect(renderDigest(digest, place)).toBe(
    renderDigest({ ...digest, trends, firstResponse, types, automated }, place),
  )
}
