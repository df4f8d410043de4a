import type { Words } from '../language.ts'

/** The sentences that a digest has outside of GitHub only. */
export const channels: Words['channels'] = {
  whole: '完整周报',
  wholeOfIt: '完整周报，包括这里放不下的内容',
  subject: (repository, title) => `${repository}：${title}`,
  readAt: (url) => `带链接的版本：${url}`,
  why: (repository) =>
    `你收到这封邮件，是因为你的一个邮箱地址在 ${repository} 周报的收件名单上。应用管理员可以将它移除。`,
  feed: (repository) => `${repository} 社区周报`,
}
