import { describe, expect, it } from 'vitest'
import { type ForkFacts, forkState } from '../../src/metrics/fork-state.ts'
import { at } from './histories.ts'

const now = at('2026-11-20')

/** A fork of long ago that was synced lately, and of which all is known. */
const fork = (rest: Partial<ForkFacts> = {}): ForkFacts => ({
  gone: false,
  createdAt: at('2025-01-01'),
  pushedAt: at('2026-11-10'),
  ahead: 0,
  behind: 12,
  originalCommits: 0,
  hasCommonAncestor: true,
  sharesPatches: null,
  hasOwnName: false,
  releases: 0,
  threads: 0,
  outsideContributors: 0,
  upstreamPullRequests: null,
  ...rest,
})

const unknown: ForkFacts = {
  ...{ gone: false, createdAt: null, pushedAt: null, ahead: null, behind: null },
  ...{ originalCommits: null, hasCommonAncestor: null, sharesPatches: null, hasOwnName: null },
  ...{ releases: null, threads: null, outsideContributors: null, upstreamPullRequests: null },
}

const undated = { createdAt: null, pushedAt: null }
const ownLife = { releases: 3, threads: 40 }
const rewritten = { hasCommonAncestor: false, sharesPatches: true }

describe('the state of a fork', () => {
  it.each<[string, Partial<ForkFacts>]>([
    ['gone', { gone: true, originalCommits: 30 }],
    ['unrelated', { hasCommonAncestor: false, sharesPatches: false, ahead: 9, originalCommits: 9 }],
    ['hard fork', { originalCommits: 121, ahead: 130, ...ownLife }],
    ['hard fork', { ...rewritten, releases: 1, hasOwnName: true }],
    ['diverged', { originalCommits: 121, ahead: 130, releases: 3 }],
    [
      'contributing',
      {
        ahead: 3,
        originalCommits: 3,
        upstreamPullRequests: { open: 1, lastOpenedAt: at('2024-01-01') },
      },
    ],
    ['contributing', { upstreamPullRequests: { open: 0, lastOpenedAt: at('2025-12-01') } }],
    [
      'patched',
      {
        ahead: 3,
        originalCommits: 3,
        upstreamPullRequests: { open: 0, lastOpenedAt: at('2025-11-01') },
      },
    ],
    ['diverged', { ahead: 10, originalCommits: 10 }],
    ['patched', { ahead: 9, originalCommits: 9 }],
    ['patched', { ahead: 0, originalCommits: 1 }],
    ['diverged', { ...rewritten, originalCommits: 0 }],
    ['untouched', { pushedAt: at('2024-12-01') }],
    ['untouched', { ...unknown, createdAt: at('2025-01-01'), pushedAt: at('2025-01-01') }],
    ['mirror', {}],
    ['synced', { pushedAt: at('2026-10-01') }],
    ['synced', { ahead: 4 }],
    ['mirror', { ...undated, behind: 0 }],
    ['untouched', undated],
    ['synced', { ...undated, ahead: 4 }],
  ])('is %s: %j', (state, facts) => {
    expect(forkState(fork(facts), now)?.state).toBe(state)
  })

  it('needs its own life to be of two kinds, and work of its own', () => {
    expect(forkState(fork(ownLife), now)?.state).toBe('mirror')
    expect(forkState(fork({ originalCommits: 1, ahead: 1, ...ownLife }), now)).toEqual({
      state: 'hard fork',
      because: 'it has releases, issues or pull requests',
    })
  })

  it('is not told where too little is known', () => {
    expect(forkState(unknown, now)).toBeNull()
    expect(forkState(fork({ originalCommits: null, ahead: 4 }), now)).toBeNull()
  })
})
