import type { Octokit } from './github-app.ts'

/** What reading asks of a client, whether it acts for an installation, a person or nobody. */
export type GitHubClient = Pick<Octokit, 'graphql' | 'request'>
