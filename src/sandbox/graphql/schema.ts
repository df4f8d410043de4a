/**
 * The part of GitHub's published GraphQL schema that the double can answer, in
 * GitHub's own words: every type, field and argument is there in the original.
 */
export const schemaSource = /* GraphQL */ `
  scalar BigInt
  scalar DateTime
  scalar GitObjectID
  scalar GitTimestamp
  scalar URI

  interface Node {
    id: ID!
  }

  interface Actor {
    avatarUrl(size: Int): URI!
    login: String!
    url: URI!
  }

  interface GitObject {
    id: ID!
    oid: GitObjectID!
  }

  interface RepositoryOwner {
    id: ID!
    login: String!
    url: URI!
  }

  enum CommentAuthorAssociation {
    COLLABORATOR
    CONTRIBUTOR
    FIRST_TIMER
    FIRST_TIME_CONTRIBUTOR
    MANNEQUIN
    MEMBER
    NONE
    OWNER
  }
  enum ComparisonStatus { AHEAD BEHIND DIVERGED IDENTICAL }
  enum DiscussionOrderField { CREATED_AT UPDATED_AT }
  enum IssueOrderField { COMMENTS CREATED_AT UPDATED_AT }
  enum IssueState { CLOSED OPEN }
  enum IssueStateReason { COMPLETED DUPLICATE NOT_PLANNED REOPENED }
  enum OrderDirection { ASC DESC }
  enum PatchStatus { ADDED CHANGED COPIED DELETED MODIFIED RENAMED }
  enum PullRequestReviewState { APPROVED CHANGES_REQUESTED COMMENTED DISMISSED PENDING }
  enum PullRequestState { CLOSED MERGED OPEN }
  enum PullRequestTimelineItemsItemType { CLOSED_EVENT READY_FOR_REVIEW_EVENT REOPENED_EVENT }
  enum ReactionContent { CONFUSED EYES HEART HOORAY LAUGH ROCKET THUMBS_DOWN THUMBS_UP }
  enum ReleaseOrderField { CREATED_AT NAME }
  enum RepositoryAffiliation { COLLABORATOR ORGANIZATION_MEMBER OWNER }
  enum RepositoryOrderField { CREATED_AT NAME PUSHED_AT STARGAZERS UPDATED_AT }
  enum RepositoryPrivacy { PRIVATE PUBLIC }
  enum RepositoryVisibility { INTERNAL PRIVATE PUBLIC }

  input DiscussionOrder { direction: OrderDirection! field: DiscussionOrderField! }
  input IssueFilters { since: DateTime states: [IssueState!] }
  input IssueOrder { direction: OrderDirection! field: IssueOrderField! }
  input ReleaseOrder { direction: OrderDirection! field: ReleaseOrderField! }
  input RepositoryOrder { direction: OrderDirection! field: RepositoryOrderField! }

  type Mutation {
    addDiscussionComment(input: AddDiscussionCommentInput!): AddDiscussionCommentPayload
    addReaction(input: AddReactionInput!): AddReactionPayload
    createDiscussion(input: CreateDiscussionInput!): CreateDiscussionPayload
    deleteDiscussionComment(input: DeleteDiscussionCommentInput!): DeleteDiscussionCommentPayload
    updateDiscussion(input: UpdateDiscussionInput!): UpdateDiscussionPayload
    updateDiscussionComment(input: UpdateDiscussionCommentInput!): UpdateDiscussionCommentPayload
  }
  input AddDiscussionCommentInput { body: String! clientMutationId: String discussionId: ID! replyToId: ID }
  input AddReactionInput { clientMutationId: String content: ReactionContent! subjectId: ID! }
  input CreateDiscussionInput { body: String! categoryId: ID! clientMutationId: String repositoryId: ID! title: String! }
  input DeleteDiscussionCommentInput { clientMutationId: String id: ID! }
  input UpdateDiscussionCommentInput { body: String! clientMutationId: String commentId: ID! }
  input UpdateDiscussionInput { body: String categoryId: ID clientMutationId: String discussionId: ID! title: String }
  type AddDiscussionCommentPayload { clientMutationId: String comment: DiscussionComment }
  type AddReactionPayload { clientMutationId: String reaction: Reaction }
  type CreateDiscussionPayload { clientMutationId: String discussion: Discussion }
  type DeleteDiscussionCommentPayload { clientMutationId: String comment: DiscussionComment }
  type UpdateDiscussionCommentPayload { clientMutationId: String comment: DiscussionComment }
  type UpdateDiscussionPayload { clientMutationId: String discussion: Discussion }

  type Query {
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    rateLimit(dryRun: Boolean = false): RateLimit
    repository(followRenames: Boolean = true, name: String!, owner: String!): Repository
  }

  type RateLimit {
    cost: Int!
    limit: Int!
    nodeCount: Int!
    remaining: Int!
    resetAt: DateTime!
    used: Int!
  }

  type PageInfo {
    endCursor: String
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
  }

  type User implements Actor & Node & RepositoryOwner {
    avatarUrl(size: Int): URI!
    databaseId: Int
    id: ID!
    login: String!
    url: URI!
  }
  type Bot implements Actor & Node {
    avatarUrl(size: Int): URI!
    databaseId: Int
    id: ID!
    login: String!
    url: URI!
  }
  type Mannequin implements Actor & Node {
    avatarUrl(size: Int): URI!
    databaseId: Int
    id: ID!
    login: String!
    url: URI!
  }
  type EnterpriseUserAccount implements Actor & Node {
    avatarUrl(size: Int): URI!
    id: ID!
    login: String!
    url: URI!
  }
  type Organization implements Actor & Node & RepositoryOwner {
    avatarUrl(size: Int): URI!
    databaseId: Int
    id: ID!
    login: String!
    url: URI!
  }

  type Repository implements Node {
    createdAt: DateTime!
    databaseId: Int
    defaultBranchRef: Ref
    description: String
    discussion(number: Int!): Discussion
    discussionCategories(after: String, before: String, filterByAssignable: Boolean = false, first: Int, last: Int): DiscussionCategoryConnection!
    discussions(after: String, before: String, categoryId: ID = null, first: Int, last: Int, orderBy: DiscussionOrder = {field: UPDATED_AT, direction: DESC}): DiscussionConnection!
    diskUsage: Int
    forkCount: Int!
    forks(after: String, before: String, first: Int, last: Int, orderBy: RepositoryOrder, ownerAffiliations: [RepositoryAffiliation] = [OWNER, COLLABORATOR], privacy: RepositoryPrivacy): RepositoryConnection!
    hasDiscussionsEnabled: Boolean!
    hasIssuesEnabled: Boolean!
    id: ID!
    isArchived: Boolean!
    isDisabled: Boolean!
    isFork: Boolean!
    isPrivate: Boolean!
    issues(after: String, before: String, filterBy: IssueFilters, first: Int, last: Int, orderBy: IssueOrder, states: [IssueState!]): IssueConnection!
    issue(number: Int!): Issue
    name: String!
    nameWithOwner: String!
    object(expression: String, oid: GitObjectID): GitObject
    owner: RepositoryOwner!
    parent: Repository
    pullRequest(number: Int!): PullRequest
    pullRequests(after: String, before: String, first: Int, last: Int, orderBy: IssueOrder, states: [PullRequestState!]): PullRequestConnection!
    pushedAt: DateTime
    ref(qualifiedName: String!): Ref
    refs(after: String, before: String, first: Int, last: Int, refPrefix: String!): RefConnection
    releases(after: String, before: String, first: Int, last: Int, orderBy: ReleaseOrder): ReleaseConnection!
    stargazerCount: Int!
    updatedAt: DateTime!
    url: URI!
    visibility: RepositoryVisibility!
  }
  type RepositoryConnection { nodes: [Repository] pageInfo: PageInfo! totalCount: Int! }

  type Ref implements Node {
    compare(headRef: String!): Comparison
    id: ID!
    name: String!
    target: GitObject
  }
  type RefConnection { nodes: [Ref] pageInfo: PageInfo! totalCount: Int! }

  type Comparison implements Node {
    aheadBy: Int!
    baseTarget: GitObject!
    behindBy: Int!
    commits(after: String, before: String, first: Int, last: Int): ComparisonCommitConnection!
    headTarget: GitObject!
    id: ID!
    status: ComparisonStatus!
  }
  type ComparisonCommitConnection { nodes: [Commit] pageInfo: PageInfo! totalCount: Int! }

  type Blob implements GitObject & Node {
    byteSize: Int!
    id: ID!
    isBinary: Boolean
    isTruncated: Boolean!
    oid: GitObjectID!
    text: String
  }

  type Commit implements GitObject & Node {
    author: GitActor
    authoredDate: DateTime!
    authors(after: String, before: String, first: Int, last: Int): GitActorConnection!
    committedDate: DateTime!
    history(after: String, before: String, first: Int, last: Int, since: GitTimestamp): CommitHistoryConnection!
    id: ID!
    message: String!
    messageHeadline: String!
    oid: GitObjectID!
  }
  type CommitHistoryConnection { nodes: [Commit] pageInfo: PageInfo! totalCount: Int! }
  type GitActor { email: String name: String user: User }
  type GitActorConnection { nodes: [GitActor] pageInfo: PageInfo! totalCount: Int! }

  type Issue implements Node {
    author: Actor
    authorAssociation: CommentAuthorAssociation!
    body: String!
    closedAt: DateTime
    comments(after: String, before: String, first: Int, last: Int): IssueCommentConnection!
    createdAt: DateTime!
    fullDatabaseId: BigInt
    databaseId: Int
    id: ID!
    number: Int!
    state: IssueState!
    stateReason(enableDuplicate: Boolean = false): IssueStateReason
    title: String!
    updatedAt: DateTime!
    url: URI!
  }
  type IssueConnection { nodes: [Issue] pageInfo: PageInfo! totalCount: Int! }

  type IssueComment implements Node {
    author: Actor
    authorAssociation: CommentAuthorAssociation!
    body: String!
    createdAt: DateTime!
    databaseId: Int
    fullDatabaseId: BigInt
    id: ID!
    updatedAt: DateTime!
    url: URI!
  }
  type IssueCommentConnection { nodes: [IssueComment] pageInfo: PageInfo! totalCount: Int! }

  type PullRequest implements Node {
    additions: Int!
    author: Actor
    authorAssociation: CommentAuthorAssociation!
    baseRefName: String!
    baseRefOid: GitObjectID!
    body: String!
    changedFiles: Int!
    closedAt: DateTime
    comments(after: String, before: String, first: Int, last: Int): IssueCommentConnection!
    commits(after: String, before: String, first: Int, last: Int): PullRequestCommitConnection!
    createdAt: DateTime!
    databaseId: Int
    deletions: Int!
    files(after: String, before: String, first: Int, last: Int): PullRequestChangedFileConnection
    fullDatabaseId: BigInt
    headRefName: String!
    headRefOid: GitObjectID!
    headRepository: Repository
    id: ID!
    isCrossRepository: Boolean!
    isDraft: Boolean!
    mergeCommit: Commit
    merged: Boolean!
    mergedAt: DateTime
    mergedBy: Actor
    number: Int!
    reviews(after: String, author: String, before: String, first: Int, last: Int, states: [PullRequestReviewState!]): PullRequestReviewConnection
    state: PullRequestState!
    timelineItems(after: String, before: String, first: Int, itemTypes: [PullRequestTimelineItemsItemType!], last: Int): PullRequestTimelineItemsConnection!
    title: String!
    updatedAt: DateTime!
    url: URI!
  }
  union PullRequestTimelineItems = ClosedEvent | ReadyForReviewEvent | ReopenedEvent
  type PullRequestTimelineItemsConnection { nodes: [PullRequestTimelineItems] pageInfo: PageInfo! totalCount: Int! }
  type ClosedEvent implements Node { createdAt: DateTime! id: ID! }
  type ReadyForReviewEvent implements Node { createdAt: DateTime! id: ID! }
  type ReopenedEvent implements Node { createdAt: DateTime! id: ID! }
  type PullRequestConnection { nodes: [PullRequest] pageInfo: PageInfo! totalCount: Int! }
  type PullRequestCommit implements Node { commit: Commit! id: ID! }
  type PullRequestCommitConnection { nodes: [PullRequestCommit] pageInfo: PageInfo! totalCount: Int! }
  type PullRequestChangedFile { additions: Int! changeType: PatchStatus! deletions: Int! path: String! }
  type PullRequestChangedFileConnection { nodes: [PullRequestChangedFile] pageInfo: PageInfo! totalCount: Int! }

  type PullRequestReview implements Node {
    author: Actor
    authorAssociation: CommentAuthorAssociation!
    body: String!
    comments(after: String, before: String, first: Int, last: Int): PullRequestReviewCommentConnection!
    databaseId: Int
    fullDatabaseId: BigInt
    id: ID!
    state: PullRequestReviewState!
    submittedAt: DateTime
    url: URI!
  }
  type PullRequestReviewConnection { nodes: [PullRequestReview] pageInfo: PageInfo! totalCount: Int! }
  type PullRequestReviewComment implements Node {
    author: Actor
    authorAssociation: CommentAuthorAssociation!
    body: String!
    createdAt: DateTime!
    databaseId: Int
    fullDatabaseId: BigInt
    id: ID!
    path: String!
    updatedAt: DateTime!
    url: URI!
  }
  type PullRequestReviewCommentConnection { nodes: [PullRequestReviewComment] pageInfo: PageInfo! totalCount: Int! }

  type Discussion implements Node {
    answer: DiscussionComment
    answerChosenAt: DateTime
    answerChosenBy: Actor
    author: Actor
    authorAssociation: CommentAuthorAssociation!
    body: String!
    category: DiscussionCategory!
    closed: Boolean!
    closedAt: DateTime
    comments(after: String, before: String, first: Int, last: Int): DiscussionCommentConnection!
    createdAt: DateTime!
    databaseId: Int
    id: ID!
    isAnswered: Boolean
    locked: Boolean!
    number: Int!
    title: String!
    updatedAt: DateTime!
    url: URI!
    viewerDidAuthor: Boolean!
  }
  type DiscussionCategory implements Node {
    description: String
    emoji: String!
    id: ID!
    isAnswerable: Boolean!
    name: String!
    slug: String!
  }
  type DiscussionCategoryConnection { nodes: [DiscussionCategory] pageInfo: PageInfo! totalCount: Int! }
  type DiscussionConnection { nodes: [Discussion] pageInfo: PageInfo! totalCount: Int! }
  type DiscussionComment implements Node {
    author: Actor
    authorAssociation: CommentAuthorAssociation!
    body: String!
    createdAt: DateTime!
    databaseId: Int
    deletedAt: DateTime
    discussion: Discussion
    id: ID!
    isAnswer: Boolean!
    replies(after: String, before: String, first: Int, last: Int): DiscussionCommentConnection!
    replyTo: DiscussionComment
    updatedAt: DateTime!
    url: URI!
    viewerDidAuthor: Boolean!
  }
  type DiscussionCommentConnection { nodes: [DiscussionComment] pageInfo: PageInfo! totalCount: Int! }

  type Reaction implements Node {
    content: ReactionContent!
    databaseId: Int
    id: ID!
    user: User
  }

  type Release implements Node {
    author: User
    createdAt: DateTime!
    databaseId: Int
    id: ID!
    isDraft: Boolean!
    isPrerelease: Boolean!
    name: String
    publishedAt: DateTime
    tagName: String!
    updatedAt: DateTime!
    url: URI!
  }
  type ReleaseConnection { nodes: [Release] pageInfo: PageInfo! totalCount: Int! }
`
