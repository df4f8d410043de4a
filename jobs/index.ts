import type { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import type { ScheduledJobName, WorkJobName } from '../src/queue.ts'
import * as answering from './answer-command.ts'
import * as backfilling from './backfill-repository.ts'
import * as checking from './check-configuration.ts'
import * as checkingDigests from './check-digests.ts'
import * as checkingProposals from './check-proposed-configuration.ts'
import * as comparingForks from './compare-forks.ts'
import { housekeep } from './housekeep.ts'
import * as digesting from './publish-digest.ts'
import * as rollingUp from './publish-roll-up.ts'
import * as readingCommits from './read-commits.ts'
import * as readingMailmaps from './read-mailmap.ts'
import * as reconciling from './reconcile-repository.ts'
import { recoverDeliveries } from './recover-deliveries.ts'
import * as resolving from './resolve-signatures.ts'
import * as rewriting from './rewrite-digest.ts'
import * as scanningForks from './scan-forks.ts'
import { scheduleDigests } from './schedule-digests.ts'
import { scheduleForks } from './schedule-forks.ts'
import { scheduleReconciliations } from './schedule-reconciliations.ts'
import { scheduleRollUps } from './schedule-roll-ups.ts'
import * as sending from './send-digest.ts'
import * as summarising from './summarise-pull-request.ts'
import { sweep } from './sweep.ts'
import { syncInstallations } from './sync-installations.ts'
import * as tellingMilestones from './tell-fork-milestone.ts'

/** Work that a row in `work` promises; its payload is parsed as it is read. */
interface WorkProcessor {
  run(payload: unknown, deps: Deps): Promise<void>
}

function work<Payload extends z.ZodType>(
  payload: Payload,
  run: (payload: z.output<Payload>, deps: Deps) => Promise<void>,
): WorkProcessor {
  return { run: async (raw, deps) => await run(payload.parse(raw), deps) }
}

/** A job without a processor does not compile. */
export const workProcessors: Record<WorkJobName, WorkProcessor> = {
  'summarise-pull-request': work(summarising.payload, summarising.summarisePullRequest),
  'answer-command': work(answering.payload, answering.answerCommand),
  'check-configuration': work(checking.payload, checking.checkConfiguration),
  'check-proposed-configuration': work(
    checkingProposals.payload,
    checkingProposals.checkProposedConfiguration,
  ),
  'check-digests': work(checkingDigests.payload, checkingDigests.checkDigests),
  'publish-digest': work(digesting.payload, digesting.publishDigest),
  'send-digest': work(sending.payload, sending.sendDigest),
  'rewrite-digest': work(rewriting.payload, rewriting.rewriteDigest),
  'publish-roll-up': work(rollingUp.payload, rollingUp.publishRollUp),
  'backfill-repository': work(backfilling.payload, backfilling.backfillRepository),
  'read-commits': work(readingCommits.payload, readingCommits.readCommits),
  'reconcile-repository': work(reconciling.payload, reconciling.reconcileRepository),
  'resolve-signatures': work(resolving.payload, resolving.resolveSignatures),
  'read-mailmap': work(readingMailmaps.payload, readingMailmaps.readRepositoryMailmap),
  'scan-forks': work(scanningForks.payload, scanningForks.scanForks),
  'compare-forks': work(comparingForks.payload, comparingForks.compareForks),
  'tell-fork-milestone': work(tellingMilestones.payload, tellingMilestones.tellForkMilestone),
}

export const scheduledProcessors: Record<ScheduledJobName, (deps: Deps) => Promise<void>> = {
  sweep,
  'schedule-digests': async (deps) => {
    await scheduleDigests(deps)
    await scheduleRollUps(deps)
  },
  'sync-installations': syncInstallations,
  'recover-deliveries': recoverDeliveries,
  'schedule-reconciliations': scheduleReconciliations,
  'schedule-forks': scheduleForks,
  housekeep,
}
