const prefixes = {
  Blob: 'B',
  Bot: 'BOT',
  CheckRun: 'CR',
  CheckSuite: 'CS',
  ClosedEvent: 'CE',
  Commit: 'C',
  CommitComment: 'CC',
  Discussion: 'D',
  DiscussionCategory: 'DIC',
  DiscussionComment: 'DC',
  Installation: 'MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9u',
  App: 'A',
  Issue: 'I',
  IssueComment: 'IC',
  Label: 'LA',
  Organization: 'O',
  PullRequest: 'PR',
  PullRequestReview: 'PRR',
  PullRequestReviewComment: 'PRRC',
  Reaction: 'REA',
  ReadyForReviewEvent: 'RFRE',
  Ref: 'REF',
  ReopenedEvent: 'REE',
  Release: 'RE',
  Repository: 'R',
  User: 'U',
}

export type NodeType = keyof typeof prefixes

/** GitHub's global node id: opaque to clients, here the type's prefix and the id. */
export function nodeId(type: NodeType, id: number | string): string {
  return `${prefixes[type]}_${Buffer.from(String(id)).toString('base64url')}`
}

/** The id in a node id; NaN where it holds none. */
export function numberIn(nodeId: string): number {
  const [, coded = ''] = /_([^_].*)$/.exec(nodeId) ?? []
  return Number(Buffer.from(coded, 'base64url').toString() || Number.NaN)
}

/** `installation` at the top of a webhook payload. */
export function installationTarget(id: number) {
  return { id, node_id: nodeId('Installation', id) }
}
