/** The sentences that a digest has outside of GitHub only. */
export const channels = {
  whole: 'The whole digest',
  wholeOfIt: 'The whole digest, with what was too long for here',
  subject: (repository: string, title: string) => `${repository}: ${title}`,
  readAt: (url: string) => `With links: ${url}`,
  why: (repository: string) =>
    `You get this because a mail address of yours is on the list for the digest of ${repository}. Whoever runs the server can take it off.`,
  feed: (repository: string) => `Community digests of ${repository}`,
}
