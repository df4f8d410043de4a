import { z } from 'zod'
import type { GitHubApp } from './github-app.ts'

/** One try of GitHub's to hand a delivery over. */
export interface DeliveryAttempt {
  id: number
  guid: string
  event: string
  repositoryId: number | null
  deliveredAt: Date
  redelivery: boolean
  succeeded: boolean
}

const Attempt = z
  .object({
    id: z.int(),
    guid: z.string(),
    event: z.string(),
    repository_id: z.int().nullish(),
    delivered_at: z.string(),
    redelivery: z.boolean(),
    status_code: z.int(),
  })
  .transform(
    (item): DeliveryAttempt => ({
      id: item.id,
      guid: item.guid,
      event: item.event,
      repositoryId: item.repository_id ?? null,
      deliveredAt: new Date(item.delivered_at),
      redelivery: item.redelivery,
      succeeded: item.status_code >= 200 && item.status_code < 300,
    }),
  )

/**
 * The App's own delivery log back to an instant, newest first. GitHub keeps
 * three days of it. Read as the App, so it costs no installation anything.
 */
export async function deliveryAttempts(github: GitHubApp, since: Date): Promise<DeliveryAttempt[]> {
  const octokit = await github.asApp()
  const attempts: DeliveryAttempt[] = []
  const pages = octokit.paginate.iterator(octokit.rest.apps.listWebhookDeliveries, {
    per_page: 100,
  })
  for await (const { data } of pages) {
    const page = z.array(Attempt).parse(data)
    attempts.push(...page.filter(({ deliveredAt }) => deliveredAt >= since))
    if (page.some(({ deliveredAt }) => deliveredAt < since)) break
  }
  return attempts
}

/** Asks GitHub to send a delivery once more, under the same GUID. */
export async function redeliver(github: GitHubApp, attemptId: number): Promise<void> {
  const octokit = await github.asApp()
  await octokit.rest.apps.redeliverWebhookDelivery({ delivery_id: attemptId })
}
