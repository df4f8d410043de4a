import type { Probot } from 'probot'
import type { Delivery } from './deliveries/delivery.ts'
import { followForks } from './deliveries/follow-forks.ts'
import {
  followInstallation,
  followInstallationRepositories,
} from './deliveries/follow-installation.ts'
import { followRepository } from './deliveries/follow-repository.ts'
import { recordFacts } from './deliveries/record-facts.ts'
import { wantAnswers, wantAnswersInDiscussion } from './deliveries/want-answers.ts'
import { wantMissingCommits } from './deliveries/want-commits.ts'
import {
  wantConfigurationCheck,
  wantProposedConfigurationCheck,
} from './deliveries/want-configuration-check.ts'
import { wantMailmapAgain } from './deliveries/want-mailmap.ts'
import { wantSummary } from './deliveries/want-summary.ts'
import type { HashEmail } from './events/signature.ts'
import type { Database } from './store/database.ts'

interface AppDeps {
  db: Database
  hashEmail: HashEmail
  now: () => Date
}

type Step = (delivery: Delivery, deps: AppDeps) => Promise<void>

/**
 * The table of contents: which event leads to which steps, in order. The
 * delivery is durable and GitHub has its answer before any of this runs.
 */
export default function groundswell(probot: Probot, deps: AppDeps): void {
  const on = (event: Parameters<Probot['on']>[0], ...steps: Step[]) =>
    probot.on(event, async ({ id, name, payload }) => {
      const delivery = { id, name, payload, at: deps.now() }
      for (const step of steps) await step(delivery, deps)
    })

  on('fork', recordFacts, followForks)
  on(['star', 'release', 'commit_comment'], recordFacts)
  on(['issues', 'discussion'], recordFacts)
  on('issue_comment', recordFacts, wantAnswers)
  on('discussion_comment', recordFacts, wantAnswersInDiscussion)
  on('pull_request', recordFacts, wantSummary, wantProposedConfigurationCheck)
  on(['pull_request_review', 'pull_request_review_comment'], recordFacts)
  on('push', recordFacts, wantMissingCommits, wantConfigurationCheck, wantMailmapAgain)
  on('public', recordFacts)
  on('repository', recordFacts, followRepository)
  on('installation', followInstallation)
  on('installation_repositories', followInstallationRepositories)
}
