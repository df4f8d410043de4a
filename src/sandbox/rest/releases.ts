import { releaseShape } from '../shapes/commit.ts'
import type { Operation } from './operation.ts'
import { page } from './page.ts'

export const releaseOperations: Operation[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/releases',
    caller: 'repository',
    needs: { contents: 'read' },
    handle: (call) => {
      const { world, repository } = call
      return page(call, repository.releases.toReversed(), (release) =>
        releaseShape(world, repository, release),
      )
    },
  },
]
