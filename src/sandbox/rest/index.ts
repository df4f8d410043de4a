import { appOperations } from './app.ts'
import { checkRunOperations } from './check-runs.ts'
import { commentOperations } from './comments.ts'
import { comparisonOperations } from './comparisons.ts'
import { hookDeliveryOperations } from './hook-deliveries.ts'
import { issueOperations } from './issues.ts'
import type { Operation } from './operation.ts'
import { pullOperations } from './pulls.ts'
import { releaseOperations } from './releases.ts'
import { repositoryOperations } from './repositories.ts'

/** Every REST operation that the double knows; fixed segments come before variable ones. */
export const operations: Operation[] = [
  ...appOperations,
  ...hookDeliveryOperations,
  ...repositoryOperations,
  ...comparisonOperations,
  ...commentOperations,
  ...issueOperations,
  ...pullOperations,
  ...releaseOperations,
  ...checkRunOperations,
]
