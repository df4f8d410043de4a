import { describe, expect, it } from 'vitest'
import { forkNetworkReport } from '../../src/metrics/fork-network.ts'
import { renderForkNetwork } from '../../src/report/fork-answer.ts'
import { halfAYear, network, work } from '../metrics/fork-networks.ts'
import { at } from '../metrics/histories.ts'
import { place } from './samples.ts'

const now = at('2026-11-23')
const rendered = (given: Parameters<typeof network>[0]) =>
  renderForkNetwork(forkNetworkReport(network(given), now), place)

const rocm = {
  paths: ['kernels/rocm/a.cu'],
  areas: ['kernels/rocm/'],
  subjects: ['Port attention to ROCm'],
}
const works = [
  work('fork-one/engine', { ...rocm, originalCommits: 38, state: 'diverged', authors: 3 }),
  work('fork-two/engine', { ...rocm, branch: 'gaudi/3', pullRequests: [812] }),
  ...Array.from({ length: 6 }, (_, nth) => work(`small-${nth}/engine`)),
]

describe('the answer about forks', () => {
  it.each([
    ['whole', rendered({ works })],
    ['growing', rendered(halfAYear())],
    [
      'partial',
      rendered({
        sizeBefore: null,
        made: 1,
        states: [{ state: 'untouched', forks: 1 }],
        reading: {
          scannedAt: null,
          refreshedAt: null,
          isUnderWay: true,
          troubled: 3,
          byGit: false,
          parent: 'upstream-lab/engine',
        },
      }),
    ],
    ['unread', renderForkNetwork(null, place)],
  ])('%s', async (name, body) => {
    await expect(body).toMatchFileSnapshot(`__snapshots__/answer.forks-${name}.md`)
  })
})
