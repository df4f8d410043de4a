/** What every request asks of its own price. */
export const rateLimitFields = 'rateLimit { cost limit remaining resetAt }'

/**
 * GitHub takes a hundredth of a point for each time a connection is fetched,
 * every page taken as full, and rounds: so many are still one point.
 * https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api
 */
export const mostFetches = 149
